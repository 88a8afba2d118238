import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from '../../engine/model/definition.ts';

const folder = fileURLToPath(new URL('../fixtures/definitions/', import.meta.url));
export const faultsFolder = join(folder, 'faults');

let base: Files | undefined;

/** A small sound process (a library lends a book) that uses every word of the language. */
export function baseFiles(): Files {
  base ??= Object.fromEntries(paths(join(folder, 'base')).map((path) => [keyOf(path), readFileSync(path, 'utf8')]));
  return base;
}

function keyOf(path: string): string {
  return relative(join(folder, 'base'), path).replaceAll('\\', '/');
}

function paths(at: string): string[] {
  return readdirSync(at, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? paths(join(at, entry.name)) : [join(at, entry.name)]));
}

/** The base with one text replaced in one file. */
export function changed(file: string, change: string, to: string, files: Files = baseFiles()): Files {
  const before = files[file];
  if (before === undefined || !before.includes(change)) throw new Error(`${file} does not hold ${change}`);
  return { ...files, [file]: before.replace(change, () => to) };
}
