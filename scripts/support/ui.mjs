import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fail, root, tool } from './process.mjs';

/** What the pages are made of. */
const sources = ['ui', 'engine', 'vite.config.ts', 'tsconfig.base.json', 'package-lock.json'];
const stamp = join(root, 'dist/ui/.stamp');

/** Builds the pages into dist/ui unless what is there was built from the very same sources. */
export async function ensureUi() {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  console.log('Building the pages …');
  const code = await tool('vite/bin/vite.js', ['build', '--logLevel', 'warn']);
  if (code !== 0) fail('The pages could not be built; see the message above.');
  writeFileSync(stamp, now);
}

/** SHA-256 over names and contents: times of a checkout say nothing. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    for (const file of files(path))
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
}

function files(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries
    .filter((entry) => entry.name !== 'dist' && entry.name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)]));
}
