// Archives of other shapes: what changes is how much of it is new from one poll to the next.

import { duckdbIngests, fleetmeterIngest, timeIngests, wallSeconds } from '../lib/ingests.mjs';
import { figure, median, spread, table } from '../lib/text.mjs';

export const name = 'shapes';
export const title = 'Other shapes of archives';

const SHAPES = [
  'large fleet',
  'small fleet',
  'short lives',
  'very short lives',
  'polled every 5 minutes',
  'lists of a cron job',
  'V3',
  'lean records',
  'APIs in turn',
];

function row(bench, contestants, shape) {
  const archive = bench.archives.get(shape);
  const [ours, ...others] = timeIngests(bench, contestants, archive);
  const wall = median(wallSeconds(ours));
  return [
    `${shape} (\`${archive.shape}\`)`,
    figure(archive.bytes / 1e6),
    figure(ours.records / ours.processes),
    spread(wallSeconds(ours)),
    figure(ours.records / wall),
    figure(median(ours.runs.map(({ peakMb }) => peakMb))),
    figure(ours.runs.at(-1).storeBytes / ours.records),
    ...others.flatMap((other) => [
      spread(wallSeconds(other)),
      figure(median(wallSeconds(other)) / wall),
    ]),
  ];
}

export function run(bench) {
  if (bench.options.quick) {
    return 'Not measured with `--quick`.';
  }
  const contestants = [fleetmeterIngest(bench), ...duckdbIngests(bench).slice(0, 1)];
  const header = [
    'archive',
    'MB',
    'records a process',
    'fleetmeter: s',
    'records/s',
    'peak MB',
    'bytes/record',
    ...contestants.slice(1).flatMap(({ name }) => [`${name}: s`, '× fleetmeter']),
  ];
  return table(
    header,
    SHAPES.map((shape) => row(bench, contestants, shape)),
  );
}
