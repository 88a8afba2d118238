import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { equivalence, type Kill, type Mutant, mutantsOf, type Unreachable } from '../../engine/coverage/index.ts';
import type { Definition, Files } from '../../engine/model/definition.ts';

/** Every `every`-th mutant of a project, from `first` on. */
export interface Share {
  readonly project: string;
  readonly first: number;
  readonly every: number;
}

/** What became of one mutant. `touched`: some story comes by. */
export interface Verdict {
  readonly kill: Kill | null;
  readonly touched: boolean;
}

/** A mutant as it is listed. */
export type Listed = Pick<Mutant, 'kind' | 'at' | 'what'>;

export interface Mutation {
  /** Without those that no case can tell from the definition. */
  readonly mutants: number;
  readonly killed: number;
  readonly by: { readonly [by in Kill['by']]: number };
  readonly survivors: readonly (Listed & { readonly untouched: boolean })[];
  readonly equivalent: readonly (Listed & { readonly reason: string })[];
  /** Not looked at: the time was up. They count as not killed. */
  readonly undecided: readonly Listed[];
}

/** Place of the mutant in `mutantsOf` -> verdict. */
export type Verdicts = ReadonlyMap<number, Verdict>;

/**
 * Plays the mutants of some projects in threads, each mutant only in the stories that come by, until the first that
 * notices it.
 * @param seconds what is not decided by then is left out
 */
export async function verdictsOf(
  files: Files,
  projects: readonly string[],
  seconds: number,
): Promise<ReadonlyMap<string, Verdicts>> {
  const threads = availableParallelism();
  const parts = projects.length >= threads ? 1 : threads;
  const shares = projects.flatMap((project) =>
    Array.from({ length: parts }, (_, first): Share => ({ project, first, every: parts })),
  );
  const found = new Map(projects.map((project) => [project, new Map<number, Verdict>()]));
  const workers = shares
    .slice(0, threads)
    .map(() => new Worker(new URL('./mutation-worker.mjs', import.meta.url), { workerData: files, execArgv: [] }));
  const over = setTimeout(() => {
    shares.length = 0;
    for (const worker of workers) void worker.terminate();
  }, seconds * 1000);
  await Promise.all(
    workers.map((worker) =>
      working(worker, shares, (project, index, verdict) => found.get(project)?.set(index, verdict)),
    ),
  );
  clearTimeout(over);
  return found;
}

type Tell = (project: string, index: number, verdict: Verdict) => void;

/** One thread, until no share is left. Ended from outside it is done, too. */
function working(worker: Worker, shares: Share[], tell: Tell): Promise<void> {
  return new Promise((resolve, reject) => {
    let share: Share | undefined;
    const next = () => {
      share = shares.shift();
      if (share === undefined) void worker.terminate();
      else worker.postMessage(share);
    };
    worker.on('message', (told: { readonly index: number; readonly verdict: Verdict } | null) => {
      if (told === null) next();
      else tell(share?.project ?? '', told.index, told.verdict);
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve());
    next();
  });
}

/** The verdicts as they are counted and listed. */
export function mutationOf(definition: Definition, verdicts: Verdicts, unreachable: Unreachable): Mutation {
  const listed = ({ kind, at, what }: Mutant): Listed => ({ kind, at, what });
  const equivalent: (Listed & { reason: string })[] = [];
  const survivors: (Listed & { untouched: boolean })[] = [];
  const undecided: Listed[] = [];
  const by = { law: 0, expectation: 0 };
  for (const [index, mutant] of mutantsOf(definition).entries()) {
    const verdict = verdicts.get(index);
    const reason = equivalence(mutant, definition.chart, unreachable);
    if (verdict?.kill != null) by[verdict.kill.by] += 1;
    else if (reason !== null) equivalent.push({ ...listed(mutant), reason });
    else if (verdict === undefined) undecided.push(listed(mutant));
    else survivors.push({ ...listed(mutant), untouched: !verdict.touched });
  }
  const killed = by.law + by.expectation;
  return { mutants: killed + survivors.length + undecided.length, killed, by, survivors, equivalent, undecided };
}
