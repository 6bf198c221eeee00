// Who answers a question, and how: each asker gives the milliseconds of some askings and its peak
// memory. In one process the first asking warms up and does not count.

import { Sqlite } from '../peers/sqlite.mjs';

const OFTEN = 6;
const TWICE = 2;

function wholeProcess(bench, dbs, question, { label, more = [], cold = false }) {
  const ask = (window) => {
    const argv = bench.fleetmeter.askCommand(dbs.fleetmeter, question, window, more);
    const { wallMs, peakMb } = bench.meter.measure(argv, { cold: cold ? [dbs.fleetmeter] : [] });
    return { ms: [wallMs], peakMb };
  };
  return { name: `fleetmeter, ${label}`, ask };
}

function fleetmeterAskers(bench, dbs, question) {
  const library = (window) => {
    const argv = bench.fleetmeter.oftenCommand(dbs.fleetmeter, question, window, OFTEN);
    const { stdout, peakMb } = bench.meter.measure(argv);
    return { ms: bench.fleetmeter.timesOf(stdout).slice(1), peakMb };
  };
  return [
    { name: 'fleetmeter, library', ask: library },
    wholeProcess(bench, dbs, question, { label: 'whole process' }),
    wholeProcess(bench, dbs, question, { label: 'whole process, cold file', cold: true }),
    wholeProcess(bench, dbs, question, { label: 'whole process, `--scan`', more: ['--scan'] }),
  ];
}

// The peers that Node.js drives print what each asking took.
function measureOften(bench, argv) {
  const { stdout, peakMb } = bench.meter.measure(argv);
  const [{ us }] = JSON.parse(stdout);
  return { ms: us.slice(1).map((one) => one / 1000), peakMb };
}

function duckdbAsker(bench, dbs, label, question, threads) {
  const command = (window) =>
    bench.duckdb.askCommand(dbs.duckdb, question, window, OFTEN, threads);
  return { name: `DuckDB, ${label}`, ask: (window) => measureOften(bench, command(window)) };
}

// From the start of Node.js to its end, with nothing of the database in the page cache.
function duckdbColdAsker(bench, dbs, label, question) {
  const ask = (window) => {
    const argv = bench.duckdb.askCommand(dbs.duckdb, question, window, 1, '2');
    const { wallMs, peakMb } = bench.meter.measure(argv, { cold: [dbs.duckdb] });
    return { ms: [wallMs], peakMb };
  };
  return { name: `DuckDB, ${label}, whole process, cold file`, ask };
}

function clickhouseAsker(bench, dbs, { script, label }) {
  const command = (window) =>
    bench.clickhouse.askCommand(dbs.clickhouse, script, window, OFTEN);
  const ask = (window) => measureOften(bench, command(window));
  return { name: `ClickHouse, 2 threads${label}`, ask };
}

function sqliteAsker(bench, dbs, question) {
  const ask = (window) => {
    const { stdout, peakMb } = bench.meter.measure(
      bench.sqlite.askCommand(dbs.sqlite, question, window, TWICE),
    );
    return { ms: Sqlite.timesOf(stdout).slice(1), peakMb };
  };
  return { name: '`sqlite3` shell, plain SQL', ask };
}

// The variants of a question in plain SQL, the safest first.
const IN_SQL = {
  billing: [{ script: 'billing', label: '' }],
  egress: [
    { script: 'egress_lag', label: ', lag' },
    { script: 'egress_telescoped', label: ', telescoped' },
  ],
};

export function askersOf(bench, dbs, question) {
  const [safe, ...others] = IN_SQL[question];
  const askers = fleetmeterAskers(bench, dbs, question);
  if (bench.duckdb) {
    askers.push(
      duckdbAsker(bench, dbs, `2 threads${safe.label}`, safe.script, '2'),
      duckdbAsker(bench, dbs, `1 thread${safe.label}`, safe.script, '1'),
      duckdbColdAsker(bench, dbs, `2 threads${safe.label}`, safe.script),
      ...others.map(({ script, label }) =>
        duckdbAsker(bench, dbs, `2 threads${label}`, script, '2'),
      ),
      duckdbAsker(bench, dbs, 'hand-made buckets', `${question}_buckets`, '2'),
      duckdbColdAsker(bench, dbs, 'hand-made buckets', `${question}_buckets`),
    );
  }
  if (bench.clickhouse) {
    askers.push(...IN_SQL[question].map((variant) => clickhouseAsker(bench, dbs, variant)));
  }
  if (bench.sqlite) {
    askers.push(sqliteAsker(bench, dbs, safe.script));
  }
  return askers;
}
