// Runs other programs, plainly or with what they cost.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const OUTPUT_LIMIT = 512 * 1024 * 1024;

// Something that the reader of the message can act upon; anything else is a defect of ours.
export class BenchError extends Error {}

export function run(argv, { input, env } = {}) {
  const done = spawnSync(argv[0], argv.slice(1), {
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: OUTPUT_LIMIT,
  });
  if (done.error || done.status !== 0) {
    const why = done.error?.message ?? `exit ${done.status ?? done.signal}\n${done.stderr}`;
    throw new BenchError(`${argv.slice(0, 6).join(' ')} ...: ${why}`);
  }
  return done.stdout;
}

export function exists(program) {
  return spawnSync('sh', ['-c', `command -v "$1"`, 'sh', program]).status === 0;
}

// Runs commands under fleetmeter-measure, a program so small that its own memory does not show.
export class Meter {
  constructor(program, scratchFile) {
    this.program = program;
    this.scratchFile = scratchFile;
  }

  // Wall and processor time in ms, peak memory in MB. `cold` files are dropped from the page cache.
  measure(argv, { cold = [], env } = {}) {
    const drop = cold.flatMap((file) => ['--cold', file]);
    const stdout = run([this.program, '--to', this.scratchFile, ...drop, '--', ...argv], { env });
    const [wall, user, system, peak] = readFileSync(this.scratchFile, 'utf8')
      .split(' ')
      .map(Number);
    return {
      wallMs: wall / 1000,
      cpuMs: (user + system) / 1000,
      peakMb: (peak * 1024) / 1e6,
      stdout,
    };
  }
}
