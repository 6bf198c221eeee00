// The archive again, into a store that has it: nothing may change.

import {
  describe,
  duckdbIngests,
  fleetmeterIngest,
  ingestTable,
  timeIngests,
} from '../lib/ingests.mjs';

export const name = 'reingest';
export const title = 'Re-ingest';

export function run(bench) {
  const archive = bench.archives.get(bench.usual.main);
  const contestants = [fleetmeterIngest(bench), ...duckdbIngests(bench).slice(0, 1)];
  const results = timeIngests(bench, contestants, archive, { again: true });
  return `${describe(archive, results)}\n\n${ingestTable(results)}`;
}
