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
  'large fleet': ['--processes-alive', '3000', '--apps', '20', '--deployments', '10', '--hours', '2'],
  'small fleet': ['--processes-alive', '4', '--days', '60'],
  'short lives': ['--profile', 'M', '--lifetime-minutes', '15', '--hours', '20'],
  'very short lives': ['--profile', 'M', '--lifetime-minutes', '4', '--hours', '16'],
  'polled every 5 minutes': ['--profile', 'M', '--poll', '300', '--days', '4'],
  'lists cut to ten': ['--profile', 'M', '--cap10', '--days', '14'],
  V3: ['--profile', 'M', '--api', 'v3', '--hours', '36'],
  'lean records': ['--profile', 'M', '--api', 'lean', '--hours', '60'],
  'APIs in turn': ['--profile', 'M', '--api', 'mixed', '--hours', '24'],
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

  // Gives {kind, path, files, bytes, shape, command}; makes it unless the same simulator made it before.
  get(kind) {
    const shape = optionsOf(kind);
    const options = [...shape, '--seed', '1'];
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
    return {
      kind,
      path,
      pattern,
      files,
      bytes,
      shape: shape.join(' '),
      command: `fleetmeter-sim ${options.join(' ')}`,
    };
  }
}
