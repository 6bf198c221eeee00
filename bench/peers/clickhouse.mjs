// ClickHouse, a columnar server, as the library chdb: from npm, driven by clickhouse_session.mjs.

import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer } from '../lib/answers.mjs';
import { run } from '../lib/command.mjs';
import { install } from '../lib/npm.mjs';

const PACKAGE = 'chdb@3.4.0';
const SETTINGS = {
  max_threads: 2,
  final: 1, // rows that are to be replaced are, in every answer
  prefer_column_name_to_alias: 1, // as in standard SQL
  output_format_json_quote_64bit_integers: 1, // so that none loses digits
};
const here = (file) => fileURLToPath(new URL(file, import.meta.url));

export class ClickHouse {
  name = 'ClickHouse';

  // Throws when it is not there and cannot be installed, or does not run here.
  constructor(folder) {
    this.module = install(folder, PACKAGE);
    const trial = join(folder, 'clickhouse-trial');
    const [{ rows }] = this.session(trial, [{ script: here('clickhouse_version.sql') }]);
    this.remove(trial);
    this.version = `ClickHouse ${rows[0][0]} (${PACKAGE})`;
  }

  remove(db) {
    rmSync(db, { recursive: true, force: true });
  }

  // Of a folder with all its files.
  bytes(db) {
    return readdirSync(db, { recursive: true })
      .map((name) => statSync(join(db, name)))
      .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  }

  command(db, steps) {
    const task = JSON.stringify({ module: this.module, db, settings: SETTINGS, steps });
    return [process.execPath, here('clickhouse_session.mjs'), task];
  }

  session(db, steps) {
    return JSON.parse(run(this.command(db, steps)));
  }

  static loadSteps(parts) {
    return [
      { script: here('clickhouse_tables.sql') },
      ...parts.map((archive) => ({ script: here('clickhouse_load.sql'), parameters: { archive } })),
    ];
  }

  ingestCommand(db, archive) {
    return this.command(db, ClickHouse.loadSteps(archive.parts));
  }

  load(db, archive) {
    this.session(db, ClickHouse.loadSteps(archive.parts));
  }

  prepare(db) {
    this.session(db, [{ script: here('calendar.sql') }]);
  }

  counts(db) {
    return answer(this.session(db, [{ script: here('count.sql') }])[0].rows);
  }

  question(name) {
    return here(`../questions/${name}.sql`);
  }

  ask(db, name, parameters) {
    return answer(this.session(db, [{ script: this.question(name), parameters }])[0].rows);
  }

  askCommand(db, name, parameters, times) {
    return this.command(db, [{ script: this.question(name), parameters, times }]);
  }
}
