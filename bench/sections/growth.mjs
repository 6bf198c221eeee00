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

// The last whole day, whatever came before it.
function lastDay(status) {
  const day = 86_400_000;
  const to_ms = Math.floor(Number(status.last_observed_at_ms) / day) * day;
  return { from_ms: to_ms - day, to_ms };
}

export function run(bench) {
  const sizes = (bench.options.quick ? [2, 5, 10] : [2, 10, 100]).map((days) => grown(bench, days));
  const ingests = alternate(
    sizes.map(({ days, ingest }) => ({ name: `${days} days: ingest`, run: ingest })),
    bench.rounds,
    bench.say,
  );
  const status = sizes.map(({ db }) => bench.fleetmeter.status(db));
  const ask = (question, windowFor) =>
    alternate(
      sizes.map(({ days, db }, i) => ({
        name: `${days} days: ${question}`,
        run: () => bench.fleetmeter.askOften(db, question, windowFor(status[i]), OFTEN).slice(1),
      })),
      bench.rounds,
      bench.say,
    );
  const whole = (s) => windowsOf(Number(s.first_observed_at_ms), Number(s.last_observed_at_ms))[0];
  const questions = [
    ask('billing', lastDay),
    ask('egress', lastDay),
    ask('billing', whole),
    ask('egress', whole),
  ];
  const rows = sizes.map(({ days, db }, i) => {
    const records = Number(status[i].observations);
    const runs = ingests.get(`${days} days: ingest`);
    const asked = ['billing', 'egress', 'billing', 'egress'].map((question, column) =>
      spread(questions[column].get(`${days} days: ${question}`).flat()),
    );
    return [
      String(days),
      records.toLocaleString('en-US'),
      spread(runs.map(({ wallMs }) => (wallMs * 1000) / records)),
      figure(bench.fleetmeter.bytes(db) / records),
      figure(Math.max(...runs.map(({ peakMb }) => peakMb))),
      ...asked,
    ];
  });
  const header = [
    'days', 'records', 'ingest, µs/record', 'bytes/record', 'peak MB',
    'billing of one day, ms', 'egress of one day, ms', 'billing of all, ms', 'egress of all, ms',
  ];
  return table(header, rows);
}
