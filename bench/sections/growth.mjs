// The same small fleet for ever more days: what a record and a question cost should not grow.

import { growthKind } from '../lib/archives.mjs';
import { alternate } from '../lib/rounds.mjs';
import { figure, spread, table } from '../lib/text.mjs';
import { windowsOf } from '../lib/windows.mjs';

export const name = 'growth';
export const title = 'Growth';

const OFTEN = 6;

function grown(bench, days) {
  const archive = bench.archives.get(growthKind(days));
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

export function run(bench) {
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
