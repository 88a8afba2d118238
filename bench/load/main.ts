import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from '../../engine/load.ts';
import type { Files } from '../../engine/model/definition.ts';
import { definitionFiles, generated, withBlankLines } from '../definitions.ts';
import { cpuOf, measured, median, threadTime } from '../measure.ts';
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
  warm(
    'files-changed',
    turns.map((turn) => withBlankLines(files, turn)),
  );
  // What is read, drawn and judged once is known by the files that it comes from.
  warm(
    'cached',
    turns.map(() => withBlankLines(files, turns.length)),
  );
  measured(
    'load',
    'generated-1000-states-ms',
    cpuOf(() => load(generated(1000))),
    limitOfBig,
  );
  return 0;
}

/** One load of each, in a process that has loaded before. */
function warm(what: string, loads: readonly Files[]): void {
  const found = loads.map((files) => {
    const before = threadTime();
    const all = cpuOf(() => load(files));
    return { thread: threadTime() - before, process: all };
  });
  const thread = median(found.map((one) => one.thread));
  if (!Number.isNaN(thread)) measured('load', `all-definitions-${what}-thread-ms`, thread, limit);
  measured('load', `all-definitions-${what}-ms`, median(found.map((one) => one.process)), limit);
}

function tell(what: string, found: readonly Fresh[]): void {
  const value = (key: keyof Fresh) => median(found.map((one) => one[key]));
  measured('load', `all-definitions-${what}-wall-ms`, value('wall'), limit);
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
