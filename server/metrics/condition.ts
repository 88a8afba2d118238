import type { Context } from '../context.ts';
import type { JobsStanding } from '../jobs/standing.ts';
import type { Counting } from './counting.ts';

/** How the server stands at this moment: what the page for operations and Prometheus are told. Numbers and words of definitions. */
export interface Condition extends JobsStanding {
  /** Open ones. */
  readonly letters: { readonly call: number; readonly notice: number; readonly webhook: number };
  readonly circuits: readonly {
    readonly name: string;
    readonly isOpen: boolean;
    readonly failures: number;
    readonly openUntil: number | null;
  }[];
  readonly sessions: { readonly person: number; readonly half: number; readonly link: number };
  readonly cases: number;
  /** That is what a database believes. */
  readonly estimated: boolean;
  /** Cases that were read while the index is rebuilt; null when it is whole. */
  readonly counted: number | null;
  /** Why writes are refused; null when they are not. */
  readonly trouble: string | null;
  readonly damaged: number;
  /** Why uploaded files can neither be kept nor read; null when they can. */
  readonly files: string | null;
}

type Sources = Pick<Context, 'clock' | 'store' | 'vault' | 'cases' | 'jobs' | 'outside'> & {
  readonly counting: Counting;
};

export async function conditionOf({
  clock,
  store,
  vault,
  cases,
  jobs,
  outside,
  counting,
}: Sources): Promise<Condition> {
  const [letters, sessions, files, count] = await Promise.all([
    counting.letters(),
    counting.sessions(),
    vault.trouble(),
    cases.lists.count(),
  ]);
  const now = clock.now();
  return {
    ...jobs.standing(now),
    letters,
    sessions,
    files,
    circuits: Object.entries(outside.circuits()).map(([name, { failures, openUntil }]) => ({
      ...{ name, failures, openUntil },
      isOpen: openUntil !== null && openUntil > now,
    })),
    cases: count,
    estimated: cases.lists.estimates !== null && count >= cases.lists.estimates,
    counted: cases.rebuilding(),
    trouble: store.trouble(),
    damaged: store.damaged().length,
  };
}
