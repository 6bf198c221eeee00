// script/bench: builds, measures section by section, and writes the page.

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Archives, usualKinds } from './lib/archives.mjs';
import { BenchError, Meter } from './lib/command.mjs';
import { machine, writeReport } from './lib/report.mjs';
import { HELP, parse, UsageError } from './options.mjs';
import { ClickHouse } from './peers/clickhouse.mjs';
import { DuckDb } from './peers/duckdb.mjs';
import { Fleetmeter } from './peers/fleetmeter.mjs';
import { Sqlite } from './peers/sqlite.mjs';
import * as commands from './sections/commands.mjs';
import * as cron from './sections/cron.mjs';
import * as growth from './sections/growth.mjs';
import * as ingest from './sections/ingest.mjs';
import * as keyOrder from './sections/key_order.mjs';
import * as micro from './sections/micro.mjs';
import * as polling from './sections/polling.mjs';
import * as questions from './sections/questions.mjs';
import * as reingest from './sections/reingest.mjs';
import * as shapes from './sections/shapes.mjs';
import * as size from './sections/size.mjs';
import * as smallFiles from './sections/small_files.mjs';

const SECTIONS = [
  ingest,
  keyOrder,
  shapes,
  reingest,
  smallFiles,
  polling,
  cron,
  questions,
  commands,
  growth,
  size,
  micro,
];
const BUILD = 'build/release';
const PAGE = 'docs/benchmarks.md';

const say = (text) => console.error(`bench: ${text}`);

function build() {
  say(`building into ${BUILD}`);
  for (const words of [
    ['--preset', 'release', '-DFLEETMETER_BENCH=ON'],
    ['--build', '--preset', 'release'],
  ]) {
    const done = spawnSync('cmake', words, { encoding: 'utf8' });
    if (done.status !== 0) {
      throw new BenchError(`cmake ${words.join(' ')} failed\n${done.stdout}${done.stderr}`);
    }
  }
}

// A peer that cannot be had is left out, and that is said.
function peerOrNothing(make) {
  try {
    return make();
  } catch (error) {
    say(`left out: ${error.message}`);
    return null;
  }
}

// What every section works with.
function makeBench(options) {
  const stores = join(options.work, 'stores');
  mkdirSync(stores, { recursive: true });
  const loaded = new Map();
  const fleetmeter = new Fleetmeter(BUILD);
  return {
    options,
    rounds: options.runs,
    usual: usualKinds(options.quick),
    build: BUILD,
    say,
    file: (name) => join(stores, name),
    archives: new Archives(join(options.work, 'archives'), join(BUILD, 'fleetmeter-sim'), say),
    meter: new Meter(join(BUILD, 'bench', 'fleetmeter-measure'), join(options.work, 'measured')),
    fleetmeter,
    duckdb: peerOrNothing(() => new DuckDb(resolve(options.work, 'peers'))),
    clickhouse: peerOrNothing(() => new ClickHouse(resolve(options.work, 'peers'))),
    sqlite: peerOrNothing(() => new Sqlite()),
    // A fleetmeter store of an archive, loaded once.
    storeOf(archive) {
      if (!loaded.has(archive.kind)) {
        say(`fleetmeter: loads ${archive.kind}`);
        const db = join(stores, `store-${archive.kind}.db`);
        fleetmeter.load(db, archive);
        loaded.set(archive.kind, db);
      }
      return loaded.get(archive.kind);
    },
  };
}

function measure(options, words) {
  build();
  const bench = makeBench(options);
  const command = ['script/bench', ...words].join(' ');
  const today = new Date().toISOString().slice(0, 10);
  const taken = `*\`${command}\`, ${today}; median (min–max), timed runs: ${options.runs}.*`;
  const peers = [bench.fleetmeter, bench.duckdb, bench.clickhouse, bench.sqlite].filter(
    Boolean,
  );
  const parts = [{ name: 'machine', title: 'Machine', text: machine(peers) }];
  for (const section of SECTIONS.filter(({ name }) => options.sections.includes(name))) {
    say(`section ${section.name}`);
    const text = `${taken}\n\n${section.run(bench)}`;
    parts.push({ name: section.name, title: section.title, text });
    // Section by section, so that a long run that ends early was not in vain.
    writeReport(options.out, PAGE, parts);
  }
  say(`written: ${options.out}`);
}

const names = SECTIONS.map(({ name }) => name);
const words = process.argv.slice(2);
try {
  const options = parse(words, names);
  if (options.help) {
    process.stdout.write(HELP.replace('SECTIONS', names.join(', ')));
  } else {
    measure(options, words);
  }
} catch (error) {
  if (!(error instanceof BenchError)) {
    throw error;
  }
  say(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
