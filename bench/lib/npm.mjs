// Packages of npm, which peers come from.

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';

// Installs a package (`name@version`) unless it is there, and gives the folder from which its
// module can be required. Each has a folder of its own, since npm removes from a folder what it was
// not asked for.
export function install(folder, wanted) {
  const own = join(folder, wanted.replace('/', '+'));
  const name = wanted.slice(0, wanted.lastIndexOf('@'));
  if (!existsSync(join(own, 'node_modules', name))) {
    mkdirSync(own, { recursive: true });
    run(['npm', 'install', '--prefix', own, '--no-save', '--no-audit', '--no-fund', wanted]);
  }
  return own;
}
