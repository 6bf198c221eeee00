// docs/benchmarks.md: the parts between markers are written here, the prose around them by people.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { exists, run } from './command.mjs';

const begin = (name) => `<!-- bench:${name} -->`;
const end = (name) => `<!-- /bench:${name} -->`;

// Puts `text` between the markers of `name`; a page without them gets a new section at its end.
function put(page, name, title, text) {
  const from = page.indexOf(begin(name));
  const to = page.indexOf(end(name));
  const part = `${begin(name)}\n${text}\n${end(name)}`;
  if (from < 0 || to < from) {
    return `${page.trimEnd()}\n\n## ${title}\n\n${part}\n`;
  }
  return page.slice(0, from) + part + page.slice(to + end(name).length);
}

export function writeReport(file, template, parts) {
  let page = readFileSync(existsSync(file) ? file : template, 'utf8');
  for (const { name, title, text } of parts) {
    page = put(page, name, title, text);
  }
  writeFileSync(file, page);
}

function firstLine(argv) {
  return exists(argv[0]) ? run(argv).split('\n')[0] : `${argv[0]} is missing`;
}

// What the figures depend on, in a list.
export function machine(peers) {
  const gigabytes = Math.round(totalmem() / 1e9);
  const versions = [firstLine(['g++', '--version']), `Node.js ${process.version}`];
  return [
    `- ${cpus()[0].model}, ${cpus().length} cores, ${gigabytes} GB; Linux ${release()}`,
    `- ${[...versions, ...peers.map((peer) => peer.version)].join('; ')}`,
  ].join('\n');
}
