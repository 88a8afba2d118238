import { mkdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Cycles, CyclesReport } from './cycles.ts';

/** A change of our own source that must not survive. Production carries no switch for it: the text is changed when it is loaded. */
export interface Mutant {
  readonly title: string;
  /** Where our store has no such part: what was broken instead. */
  readonly meaning?: string;
  /** A seed from which it shows soon; it shows from any. */
  readonly from?: number;
  readonly changes: readonly { readonly file: string; readonly find: string; readonly put: string }[];
}

const adapter = 'server/store/file/durable-adapter.ts';
const fileStore = 'server/store/file/file-store.ts';
const one = (file: string, find: string, put: string): Mutant['changes'] => [{ file, find, put }];

export const mutants: readonly Mutant[] = [
  { title: 'no file fsync', changes: one(adapter, 'await this.#io.syncFile(temporary);', '') },
  { title: 'no folder fsync', changes: one(adapter, 'await this.#io.syncFolder(dirname(this.#path));', '') },
  {
    title: 'answer before the write',
    // What is remembered is new at once: whoever read the old one would step it again and again.
    changes: [
      {
        file: fileStore,
        find: `await this.#write(low, path, data);
    const { text } = adapterOf(low);`,
        put: `void this.#write(low, path, data).catch(() => undefined);
    const text: string | null = '';`,
      },
    ],
  },
  {
    title: 'rename before the write is whole',
    changes: one(
      adapter,
      'await this.#io.syncFile(temporary);\n      await this.#rename(temporary);',
      'await this.#rename(temporary);\n      await this.#io.syncFile(this.#path);',
    ),
  },
  {
    title: 'no checksum',
    changes: one('server/store/file/sealed-json.ts', '!framed || sha256(body) !== checksum', '!framed'),
  },
  {
    title: 'memory changed before the disk',
    changes: one(fileStore, 'this.#cases.drop(path);', 'this.#cases.set(path, data, 1);'),
  },
  {
    title: 'queue per case removed',
    changes: one('server/store/queue.ts', 'const mine = before.then(job, job);', 'void before; const mine = job();'),
  },
  {
    title: 'revision not compared',
    changes: one(fileStore, 'expected !== undefined && now.state.revision !== expected', 'false'),
  },
  {
    title: 'index written before its case',
    meaning: 'the saved index is called true until the first case after it was written, not before',
    changes: [
      {
        file: fileStore,
        find: `await this.#spoilIndex();
      await this.#writeCase(low, path, next, known ?? null);`,
        put: `await this.#writeCase(low, path, next, known ?? null);
      await this.#spoilIndex();`,
      },
    ],
  },
  {
    title: 'error of fsync swallowed',
    changes: one(
      adapter,
      'await this.#io.syncFile(temporary);',
      'await this.#io.syncFile(temporary).catch(() => undefined);',
    ),
  },
  {
    title: 'timer dropped at restart',
    changes: one(
      'server/cases/cases.ts',
      'this.#onCommit(document);\n    const definition',
      'this.#onCommit({ ...document, state: { ...document.state, timers: {} } });\n    const definition',
    ),
  },
  {
    title: 'timer dropped at restart (after a clean stop)',
    changes: one(
      'tests/campaigns/disk/house.ts',
      'for (const { entry, dues } of saved.entries) jobs.noteDues(entry.id, dues);',
      'for (const { entry, dues } of saved.entries) jobs.noteDues(entry.id, { ...dues, timer: null });',
    ),
  },
  {
    title: 'journal entry dropped',
    changes: one(
      'server/cases/commit.ts',
      'journal: [...document.journal, entry],',
      'journal: step.consumed.length > 0 ? document.journal : [...document.journal, entry],',
    ),
  },
  {
    title: 'what a dead process left unsynced is believed',
    from: 57,
    changes: one(fileStore, 'await store.settle();', ''),
  },
  {
    title: 'a reader is shown what is not durable yet',
    from: 870,
    changes: one(fileStore, 'if (writing !== undefined) {', 'if (writing === null) {'),
  },
  {
    title: 'the mark of a clean stop is never removed',
    changes: one(
      fileStore,
      'this.#spoiled ??= this.removeDocument(INDEX_KIND, INDEX_MARK)',
      'this.#spoiled ??= Promise.resolve()',
    ),
  },
];

const root = join(import.meta.dirname, '../../..');

/** The campaign's own cycles over the changed program. @throws when a text to be changed is not there once */
export async function cyclesOf(mutant: Mutant | null): Promise<(given: Cycles) => Promise<CyclesReport>> {
  const folder = join(root, 'node_modules/.cache/certflow-mutants');
  await mkdir(folder, { recursive: true });
  const name = mutant?.title.replaceAll(/\W+/g, '-') ?? 'none';
  const outfile = join(folder, `${name}-${process.pid}.mjs`);
  const missing = new Set(mutant?.changes.map(({ file }) => file));
  await build({
    entryPoints: [join(import.meta.dirname, 'cycles.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' },
    plugins: [
      {
        name: 'mutant',
        setup(bundling) {
          bundling.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const file = relative(root, path).replaceAll('\\', '/');
            let contents = await readFile(path, 'utf8');
            for (const { find, put } of mutant?.changes.filter((change) => change.file === file) ?? []) {
              if (contents.split(find).length !== 2)
                throw new Error(`${file}: ${JSON.stringify(find)} is not there once`);
              contents = contents.replace(find, () => put);
              missing.delete(file);
            }
            return { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  if (missing.size > 0) throw new Error(`${[...missing].join(', ')} is not part of the campaign`);
  const { runCycles } = (await import(pathToFileURL(outfile).href)) as typeof import('./cycles.ts');
  return runCycles;
}
