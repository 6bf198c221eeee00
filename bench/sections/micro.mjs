// The micro-benchmarks of bench/micro, each repeated; what Google Benchmark says, as a table.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run as runProgram } from '../lib/command.mjs';
import { figure, spread, table } from '../lib/text.mjs';

export const name = 'micro';
export const title = 'Micro-benchmarks';

const US_OF = { ns: 1e-3, us: 1, ms: 1e3, s: 1e6 };

export function run(bench) {
  const program = join(bench.build, 'bench', 'fleetmeter-micro');
  if (!existsSync(program)) {
    return 'Not measured: Google Benchmark is missing (Debian: `libbenchmark-dev`).';
  }
  bench.say('micro-benchmarks');
  const min = bench.options.quick ? 0.05 : 0.5;
  const options = ['--benchmark_format=json', `--benchmark_repetitions=${bench.rounds}`];
  const text = runProgram([program, ...options, `--benchmark_min_time=${min}`]);
  const runs = JSON.parse(text).benchmarks.filter(({ run_type }) => run_type === 'iteration');
  const names = [...new Set(runs.map(({ run_name }) => run_name))];
  const rows = names.map((one) => {
    const own = runs.filter(({ run_name }) => run_name === one);
    const rate = (key) => (own[0][key] ? figure(own[0][key] / 1e6) : '');
    const us = own.map(({ cpu_time, time_unit }) => cpu_time * US_OF[time_unit]);
    return [`\`${one}\``, spread(us), rate('bytes_per_second'), rate('items_per_second')];
  });
  return table(['', 'processor µs', 'MB/s', 'million items/s'], rows);
}
