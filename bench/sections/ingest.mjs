// Ingest of one archive into normalised tables, from nothing.

import {
  describe,
  duckdbIngests,
  fleetmeterIngest,
  ingestTable,
  sqliteIngest,
  timeIngests,
} from '../lib/ingests.mjs';

export const name = 'ingest';
export const title = 'Ingest';

function part(bench, kind, contestants) {
  const archive = bench.archives.get(kind);
  const results = timeIngests(bench, contestants, archive);
  return `${describe(archive, results)}\n\n${ingestTable(results)}`;
}

export function run(bench) {
  const ours = fleetmeterIngest(bench);
  const parts = [
    part(bench, bench.mainArchive, [
      ours,
      ...duckdbIngests(bench),
      fleetmeterIngest(bench, { oneCore: true }),
    ]),
  ];
  if (bench.sqlite) {
    const peers = [...duckdbIngests(bench).slice(0, 1), sqliteIngest(bench)];
    parts.push(
      'The `sqlite3` shell holds a file and its JSON in memory, so it gets a small archive:\n\n' +
        part(bench, 'S', [ours, ...peers]),
    );
  }
  return parts.join('\n\n');
}
