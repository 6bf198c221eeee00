// The command line of script/bench.

import { BenchError } from './lib/command.mjs';

export const HELP = `usage: script/bench [OPTION]...

Measures fleetmeter beside DuckDB, ClickHouse and the sqlite3 shell on simulated archives, and
writes the tables of docs/benchmarks.md. Programs take turns; answers are compared before times are
reported.

  --quick         small archives and two runs, in about five minutes; writes into the work folder
  --large         also questions on L (22 million records): 15 GB of disk, an hour or two
  --runs N        timed runs of each program, after one warm-up (5)
  --only A,B      only these sections; the others keep their figures
  --skip A,B      these sections not
  --work FOLDER   archives and stores, kept for the next time (build/bench)
  --out FILE      the page to write (docs/benchmarks.md)
  --help          this text

Sections: SECTIONS.
Exit codes: 0 done; 1 the programs do not agree, or one of them failed; 2 usage.
`;

export class UsageError extends BenchError {}

const FLAGS = ['--quick', '--large', '--help'];
const VALUES = ['--runs', '--only', '--skip', '--work', '--out'];

function sectionList(option, text, sections) {
  const names = text.split(',');
  const unknown = names.find((name) => !sections.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `${option}: no such section: ${unknown} (there are ${sections.join(', ')})`,
    );
  }
  return names;
}

function readWords(words) {
  const said = {};
  for (let i = 0; i < words.length; ++i) {
    const word = words[i];
    if (FLAGS.includes(word)) {
      said[word] = true;
    } else if (!VALUES.includes(word)) {
      throw new UsageError(`no such option: ${word}`);
    } else if (i + 1 === words.length) {
      throw new UsageError(`${word}: a value is missing`);
    } else {
      said[word] = words[++i];
    }
  }
  return said;
}

// Gives {quick, large, help, runs, sections, work, out}.
export function parse(words, sections) {
  const said = readWords(words);
  const quick = said['--quick'] ?? false;
  const runs = Number(said['--runs'] ?? (quick ? 2 : 5));
  if (!Number.isInteger(runs) || runs < 1) {
    throw new UsageError(`--runs: not a number of at least 1: ${said['--runs']}`);
  }
  const work = said['--work'] ?? 'build/bench';
  const only = said['--only'] ? sectionList('--only', said['--only'], sections) : sections;
  const skip = said['--skip'] ? sectionList('--skip', said['--skip'], sections) : [];
  return {
    quick,
    large: said['--large'] ?? false,
    help: said['--help'] ?? false,
    runs,
    sections: only.filter((name) => !skip.includes(name)),
    work,
    out: said['--out'] ?? (quick ? `${work}/benchmarks.md` : 'docs/benchmarks.md'),
  };
}
