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

// What the vendor's API gives whoever asks it per region: the ten processes that started last, and
// the ten that stopped last.
const cutToTen = (regions, processes) => [
  ...['--cap10', '--by-region', '--poll', '300', '--apps', '1', '--regions', regions],
  ...['--processes-alive', processes, '--lifetime-minutes', '32', '--busy-players'],
];

// What stays alike for ever more days.
const GROWING = {
  'small fleet': ['--processes-alive', '5'],
  'lists cut to ten': cutToTen('14', '297'),
  'few lists cut to ten': cutToTen('2', '42'),
};

const KINDS = {
  players: ['--profile', 'players'],
  'few players': ['--profile', 'players', '--processes-alive', '12'],
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
  'lists of a cron job': [
    ...['--profile', 'cron', '--form', 'envelope', '--layout', 'ndjson', '--days', '7'],
  ],
  V3: ['--profile', 'M', '--api', 'v3', '--hours', '36'],
  'lean records': ['--profile', 'M', '--api', 'lean', '--hours', '60'],
  'APIs in turn': ['--profile', 'M', '--api', 'mixed', '--hours', '24'],
  files: ['--layout', 'files', '--processes-alive', '10', '--days', '7'],
  'few files': ['--layout', 'files', '--processes-alive', '10', '--days', '1'],
  polls: ['--layout', 'files', '--processes-alive', '40', '--hours', '4'],
};

// Too large to lie about unpacked.
const PACKED = ['L'];

export const growthKind = (what, days) => `${what} over ${days} days`;

// What people have: lists cut to ten, where few records speak of each process, and records of
// players who come and go. `main` is what most sections are about.
export function usualKinds(quick) {
  return quick
    ? { lists: growthKind('few lists cut to ten', 3), players: 'few players', main: 'S' }
    : { lists: growthKind('lists cut to ten', 14), players: 'players', main: 'M' };
}

function optionsOf(kind) {
  const growing = kind.match(/^(.*) over (\d+) days$/);
  return growing ? [...GROWING[growing[1]], '--days', growing[2]] : KINDS[kind];
}

export class Archives {
  constructor(folder, simulator, say) {
    this.folder = folder;
    this.simulator = simulator;
    this.say = say;
    this.maker = createHash('sha256').update(readFileSync(simulator)).digest('hex');
    mkdirSync(folder, { recursive: true });
  }

  // Makes a folder of packed parts, each a gigabyte of JSON.
  pack(options, folder) {
    const split = `split --line-bytes=1GB --additional-suffix=.ndjson.zst \
      --filter='zstd -q > "$FILE"' - "$0/"`;
    mkdirSync(folder);
    run(['bash', '-o', 'pipefail', '-c', `"$@" | ${split}`, folder, this.simulator, ...options]);
  }

  // Gives {kind, path, files, parts, bytes, shape, command}; makes it unless the same simulator
  // made it before. `parts` are the patterns of files to load in turn.
  get(kind) {
    const shape = optionsOf(kind);
    const options = [...shape, '--seed', '1'];
    const isPacked = PACKED.includes(kind);
    const isManyFiles = options.includes('files');
    const isFolder = isPacked || isManyFiles;
    const path = join(this.folder, kind.replaceAll(' ', '_') + (isFolder ? '' : '.ndjson'));
    const stamp = `${path}.made`;
    const made = JSON.stringify([this.maker, options]);
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== made) {
      this.say(`making archive ${kind}`);
      rmSync(path, { recursive: true, force: true });
      if (isPacked) {
        this.pack(options, path);
      } else {
        run([this.simulator, ...options, '--out', path]);
      }
      writeFileSync(stamp, made);
    }
    const files = isFolder
      ? readdirSync(path)
          .sort()
          .map((name) => join(path, name))
      : [path];
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    const parts = isManyFiles ? [join(path, '*.json')] : files;
    return {
      kind,
      path,
      files,
      parts,
      bytes,
      shape: shape.join(' '),
      command: `fleetmeter-sim ${options.join(' ')}`,
    };
  }
}
