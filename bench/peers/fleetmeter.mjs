// The program under test: its command, and bench programs that use its library.

import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answer, total } from '../lib/answers.mjs';
import { run } from '../lib/command.mjs';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const GROUPS = { billing: 'app,deployment,region,day', egress: 'region,app,day' };

const instant = (ms) => new Date(ms).toISOString();

export class Fleetmeter {
  name = 'fleetmeter';

  constructor(build) {
    this.program = join(build, 'fleetmeter');
    this.oftenProgram = join(build, 'bench', 'fleetmeter-ask-often');
    this.eachProgram = join(build, 'bench', 'fleetmeter-ingest-each');
    this.version = run([this.program, '--version']).trim().replaceAll('\n', ', ');
  }

  remove(db) {
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(db + suffix, { force: true });
    }
  }

  bytes = (db) => statSync(db).size;

  ingestCommand(db, archive) {
    return [this.program, '--db', db, '--quiet', 'ingest', archive.path];
  }

  load(db, archive) {
    this.remove(db);
    run(this.ingestCommand(db, archive));
  }

  // How long each file took in ms, one durable commit each.
  poll(db, files) {
    return this.timesOf(run([this.eachProgram, db, ...files]));
  }

  // What the bench programs print, in ms.
  timesOf(stdout) {
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((us) => Number(us) / 1000);
  }

  text(argv) {
    return run([this.program, ...argv]);
  }

  csv(argv) {
    const [header, ...rows] = this.text(['--format', 'csv', ...argv])
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(','));
    return { header, rows };
  }

  status(db) {
    const { header, rows } = this.csv(['--db', db, 'status']);
    return Object.fromEntries(header.map((name, i) => [name, rows[0][i]]));
  }

  counts(db) {
    const status = this.status(db);
    const named = ['processes', 'observations', 'ports', 'rooms'];
    const egress = ['egress_bytes', String(total(this.ask(db, 'egress')))];
    return answer([...named.map((name) => [name, status[name]]), egress]);
  }

  // A question over a window {from_ms, to_ms}, or over everything.
  static questionOptions(name, window) {
    const bounds = window ? ['--from', instant(window.from_ms), '--to', instant(window.to_ms)] : [];
    return ['--by', GROUPS[name], ...bounds];
  }

  askCommand(db, name, window, more = []) {
    return [this.program, '--db', db, name, ...Fleetmeter.questionOptions(name, window), ...more];
  }

  oftenCommand(db, name, window, times) {
    const options = Fleetmeter.questionOptions(name, window);
    return [this.oftenProgram, db, name, String(times), ...options];
  }

  askOften(db, name, window, times) {
    return this.timesOf(run(this.oftenCommand(db, name, window, times)));
  }

  // The point values, days as unix ms.
  ask(db, name, window, more = []) {
    const { header, rows } = this.csv(this.askCommand(db, name, window, more).slice(1));
    const at = header.indexOf(name === 'billing' ? 'billable_ms' : 'egress_bytes');
    const group = GROUPS[name].split(',').length;
    const plain = (cell) => (DAY.test(cell) ? String(Date.parse(cell)) : cell);
    return answer(rows.map((row) => [...row.slice(0, group).map(plain), row[at]]));
  }
}
