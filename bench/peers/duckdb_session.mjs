// One DuckDB process: does the steps it is given as JSON and prints what each took and answered.
//
//   node duckdb_session.mjs '{"module": FOLDER, "db": FILE, "settings": {...}, "steps": [...]}'
//
// A step is {"script": FILE, "parameters": {...}, "times": N}: its statements one after another, N
// times. Only the last statement of a script gives rows.

import { createRequire } from 'node:module';
import { statementsOf } from './statements.mjs';

const task = JSON.parse(process.argv[2]);
const { DuckDBInstance } = createRequire(`${task.module}/`)('@duckdb/node-api');

// Whole numbers are BIGINT, everything else is text.
function bind(statement, parameters) {
  for (let i = 1; i <= statement.parameterCount; ++i) {
    const value = parameters[statement.parameterName(i)];
    if (typeof value === 'number') {
      statement.bindBigInt(i, BigInt(value));
    } else {
      statement.bindVarchar(i, value);
    }
  }
}

const instance = await DuckDBInstance.create(task.db, task.settings);
const connection = await instance.connect();

// All statements of a script are one transaction, as a load should be.
async function execute(statements, parameters) {
  let reader = null;
  if (statements.length > 1) {
    await connection.run('BEGIN');
  }
  for (const text of statements) {
    const statement = await connection.prepare(text);
    bind(statement, parameters);
    reader = await statement.runAndReadAll();
  }
  if (statements.length > 1) {
    await connection.run('COMMIT');
  }
  return reader;
}

const results = [];
for (const { script, parameters = {}, times = 1 } of task.steps) {
  const statements = statementsOf(script);
  const us = [];
  let reader = null;
  for (let i = 0; i < times; ++i) {
    const start = performance.now();
    reader = await execute(statements, parameters);
    us.push((performance.now() - start) * 1000);
  }
  results.push({ us, rows: reader.getRowsJson() });
}
connection.closeSync();
instance.closeSync();
console.log(JSON.stringify(results));
