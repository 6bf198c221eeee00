// The same archive with the keys of its objects in other orders.

import { duckdbIngests, fleetmeterIngest, timeIngests, wallSeconds } from '../lib/ingests.mjs';
import { figure, median, spread, table } from '../lib/text.mjs';

export const name = 'key-order';
export const title = 'Key order';

export function run(bench) {
  const contestants = [fleetmeterIngest(bench), ...duckdbIngests(bench).slice(0, 1)];
  const rows = ['', ' alphabetical', ' shuffled'].map((order) => {
    const archive = bench.archives.get(bench.usual.main + order);
    const cells = timeIngests(bench, contestants, archive).flatMap((result) => [
      spread(wallSeconds(result)),
      figure(result.bytes / 1e6 / median(wallSeconds(result))),
    ]);
    return [order.trim() || 'as the vendor spells it', ...cells];
  });
  return table(['keys', ...contestants.flatMap(({ name }) => [`${name}: s`, 'MB/s'])], rows);
}
