// Figures and tables as Markdown.

import { summary } from './rounds.mjs';

// Three significant figures, thousands apart: 0.0123, 4.38, 118,000.
export function figure(number) {
  return Number(number.toPrecision(3)).toLocaleString('en-US', {
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
  });
}

// `4.38 (4.20–5.51)`; a single run says so.
export function spread(numbers) {
  const { median, min, max, count } = summary(numbers);
  return count === 1
    ? `${figure(median)} (one run)`
    : `${figure(median)} (${figure(min)}–${figure(max)})`;
}

export const median = (numbers) => summary(numbers).median;

// Rows are lists of cells; all columns but the first are figures.
export function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}
