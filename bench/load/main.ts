import { loadAll } from '../../engine/load.ts';
import type { Files } from '../../engine/model/definition.ts';
import { definitionFiles, generated } from '../definitions.ts';
import { cpuOf, measured, median } from '../measure.ts';

const limit = 1000;
const limitOfBig = 5000;

/**
 * Reading, composing, checking and compiling: every definition of the repository, and one workflow of 1,000 states. No
 * peer does this; `peer` is the limit in milliseconds, `ratio` how often ours fits in.
 */
export async function main(): Promise<number> {
  const files = definitionFiles();
  const load = (which: Files) => {
    const { projects, issues } = loadAll(which);
    const error = issues.find((issue) => issue.severity === 'error');
    if (error !== undefined || Object.keys(projects).length === 0) throw new Error(error?.message ?? 'no project');
  };
  // In a process that has just begun: nothing is cached, nothing of the code is compiled by the machine's own compiler.
  measured(
    'load',
    'all-definitions-new-process-ms',
    cpuOf(() => load(files)),
    limit,
  );
  // The text of each file is another one each time: what is cached by the text of a file is of no use.
  const anew = [1, 2, 3, 4, 5].map((turn) => cpuOf(() => load(withBlankLines(files, turn))));
  measured('load', 'all-definitions-files-changed-ms', median(anew), limit);
  // What is read and judged once (files, expressions, patterns) is known by its text.
  const cached = [1, 2, 3, 4, 5].map(() => cpuOf(() => load(withBlankLines(files, 5))));
  measured('load', 'all-definitions-cached-ms', median(cached), limit);
  measured(
    'load',
    'generated-1000-states-ms',
    cpuOf(() => load(generated(1000))),
    limitOfBig,
  );
  return 0;
}

function withBlankLines(files: Files, count: number): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${text}${'\n'.repeat(count)}`]));
}
