// Ingest of one archive into normalised tables, from nothing.

import {
  clickhouseIngests,
  describe,
  duckdbIngests,
  fleetmeterIngest,
  ingestTable,
  sqliteIngest,
  timeIngests,
} from '../lib/ingests.mjs';

export const name = 'ingest';
export const title = 'Ingest';

function part(bench, heading, kind, contestants) {
  const archive = bench.archives.get(kind);
  const results = timeIngests(bench, contestants, archive);
  return `${heading}: ${describe(archive, results)}\n\n${ingestTable(results)}`;
}

export function run(bench) {
  const { lists, players, main } = bench.usual;
  const ours = fleetmeterIngest(bench);
  const [duckdb, ...otherDuckdbs] = duckdbIngests(bench);
  const clickhouse = clickhouseIngests(bench);
  const usual = [ours, duckdb, ...clickhouse].filter(Boolean);
  const parts = [
    part(bench, 'Lists cut to ten', lists, usual),
    part(bench, 'Players', players, usual),
    part(bench, main, main, [
      ...usual,
      ...otherDuckdbs,
      fleetmeterIngest(bench, { oneCore: true }),
    ]),
  ];
  if (bench.sqlite) {
    parts.push(
      'The `sqlite3` shell holds a file and its JSON in memory, so it gets a small archive.',
      part(bench, 'S', 'S', [ours, duckdb, sqliteIngest(bench)].filter(Boolean)),
    );
  }
  return parts.join('\n\n');
}
