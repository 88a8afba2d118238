import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from '../../engine/load.ts';
import type { Files } from '../../engine/model/definition.ts';
import { definitionFiles, generated } from '../definitions.ts';
import { cpuOf, measured, median } from '../measure.ts';
import type { Fresh } from './fresh.ts';

const limit = 1000;
const limitOfBig = 5000;
const turns = [1, 2, 3];

/**
 * Reading, composing, checking and compiling: every definition of the repository, and one workflow of 1,000 states. No
 * peer does this; `peer` is the limit in milliseconds, `ratio` how often ours fits in.
 */
export async function main(): Promise<number> {
  tell(
    'new-process',
    turns.map(() => fresh('all')),
  );
  const folder = mkdtempSync(join(tmpdir(), 'certflow-bench-'));
  try {
    fresh('remembered', folder);
    tell(
      'new-process-remembered',
      turns.map(() => fresh('remembered', folder)),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }

  const files = definitionFiles();
  load(files);
  // The text of each file is another one each time: what is cached by the text of a file is of no use.
  const anew = turns.map((turn) => cpuOf(() => load(withBlankLines(files, turn))));
  measured('load', 'all-definitions-files-changed-ms', median(anew), limit);
  // What is read and judged once (files, expressions, patterns) is known by its text.
  const cached = turns.map(() => cpuOf(() => load(withBlankLines(files, turns.length))));
  measured('load', 'all-definitions-cached-ms', median(cached), limit);
  measured(
    'load',
    'generated-1000-states-ms',
    cpuOf(() => load(generated(1000))),
    limitOfBig,
  );
  return 0;
}

function tell(what: string, found: readonly Fresh[]): void {
  const value = (key: keyof Fresh) => median(found.map((one) => one[key]));
  if (!Number.isNaN(value('thread'))) measured('load', `all-definitions-${what}-thread-ms`, value('thread'), limit);
  measured('load', `all-definitions-${what}-ms`, value('process'), limit);
  measured('load', `all-definitions-${what}-from-start-ms`, value('fromStart'), null);
}

function fresh(way: 'all' | 'remembered', ...rest: readonly string[]): Fresh {
  const program = ['--import', 'tsx', 'bench/load/fresh.ts', way, ...rest];
  return JSON.parse(execFileSync(process.execPath, program, { encoding: 'utf8' })) as Fresh;
}

function load(files: Files): void {
  const { projects, issues } = loadAll(files);
  const error = issues.find((issue) => issue.severity === 'error');
  if (error !== undefined || Object.keys(projects).length === 0) throw new Error(error?.message ?? 'no project');
}

function withBlankLines(files: Files, count: number): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${text}${'\n'.repeat(count)}`]));
}
