// DuckDB, the columnar peer: installed by npm into the work folder, driven by duckdb_session.mjs.

import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answer } from '../lib/answers.mjs';
import { run } from '../lib/command.mjs';
import { install } from '../lib/npm.mjs';

const PACKAGE = '@duckdb/node-api@1.5.6-r.1';
const here = (file) => fileURLToPath(new URL(file, import.meta.url));

export class DuckDb {
  name = 'DuckDB';
  version = `DuckDB ${PACKAGE}`;

  // Throws when it is not there and cannot be installed.
  constructor(folder) {
    this.module = install(folder, PACKAGE);
  }

  remove(db) {
    for (const suffix of ['', '.wal', '.tmp']) {
      rmSync(db + suffix, { recursive: true, force: true });
    }
  }

  bytes = (db) => statSync(db).size;

  command(db, settings, steps) {
    const task = JSON.stringify({ module: this.module, db, settings, steps });
    return [process.execPath, here('duckdb_session.mjs'), task];
  }

  session(db, steps, settings = { threads: '2' }) {
    return JSON.parse(run(this.command(db, settings, steps)));
  }

  static loadSteps(patterns) {
    return [
      { script: here('duckdb_tables.sql') },
      ...patterns.map((archive) => ({ script: here('duckdb_load.sql'), parameters: { archive } })),
    ];
  }

  ingestCommand(db, archive, settings = { threads: '2' }) {
    return this.command(db, settings, DuckDb.loadSteps(archive.parts));
  }

  load(db, archive) {
    this.session(db, DuckDb.loadSteps(archive.parts));
  }

  // How long each file took in ms, one durable commit each.
  poll(db, files) {
    const [, ...polls] = this.session(db, DuckDb.loadSteps(files));
    return polls.flatMap(({ us }) => us.map((one) => one / 1000));
  }

  counts(db) {
    return answer(this.session(db, [{ script: here('count.sql') }])[0].rows);
  }

  // Makes what the questions need besides the loaded tables; gives its ms and the file's growth.
  prepare(db, parameters) {
    const before = this.bytes(db);
    this.session(db, [{ script: here('calendar.sql') }]);
    const [built] = this.session(db, [{ script: here('duckdb_buckets.sql'), parameters }]);
    return { ms: built.us[0] / 1000, bytes: this.bytes(db) - before };
  }

  question(name) {
    return here(`../questions/${name}.sql`);
  }

  ask(db, name, parameters) {
    return answer(this.session(db, [{ script: this.question(name), parameters }])[0].rows);
  }

  askCommand(db, name, parameters, times, threads) {
    return this.command(db, { threads }, [{ script: this.question(name), parameters, times }]);
  }
}
