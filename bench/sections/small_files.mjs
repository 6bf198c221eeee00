// A folder of small files, as a poller leaves them.

import {
  describe,
  duckdbIngests,
  fleetmeterIngest,
  ingestTable,
  timeIngests,
} from '../lib/ingests.mjs';

export const name = 'small-files';
export const title = 'Small files';

export function run(bench) {
  const archive = bench.archives.get(bench.options.quick ? 'few files' : 'files');
  const contestants = [fleetmeterIngest(bench), ...duckdbIngests(bench).slice(0, 1)];
  const results = timeIngests(bench, contestants, archive);
  return `${describe(archive, results)}\n\n${ingestTable(results)}`;
}
