// The statements of a file of SQL, without comments.

import { readFileSync } from 'node:fs';

export function statementsOf(file) {
  const text = readFileSync(file, 'utf8').replace(/--.*$/gm, '');
  return text.split(';').filter((statement) => statement.trim() !== '');
}
