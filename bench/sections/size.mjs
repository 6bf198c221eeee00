// Where the bytes of a store are: each table and index per observation.

import { figure, table } from '../lib/text.mjs';

export const name = 'size';
export const title = 'Size';

const WORTH_A_LINE = 0.005;

function part(bench, heading, kind) {
  const archive = bench.archives.get(kind);
  const db = bench.storeOf(archive);
  const records = Number(bench.fleetmeter.status(db).observations);
  const sizes = bench.sqlite.sizes(db).map(([part, bytes]) => [part, Number(bytes)]);
  const all = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const line = (part, bytes) => [part, figure(bytes / 1e6), figure(bytes / records)];
  const large = sizes.filter(([, bytes]) => bytes >= all * WORTH_A_LINE);
  const rest = sizes.filter(([, bytes]) => bytes < all * WORTH_A_LINE);
  const restBytes = rest.reduce((sum, [, bytes]) => sum + bytes, 0);
  const rows = large.map(([part, bytes]) => line(`\`${part}\``, bytes));
  const text = table(
    ['table or index', 'MB', 'bytes/record'],
    [...rows, line(`${rest.length} others`, restBytes), line('all', all)],
  );
  return `${heading} (\`${archive.command}\`):\n\n${text}`;
}

export function run(bench) {
  if (!bench.sqlite) {
    return 'Not measured: the `sqlite3` shell is missing.';
  }
  const { lists, players, main } = bench.usual;
  return [
    part(bench, 'Lists cut to ten', lists),
    part(bench, 'Players', players),
    part(bench, main, main),
  ].join('\n\n');
}
