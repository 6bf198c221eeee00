// Ingests of one archive side by side: who, how, and the table of what it cost.

import { readFileSync } from 'node:fs';
import { mustAgree } from './answers.mjs';
import { alternate } from './rounds.mjs';
import { figure, median, spread, table } from './text.mjs';

// The first processor this process may use.
const firstCore = () =>
  readFileSync('/proc/self/status', 'utf8').match(/^Cpus_allowed_list:\s*(\d+)/m)[1];

const onOneCore = (argv) => ['taskset', '-c', firstCore(), ...argv];

// A contestant is {name, peer, db, command(archive)}.
export function fleetmeterIngest(bench, { oneCore = false } = {}) {
  const peer = bench.fleetmeter;
  const db = bench.file(oneCore ? 'one-core.db' : 'fleetmeter.db');
  const command = (archive) => peer.ingestCommand(db, archive);
  return {
    name: oneCore ? 'fleetmeter, one core' : 'fleetmeter',
    peer,
    db,
    command: oneCore ? (archive) => onOneCore(command(archive)) : command,
  };
}

export function duckdbIngest(bench, { name, settings, oneCore = false }) {
  const peer = bench.duckdb;
  const db = bench.file(`${name.replaceAll(/[ ,]+/g, '-')}.duckdb`);
  const command = (archive) => peer.ingestCommand(db, archive, settings);
  return { name, peer, db, command: oneCore ? (archive) => onOneCore(command(archive)) : command };
}

export function duckdbIngests(bench) {
  if (!bench.duckdb) {
    return [];
  }
  return [
    { name: 'DuckDB, 2 threads', settings: { threads: '2' } },
    { name: 'DuckDB, 1 thread, one core', settings: { threads: '1' }, oneCore: true },
    { name: 'DuckDB, 2 threads, 300 MB', settings: { threads: '2', memory_limit: '300MB' } },
  ].map((how) => duckdbIngest(bench, how));
}

export function clickhouseIngests(bench) {
  const peer = bench.clickhouse;
  const db = bench.file('clickhouse');
  const command = (archive) => peer.ingestCommand(db, archive);
  return peer ? [{ name: 'ClickHouse, 2 threads', peer, db, command }] : [];
}

export function sqliteIngest(bench) {
  const peer = bench.sqlite;
  const db = bench.file('shell.db');
  return { name: 'sqlite3 shell', peer, db, command: (archive) => peer.ingestCommand(db, archive) };
}

// Loads everything once, which warms up too, and compares how much each holds. Gives the counts.
function loadAndCompare(bench, contestants, archive) {
  const [first, ...others] = contestants.map((one) => {
    bench.say(`${one.name}: loads, to warm up and compare`);
    one.peer.remove(one.db);
    bench.meter.measure(one.command(archive));
    return { name: one.name, counts: one.peer.counts(one.db) };
  });
  for (const other of others) {
    mustAgree(`ingest of ${archive.kind}`, first.name, first.counts, other.name, other.counts);
  }
  return first.counts;
}

// Times the contestants on an archive. `again` leaves the store there: nothing new is to be found.
export function timeIngests(bench, contestants, archive, { again = false } = {}) {
  const counts = loadAndCompare(bench, contestants, archive);
  const samples = alternate(
    contestants.map(({ name, peer, db, command }) => ({
      name: `${name}, ${archive.kind}`,
      run: () => {
        if (!again) {
          peer.remove(db);
        }
        return { ...bench.meter.measure(command(archive)), storeBytes: peer.bytes(db) };
      },
    })),
    bench.rounds,
    bench.say,
    { warm: true },
  );
  const records = Number(counts.get('observations'));
  const processes = Number(counts.get('processes'));
  return contestants.map(({ name }) => {
    const runs = samples.get(`${name}, ${archive.kind}`);
    return { name, records, processes, bytes: archive.bytes, runs };
  });
}

export const wallSeconds = ({ runs }) => runs.map(({ wallMs }) => wallMs / 1000);

export function ingestTable(results) {
  const ours = median(wallSeconds(results[0]));
  const rows = results.map((result) => {
    const wall = median(wallSeconds(result));
    const storeBytes = result.runs.at(-1).storeBytes;
    return [
      result.name,
      spread(wallSeconds(result)),
      figure(wall / ours),
      figure(result.bytes / 1e6 / wall),
      figure(result.records / wall),
      figure(median(result.runs.map(({ cpuMs }) => cpuMs / 1000))),
      figure(median(result.runs.map(({ peakMb }) => peakMb))),
      figure(storeBytes / result.records),
    ];
  });
  const header = [
    '',
    'wall s',
    '× fleetmeter',
    'MB/s',
    'records/s',
    'processor s',
    'peak MB',
    'bytes/record',
  ];
  return table(header, rows);
}

export function describe(archive, results) {
  const megabytes = figure(archive.bytes / 1e6);
  const records = results[0].records.toLocaleString('en-US');
  const files =
    archive.files.length > 1 ? ` in ${archive.files.length.toLocaleString('en-US')} files` : '';
  return `${megabytes} MB${files}, ${records} records (\`${archive.command}\`).`;
}
