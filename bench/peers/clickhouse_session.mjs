// One ClickHouse process: does the steps that it is given as JSON, and prints what each took and
// answered.
//
//   node clickhouse_session.mjs '{"module": FOLDER, "db": FOLDER, "settings": {...}, "steps": []}'
//
// Steps are as in duckdb_session.mjs. Where a text has $NAME, the parameter is written into it.

import { createRequire } from 'node:module';
import { statementsOf } from './statements.mjs';

const task = JSON.parse(process.argv[2]);
const { Session } = createRequire(`${task.module}/`)('chdb');

const literal = (value) => (typeof value === 'number' ? String(value) : `'${value}'`);

const session = new Session(task.db);
for (const [name, value] of Object.entries(task.settings)) {
  session.query(`SET ${name} = ${literal(value)}`);
}

// Gives the rows of the last statement as text, a row a line.
function execute(statements, parameters) {
  let text = '';
  for (const statement of statements) {
    const filled = statement.replace(/\$(\w+)/g, (_, name) => literal(parameters[name]));
    text = session.query(filled, 'JSONCompactEachRow');
  }
  return text;
}

const results = [];
for (const { script, parameters = {}, times = 1 } of task.steps) {
  const statements = statementsOf(script);
  const us = [];
  let text = '';
  for (let i = 0; i < times; ++i) {
    const start = performance.now();
    text = execute(statements, parameters);
    us.push((performance.now() - start) * 1000);
  }
  const rows = text.split('\n').filter(Boolean);
  results.push({ us, rows: rows.map((row) => JSON.parse(row)) });
}
session.close();
console.log(JSON.stringify(results));
