// Answers as maps from a group to an exact integer, and their comparison. Times of programs that do
// not agree are not worth having, so a difference ends the run.

import { BenchError } from './command.mjs';

const SHOWN = 5;

// `rows` are lists of texts: the group, then the value. Rows that say 0 are left out, since the
// programs differ in whether they give them.
export function answer(rows) {
  const values = new Map();
  for (const row of rows) {
    const value = BigInt(row.at(-1));
    if (value !== 0n) {
      values.set(row.slice(0, -1).join(' / '), value);
    }
  }
  return values;
}

export function total(values) {
  return [...values.values()].reduce((sum, value) => sum + value, 0n);
}

export function mustAgree(what, nameA, a, nameB, b) {
  const groups = new Set([...a.keys(), ...b.keys()]);
  const differing = [...groups].filter((group) => a.get(group) !== b.get(group));
  if (groups.size === 0) {
    throw new BenchError(`${what}: both answers are empty, which proves nothing`);
  }
  if (differing.length > 0) {
    const lines = differing
      .slice(0, SHOWN)
      .map((group) => `  ${group}: ${a.get(group) ?? 'none'} and ${b.get(group) ?? 'none'}`);
    throw new BenchError(
      `${what}: ${nameA} and ${nameB} differ in ${differing.length} of ${groups.size} groups; ` +
        `no times are reported\n${lines.join('\n')}`,
    );
  }
}
