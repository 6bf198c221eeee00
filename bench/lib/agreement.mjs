// Whether the programs give the same answers: exactly in every group where they mean the same.
//
// Billing means the same everywhere. Egress does not: between two readings fleetmeter interpolates,
// while the SQL gives an increase to its later reading. So the SQL variants must equal each other,
// and fleetmeter must equal them in total over everything, where no boundary is left.

import { mustAgree, total } from './answers.mjs';

// Those of plain SQL first, then those of DuckDB's buckets.
function sqlAnswers(bench, dbs, { plain, buckets }, window) {
  const answers = [];
  if (bench.clickhouse) {
    for (const script of plain) {
      const rows = bench.clickhouse.ask(dbs.clickhouse, script, window);
      answers.push([`ClickHouse (${script})`, rows]);
    }
  }
  if (bench.duckdb) {
    for (const script of [...plain, buckets]) {
      answers.push([`DuckDB (${script})`, bench.duckdb.ask(dbs.duckdb, script, window)]);
    }
  }
  if (bench.sqlite) {
    answers.push([`sqlite3 (${plain[0]})`, bench.sqlite.ask(dbs.sqlite, plain[0], window)]);
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

    const billingScripts = { plain: ['billing'], buckets: 'billing_buckets' };
    const billingSql = sqlAnswers(bench, dbs, billingScripts, window);
    allAgree(`billing, ${window.label}`, [['fleetmeter', billing], ...billingSql]);

    const egressScripts = { plain: ['egress_lag', 'egress_telescoped'], buckets: 'egress_buckets' };
    const egressSql = sqlAnswers(bench, dbs, egressScripts, window);
    if (egressSql.length > 0) {
      allAgree(`egress, ${window.label}`, egressSql);
      if (window === whole) {
        const sum = (values) => new Map([['total', total(values)]]);
        mustAgree('all egress', 'fleetmeter', sum(egress), egressSql[0][0], sum(egressSql[0][1]));
      }
    }
  }
}
