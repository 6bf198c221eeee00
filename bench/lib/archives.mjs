// The archives: made by the simulator from a fixed seed, once, and kept in the work folder.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';

const KINDS = {
  M: ['--profile', 'M'],
  'M alphabetical': ['--profile', 'M', '--key-order', 'alphabetical'],
  'M shuffled': ['--profile', 'M', '--key-order', 'shuffled'],
  L: ['--profile', 'L'],
  S: ['--profile', 'M', '--processes-alive', '12'],
  'S alphabetical': ['--profile', 'M', '--processes-alive', '12', '--key-order', 'alphabetical'],
  'S shuffled': ['--profile', 'M', '--processes-alive', '12', '--key-order', 'shuffled'],
  files: ['--layout', 'files', '--processes-alive', '10', '--days', '7'],
  'few files': ['--layout', 'files', '--processes-alive', '10', '--days', '1'],
  polls: ['--layout', 'files', '--processes-alive', '40', '--hours', '4'],
};

export const growthKind = (days) => `${days} days`;

function optionsOf(kind) {
  const days = kind.match(/^(\d+) days$/);
  return days ? ['--processes-alive', '5', '--days', days[1]] : KINDS[kind];
}

export class Archives {
  constructor(folder, simulator, say) {
    this.folder = folder;
    this.simulator = simulator;
    this.say = say;
    this.maker = createHash('sha256').update(readFileSync(simulator)).digest('hex');
    mkdirSync(folder, { recursive: true });
  }

  // Gives {kind, path, files, bytes, command}; makes it unless the same simulator made it before.
  get(kind) {
    const options = [...optionsOf(kind), '--seed', '1'];
    const isFolder = options.includes('--layout');
    const path = join(this.folder, kind.replaceAll(' ', '_') + (isFolder ? '' : '.ndjson'));
    const stamp = `${path}.made`;
    const made = JSON.stringify([this.maker, options]);
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== made) {
      this.say(`making archive ${kind}`);
      rmSync(path, { recursive: true, force: true });
      run([this.simulator, ...options, '--out', path]);
      writeFileSync(stamp, made);
    }
    const files = isFolder
      ? readdirSync(path)
          .sort()
          .map((name) => join(path, name))
      : [path];
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    const pattern = isFolder ? join(path, '*.json') : path;
    return { kind, path, pattern, files, bytes, command: `fleetmeter-sim ${options.join(' ')}` };
  }
}
