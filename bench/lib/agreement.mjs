// Whether the programs give the same answers: exactly in every group where they mean the same.
//
// Billing means the same everywhere. Egress does not: between two readings fleetmeter interpolates,
// while the SQL gives an increase to its later reading. So the SQL variants must equal each other,
// and fleetmeter must equal them in total over everything, where no boundary is left.

import { mustAgree, total } from './answers.mjs';

function sqlAnswers(bench, dbs, scripts, window) {
  const answers = [];
  if (bench.duckdb) {
    for (const script of scripts) {
      answers.push([`DuckDB (${script})`, bench.duckdb.ask(dbs.duckdb, script, window)]);
    }
  }
  if (bench.sqlite) {
    answers.push([`sqlite3 (${scripts[0]})`, bench.sqlite.ask(dbs.sqlite, scripts[0], window)]);
  }
  return answers;
}

function allAgree(what, [first, ...others]) {
  for (const other of others) {
    mustAgree(what, ...first, ...other);
  }
}

export function checkAnswers(bench, dbs, windows) {
  const whole = windows[0];
  for (const window of windows) {
    bench.say(`compares answers: ${window.label}`);
    const ours = (question, more) => bench.fleetmeter.ask(dbs.fleetmeter, question, window, more);
    const billing = ours('billing');
    const egress = ours('egress');
    mustAgree('--scan, billing', 'fleetmeter', billing, '--scan', ours('billing', ['--scan']));
    mustAgree('--scan, egress', 'fleetmeter', egress, '--scan', ours('egress', ['--scan']));

    const billingSql = sqlAnswers(bench, dbs, ['billing', 'billing_buckets'], window);
    allAgree(`billing, ${window.label}`, [['fleetmeter', billing], ...billingSql]);

    const scripts = ['egress_lag', 'egress_telescoped', 'egress_buckets'];
    const egressSql = sqlAnswers(bench, dbs, scripts, window);
    if (egressSql.length > 0) {
      allAgree(`egress, ${window.label}`, egressSql);
      if (window === whole) {
        const sum = (values) => new Map([['total', total(values)]]);
        mustAgree('all egress', 'fleetmeter', sum(egress), egressSql[0][0], sum(egressSql[0][1]));
      }
    }
  }
}
