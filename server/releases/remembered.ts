import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { composedOf, type Loaded, load, recompile } from '../../engine/load.ts';
import type { Composed } from '../../engine/model/composed.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { Issue } from '../../engine/model/issue.ts';

/** What loading came to, as JSON text. A definition with errors is not kept. */
interface Kept {
  readonly composed: Composed;
  readonly issues: readonly Issue[];
}

const ROOT = resolve(import.meta.dirname, '../..');
/** Beside the code that it depends on: whoever may write there may change the code, too. */
const FOLDER = join(ROOT, 'node_modules/.cache/certflow');

/**
 * `load`, which remembers on the disk what it came to: reading, composing and checking the files of a project that have
 * not changed is what a start would mostly do. Loading is pure, so that the same texts under the same code come to the
 * same definition; the name of what is kept is the hash of all of them. A folder that cannot be read or written costs
 * time, nothing else.
 */
export function createRememberingLoad(folder = FOLDER, version = codeVersion): typeof load {
  const forms = new Map<string, FormSchema>();
  /** Projects share their forms, and with them the validators that are made of each once. */
  const shared = (schema: FormSchema): FormSchema => {
    const text = JSON.stringify(schema);
    const known = forms.get(text) ?? schema;
    forms.set(text, known);
    return known;
  };
  return (files, project): Loaded => {
    const place = join(folder, version());
    const path = join(place, `${hashOf([project, ...Object.entries(files).sort().flat()])}.json`);
    const kept = read(path);
    if (kept !== null) {
      const { composed, issues } = kept;
      const own = Object.fromEntries(Object.entries(composed.forms).map(([id, schema]) => [id, shared(schema)]));
      return { definition: recompile({ ...composed, forms: own }), issues };
    }
    const loaded = load(files, project);
    if (loaded.definition !== null) {
      const composed = composedOf(loaded.definition);
      for (const schema of Object.values(composed.forms)) shared(schema);
      write(folder, place, path, { composed, issues: loaded.issues });
    }
    return loaded;
  };
}

function read(path: string): Kept | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept;
  } catch {
    return null;
  }
}

/** Whole or not at all: another process may read it at this moment. */
function write(folder: string, place: string, path: string, kept: Kept): void {
  try {
    forget(folder, place);
    mkdirSync(place, { recursive: true });
    const half = `${path}.${process.pid}`;
    writeFileSync(half, JSON.stringify(kept));
    renameSync(half, path);
  } catch {
    // Nothing is remembered.
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** What older code has kept, unless it was used a moment ago by another checkout. */
function forget(folder: string, place: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (path !== place && Date.now() - statSync(path).mtimeMs > DAY) rmSync(path, { recursive: true, force: true });
  }
}

let known: string | undefined;

/** The hash of the engine's code and of the versions of what it uses. */
function codeVersion(): string {
  known ??= hashOf([
    process.version,
    readFileSync(join(ROOT, 'package-lock.json')),
    ...readdirSync(join(ROOT, 'engine'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|json)$/.test(name))
      .sort()
      .flatMap((name) => [name, readFileSync(join(ROOT, 'engine', name))]),
  ]).slice(0, 16);
  return known;
}

function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest('hex');
}
