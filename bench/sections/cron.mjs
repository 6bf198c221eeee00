// The cron case: a process for each poll of about ten records.

import { copyFileSync } from 'node:fs';
import { figure, spread, table } from '../lib/text.mjs';

export const name = 'cron';
export const title = 'A process for each poll';

const SOME = 100; // polls that a row is made of
const HOUR_MS = 3_600_000;

// Runs fleetmeter and gives the ms that it took.
function time(bench, words) {
  return bench.meter.measure([bench.fleetmeter.program, ...words]).wallMs;
}

function poll(bench, db, file) {
  return time(bench, ['--db', db, '--quiet', 'ingest', file]);
}

function pollIntoNewStore(bench, file) {
  const db = bench.file('cron-new.db');
  bench.fleetmeter.remove(db);
  return poll(bench, db, file);
}

// Every file in a process of its own, one after another into one store.
function pollAll(bench, files) {
  const db = bench.file('cron.db');
  bench.fleetmeter.remove(db);
  return files.map((file) => poll(bench, db, file));
}

// Billing of its first hour.
function askFor(bench, db) {
  const from_ms = Number(bench.fleetmeter.status(db).first_observed_at_ms);
  const [, ...words] = bench.fleetmeter.askCommand(db, 'billing', {
    from_ms,
    to_ms: from_ms + HOUR_MS,
  });
  return time(bench, words);
}

export function run(bench) {
  const { files, command } = bench.archives.get(bench.options.quick ? 'few files' : 'files');
  const some = files.slice(0, SOME);
  const all = pollAll(bench, files);
  const large = bench.file('cron-large.db');
  const kind = bench.options.large ? 'L' : bench.usual.main;
  copyFileSync(bench.storeOf(bench.archives.get(kind)), large);
  const size = `${figure(bench.fleetmeter.bytes(large) / 1e6)} MB`;
  const rows = [
    ['`--version`', some.map(() => time(bench, ['--version']))],
    ['a poll, and the store with it', some.map((file) => pollIntoNewStore(bench, file))],
    [`polls 2 to ${SOME} of a store`, all.slice(1, SOME)],
    [`the last ${SOME} of ${all.length} polls`, all.slice(-SOME)],
    [`polls into a store of ${size}`, some.map((file) => poll(bench, large, file))],
    ['billing of an hour, asked of that store', some.map(() => askFor(bench, large))],
  ];
  return (
    `Files of \`${command}\`, one after another.\n\n` +
    table(
      ['', 'ms a process'],
      rows.map(([label, ms]) => [label, spread(ms)]),
    )
  );
}
