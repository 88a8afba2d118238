import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Definition, type Files, loadAll } from '../../engine/index.ts';

/** All definition files of the repository: path -> text. */
export function definitionFiles(): Files {
  const files: { [path: string]: string } = {};
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.(ya?ml|json)$/.test(entry.name)) files[path] = readFileSync(path, 'utf8');
    }
  };
  walk('workflows');
  walk('forms');
  return files;
}

let loaded: { readonly [project: string]: Definition } | null = null;

/** The projects of the repository, compiled once for a test file. */
export function projects(): { readonly [project: string]: Definition } {
  loaded ??= loadAll(definitionFiles()).projects;
  return loaded;
}
