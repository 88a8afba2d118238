import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './process.mjs';

const oldest = [20, 19];

/** Installs the packages of package-lock.json when they are missing or others. Uses Node's own modules only. */
export async function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    fail(`Node ${oldest.join('.')} or newer is needed, this is ${process.versions.node}.`);
  const state = installed();
  if (state === 'yes') return;
  console.log(state === 'none' ? 'Installing packages …' : 'The lock file has changed: updating packages …');
  // Not `npm ci`: it insists on packages of every platform in the lock file, and a registry that does not serve them cannot
  // have them there. The lock file's versions hold all the same, and --no-save leaves the file alone.
  const code = await run('npm', [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--loglevel=error',
  ]);
  if (code !== 0) fail('npm install failed. Check the registry (npm config get registry) and run it again.');
}

/** Compares what npm noted down at its last run with the lock file. Packages for other platforms are left out there. */
function installed() {
  const note = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return 'none';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(note, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link) continue;
    const found = there[path];
    if (found ? found.version !== entry.version : !(entry.optional || entry.devOptional || entry.peer)) return 'other';
  }
  return 'yes';
}
