import { load, loadAll } from '../../../engine/load.ts';
import type { Files } from '../../../engine/model/definition.ts';
import type { Issue } from '../../../engine/model/issue.ts';
import { baseFiles } from '../../engine/definitions.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { corpusOf, mutate } from './mutate.ts';
import { random } from './random.ts';

export interface FuzzReport {
  readonly corpus: CorpusName;
  readonly mutants: number;
  readonly seed: number;
  /** Mutants with an error, all of them located. */
  readonly refused: number;
  readonly sound: number;
  /** Different codes of issues that the mutants raised. */
  readonly codes: number;
  readonly slowestMs: number;
  /** What was not as promised, at most twenty, each with the mutant that shows it. */
  readonly failures: readonly string[];
}

/** `small`: the fixture that uses every word of the language, all of it. `shipped`: one project of the repository. */
export type CorpusName = 'small' | 'shipped';

const hang = 1000;
const shippedProject = 'example-exchange';

/** Mutants of every kind of definition file: no crash, no hang, no polluted prototype, every refusal located. */
export function fuzz(
  name: CorpusName,
  mutants: number,
  seed: number,
  say: (line: string) => void = () => {},
): FuzzReport {
  const corpus = corpusOf(name === 'small' ? baseFiles() : shippedFiles());
  const read = (files: Files): readonly Issue[] =>
    name === 'small' ? loadAll(files).issues : load(files, shippedProject).issues;
  const chance = random(seed);
  const failures: string[] = [];
  const codes = new Set<string>();
  let refused = 0;
  let slowestMs = 0;
  if (read(corpus.files).some((issue) => issue.severity === 'error')) failures.push('the files are not sound');
  for (let index = 0; index < mutants && failures.length < 20; index++) {
    const { files, done } = mutate(corpus, chance);
    const fail = (reason: string) => failures.push(`mutant ${index} (${done.join('; ')}): ${reason}`);
    const stopwatch = started();
    try {
      const issues = read(files);
      if (issues.some((issue) => issue.severity === 'error')) refused++;
      for (const issue of issues) codes.add(issue.code);
      for (const problem of issues.flatMap((issue) => unlocated(files, issue))) fail(problem);
    } catch (error) {
      fail(`threw ${error instanceof Error ? error.stack : String(error)}`);
    }
    const ms = stopwatch();
    slowestMs = Math.max(slowestMs, ms);
    if (ms > hang) fail(`took ${Math.round(ms)} ms`);
    if (Object.keys(Object.prototype).length > 0 || 'polluted' in {}) fail('Object.prototype has changed');
    if ((index + 1) % 1000 === 0) say(`${index + 1} mutants, ${refused} refused, slowest ${Math.round(slowestMs)} ms`);
  }
  const [sound, slowest] = [mutants - refused, Math.round(slowestMs)];
  return { corpus: name, mutants, seed, refused, sound, codes: codes.size, slowestMs: slowest, failures };
}

/** What one project of the repository can use: other projects, processes and stories are left out. */
function shippedFiles(): Files {
  const other = /^workflows\/(scenarios\/|projects\/|[^/]*\.workflow\.yaml)/;
  const own = [`workflows/projects/${shippedProject}.project.yaml`, 'workflows/certificate-new.workflow.yaml'];
  const entries = Object.entries(definitionFiles());
  return Object.fromEntries(entries.filter(([path]) => own.includes(path) || !other.test(path)));
}

/** What is wrong with the place of an issue. */
function unlocated(files: Files, issue: Issue): string[] {
  const lines = files[issue.file]?.split('\n');
  const there = lines !== undefined && issue.line >= 1 && issue.line <= lines.length && issue.column >= 1;
  if (!there) return [`${issue.code} is not located: ${issue.file}:${issue.line}:${issue.column}`];
  return issue.code === 'not-compiled' ? [issue.message] : [];
}

/** Time on the processor, so that a busy machine is no hang; the wall clock catches what waits. In ms. */
function started(): () => number {
  const before = performance.now();
  const worked = process.cpuUsage();
  return () => {
    const used = process.cpuUsage(worked);
    return Math.min(performance.now() - before, (used.user + used.system) / 1000);
  };
}
