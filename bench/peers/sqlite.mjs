// The stock sqlite3 shell, the row-wise peer: JSON functions to load, plain SQL to ask.

import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answer } from '../lib/answers.mjs';
import { run } from '../lib/command.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const read = (file) => `.read ${file}`;

function set(parameters) {
  const lines = Object.entries(parameters).map(([name, value]) =>
    typeof value === 'number'
      ? `.parameter set $${name} ${value}`
      : `.parameter set $${name} "'${value}'"`,
  );
  return ['.parameter init', ...lines];
}

export class Sqlite {
  name = 'sqlite3 shell';

  // Throws when it is not there.
  constructor() {
    this.version = `sqlite3 ${run(['sqlite3', '--version']).split(' ')[0]}`;
  }

  remove(db) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) {
      rmSync(db + suffix, { force: true });
    }
  }

  bytes = (db) => statSync(db).size;

  command(db, lines) {
    return ['sqlite3', '-bail', '-batch', '-list', '-separator', '\t', db, ...lines];
  }

  ingestCommand(db, archive) {
    return this.command(db, [
      ...set({ archive: archive.path }),
      'BEGIN',
      read(here('sqlite_tables.sql')),
      read(here('sqlite_load.sql')),
      'COMMIT',
    ]);
  }

  // The counters and lives of a fleetmeter store in plain tables.
  export(db, store) {
    const lines = [
      `ATTACH '${store}' AS store`,
      read(here('sqlite_tables.sql')),
      read(here('sqlite_export.sql')),
    ];
    run(this.command(db, lines));
    this.prepare(db);
  }

  prepare(db) {
    run(this.command(db, [read(here('calendar.sql'))]));
  }

  rows(db, lines) {
    const text = run(this.command(db, lines));
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t'));
  }

  counts(db) {
    return answer(this.rows(db, [read(here('count.sql'))]));
  }

  question(name) {
    return here(`../questions/${name}.sql`);
  }

  ask(db, name, parameters) {
    return answer(this.rows(db, [...set(parameters), read(this.question(name))]));
  }

  // Prints what each asking took; see timesOf.
  askCommand(db, name, parameters, times) {
    const asked = Array(times).fill(read(this.question(name)));
    return this.command(db, [...set(parameters), '.output /dev/null', '.timer on', ...asked]);
  }

  static timesOf(stdout) {
    return [...stdout.matchAll(/^Run Time: real ([0-9.]+)/gm)].map(
      (found) => Number(found[1]) * 1000,
    );
  }

  // Bytes of each table and index.
  sizes(db) {
    return this.rows(db, ['SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC']);
  }
}
