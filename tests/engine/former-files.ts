import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from '../../engine/model/definition.ts';

const folder = fileURLToPath(new URL('../fixtures/languages/', import.meta.url));

/** Versions of the language that have a definition of their own in the fixtures. */
export const formerVersions: readonly number[] = readdirSync(folder)
  .filter((name) => /^\d+$/.test(name))
  .map(Number)
  .sort((a, b) => a - b);

/** A whole definition in an older version: workflow, fragment, connectors, forms, a project with changes, a scenario. */
export function formerFiles(version: number): Files {
  const root = join(folder, String(version));
  const walk = (at: string): string[] =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? walk(join(at, entry.name)) : [join(at, entry.name)],
    );
  return Object.fromEntries(
    walk(root)
      .filter((path) => /\.(yaml|json)$/.test(path))
      .map((path) => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}
