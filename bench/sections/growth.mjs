// The same fleet for ever more days: what a record and a question cost should not grow.

import { growthKind } from '../lib/archives.mjs';
import { duckdbIngests, fleetmeterIngest, timeIngests, wallSeconds } from '../lib/ingests.mjs';
import { alternate } from '../lib/rounds.mjs';
import { figure, median, spread, table } from '../lib/text.mjs';
import { windowsOf } from '../lib/windows.mjs';

export const name = 'growth';
export const title = 'Growth';

const OFTEN = 6;

function grown(bench, days) {
  const archive = bench.archives.get(growthKind('small fleet', days));
  const db = bench.file(`growth-${days}.db`);
  const ingest = () => {
    bench.fleetmeter.remove(db);
    return bench.meter.measure(bench.fleetmeter.ingestCommand(db, archive));
  };
  return { days, archive, db, ingest };
}

// The last day, whatever came before it.
function lastDay(status) {
  const day = 86_400_000;
  const to_ms = Math.ceil(Number(status.last_observed_at_ms) / day) * day;
  return { from_ms: to_ms - day, to_ms };
}

const everything = (status) =>
  windowsOf(Number(status.first_observed_at_ms), Number(status.last_observed_at_ms))[0];

const QUESTIONS = [
  { label: 'billing of the last day, ms', question: 'billing', windowOf: lastDay },
  { label: 'egress of the last day, ms', question: 'egress', windowOf: lastDay },
  { label: 'billing of all, ms', question: 'billing', windowOf: everything },
  { label: 'egress of all, ms', question: 'egress', windowOf: everything },
];

// One list of samples for each size.
function timeEach(bench, sizes, label, runOn) {
  const named = sizes.map((size) => ({
    name: `${size.days} days: ${label}`,
    run: () => runOn(size),
  }));
  const samples = alternate(named, bench.rounds, bench.say);
  return named.map(({ name: one }) => samples.get(one).flat());
}

function ofSmallFleet(bench) {
  const sizes = (bench.options.quick ? [1, 3, 10] : [1, 10, 100]).map((days) => grown(bench, days));
  const ingests = timeEach(bench, sizes, 'ingest', (size) => size.ingest());
  const status = new Map(sizes.map(({ db }) => [db, bench.fleetmeter.status(db)]));
  const asked = QUESTIONS.map(({ label, question, windowOf }) =>
    timeEach(bench, sizes, label, ({ db }) =>
      bench.fleetmeter.askOften(db, question, windowOf(status.get(db)), OFTEN).slice(1),
    ),
  );
  const rows = sizes.map(({ days, db }, i) => {
    const records = Number(status.get(db).observations);
    return [
      String(days),
      records.toLocaleString('en-US'),
      spread(ingests[i].map(({ wallMs }) => (wallMs * 1000) / records)),
      figure(bench.fleetmeter.bytes(db) / records),
      figure(Math.max(...ingests[i].map(({ peakMb }) => peakMb))),
      ...asked.map((columns) => spread(columns[i])),
    ];
  });
  const header = ['days', 'records', 'ingest, µs/record', 'bytes/record', 'peak MB'];
  return table([...header, ...QUESTIONS.map(({ label }) => label)], rows);
}

// Ingest of lists cut to ten, where most records are of processes that were met once or twice.
function ofLists(bench) {
  const { quick } = bench.options;
  const contestants = [fleetmeterIngest(bench), ...duckdbIngests(bench).slice(0, 1)];
  const rows = (quick ? [1, 3] : [1, 3, 14]).map((days) => {
    const what = quick ? 'few lists cut to ten' : 'lists cut to ten';
    const archive = bench.archives.get(growthKind(what, days));
    const [ours, ...others] = timeIngests(bench, contestants, archive);
    const wall = median(wallSeconds(ours));
    const rate = (seconds) => figure(archive.bytes / 1e6 / seconds);
    return [
      String(days),
      figure(archive.bytes / 1e6),
      ours.records.toLocaleString('en-US'),
      spread(wallSeconds(ours)),
      rate(wall),
      figure((wall * 1e6) / ours.records),
      figure(ours.runs.at(-1).storeBytes / ours.records),
      ...others.flatMap((other) => {
        const theirs = median(wallSeconds(other));
        return [spread(wallSeconds(other)), rate(theirs), figure(theirs / wall)];
      }),
    ];
  });
  const header = [
    ...['days', 'MB', 'records', 'fleetmeter: s', 'MB/s', 'µs/record', 'bytes/record'],
    ...contestants.slice(1).flatMap(({ name }) => [`${name}: s`, 'MB/s', '× fleetmeter']),
  ];
  return table(header, rows);
}

export function run(bench) {
  return [
    'A small fleet, every process in every poll:',
    ofSmallFleet(bench),
    'Lists cut to ten:',
    ofLists(bench),
  ].join('\n\n');
}
