// Questions over a loaded archive: ours with bounds, the peers' without.

import { checkAnswers } from '../lib/agreement.mjs';
import { askersOf } from '../lib/askers.mjs';
import { alternate } from '../lib/rounds.mjs';
import { figure, spread, table } from '../lib/text.mjs';
import { windowsOf } from '../lib/windows.mjs';

export const name = 'questions';
export const title = 'Questions';

const TITLES = {
  billing: 'Billable time by app, deployment, region, day (ms)',
  egress: 'Egress by region, app, day (ms)',
};

// The stores of one archive, with what the peers' questions need.
function prepare(bench, archive, window) {
  const dbs = { fleetmeter: bench.storeOf(archive) };
  const notes = [];
  if (bench.duckdb) {
    bench.say(`DuckDB: loads ${archive.kind}`);
    dbs.duckdb = bench.file('questions.duckdb');
    bench.duckdb.remove(dbs.duckdb);
    bench.duckdb.load(dbs.duckdb, archive);
    const { as_of_ms, grace_ms } = window;
    const { ms, bytes } = bench.duckdb.prepare(dbs.duckdb, { as_of_ms, grace_ms });
    const { wallMs, peakMb } = bench.meter.measure([process.execPath, '-e', '0']);
    notes.push(
      `Node.js alone, which drives DuckDB, takes ${figure(wallMs)} ms and ${figure(peakMb)} MB.`,
    );
    notes.push(
      `DuckDB's buckets took ${figure(ms / 1000)} s and ${figure(bytes / 1e6)} MB to build.`,
    );
  }
  if (bench.clickhouse) {
    bench.say(`ClickHouse: loads ${archive.kind}`);
    dbs.clickhouse = bench.file('questions.clickhouse');
    bench.clickhouse.remove(dbs.clickhouse);
    bench.clickhouse.load(dbs.clickhouse, archive);
    bench.clickhouse.prepare(dbs.clickhouse);
  }
  if (bench.sqlite) {
    bench.say('sqlite3: tables from the store');
    dbs.sqlite = bench.file('questions.db');
    bench.sqlite.remove(dbs.sqlite);
    bench.sqlite.export(dbs.sqlite, dbs.fleetmeter);
  }
  return { dbs, notes };
}

function time(bench, dbs, question, windows) {
  const askers = askersOf(bench, dbs, question);
  const columns = windows.map((window) =>
    alternate(
      askers.map(({ name: asker, ask }) => ({
        name: `${question}, ${window.label}: ${asker}`,
        run: () => ask(window),
      })),
      bench.rounds,
      bench.say,
    ),
  );
  const rows = askers.map(({ name: asker }) => {
    const samples = columns.map((column, i) =>
      column.get(`${question}, ${windows[i].label}: ${asker}`),
    );
    const peak = Math.max(...samples.flat().map(({ peakMb }) => peakMb));
    return [asker, ...samples.map((runs) => spread(runs.flatMap(({ ms }) => ms))), figure(peak)];
  });
  return table([TITLES[question], ...windows.map(({ label }) => label), 'peak MB'], rows);
}

function part(bench, kind) {
  const archive = bench.archives.get(kind);
  const status = bench.fleetmeter.status(bench.storeOf(archive));
  const windows = windowsOf(
    Number(status.first_observed_at_ms),
    Number(status.last_observed_at_ms),
  );
  const { dbs, notes } = prepare(bench, archive, windows[0]);
  checkAnswers(bench, dbs, windows);
  const records = Number(status.observations).toLocaleString('en-US');
  const processes = Number(status.processes).toLocaleString('en-US');
  return [
    `### On ${kind}\n\n${records} observations of ${processes} processes (\`${archive.command}\`).`,
    time(bench, dbs, 'billing', windows),
    time(bench, dbs, 'egress', windows),
    ...notes,
  ].join('\n\n');
}

export function run(bench) {
  const kinds = bench.options.large ? [bench.usual.main, 'L'] : [bench.usual.main];
  return kinds.map((kind) => part(bench, kind)).join('\n\n');
}
