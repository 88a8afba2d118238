import type { Context } from '../context.ts';
import { inTime, Late } from '../in-time.ts';
import type { JobsStanding } from '../jobs/standing.ts';
import { StoreDead, StoreUnavailable } from '../store/store.ts';
import type { Counting } from './counting.ts';

/** What a store that is away does not tell, and Prometheus does not wait for longer, ms. */
const PATIENCE = 3_000;

/** What has to be asked of the store. */
export interface Counts {
  /** Open ones. */
  readonly letters: { readonly call: number; readonly notice: number; readonly webhook: number };
  readonly sessions: { readonly person: number; readonly half: number; readonly link: number };
  readonly cases: number;
  /** That is what a database believes. */
  readonly estimated: boolean;
}

/** How the server stands at this moment: what the page for operations and Prometheus are told. Numbers and words of definitions. */
export interface Condition extends JobsStanding {
  /** Null while the store does not answer: whoever looks then is told so, instead of nothing. */
  readonly counts: Counts | null;
  readonly circuits: readonly {
    readonly name: string;
    readonly isOpen: boolean;
    readonly failures: number;
    readonly openUntil: number | null;
  }[];
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
  const [counts, files] = await Promise.all([ifTold(counted()), vault.trouble()]);
  const now = clock.now();
  return {
    ...jobs.standing(now),
    counts,
    files,
    circuits: Object.entries(outside.circuits()).map(([name, { failures, openUntil }]) => ({
      ...{ name, failures, openUntil },
      isOpen: openUntil !== null && openUntil > now,
    })),
    counted: cases.rebuilding(),
    trouble: store.trouble(),
    damaged: store.damaged().length,
  };

  async function counted(): Promise<Counts> {
    const [letters, sessions, count] = await Promise.all([
      counting.letters(),
      counting.sessions(),
      cases.lists.count(),
    ]);
    return { letters, sessions, ...count };
  }
}

/** Null when the store refuses to answer, or takes too long to. */
async function ifTold(asked: Promise<Counts>): Promise<Counts | null> {
  try {
    return await inTime(asked, PATIENCE);
  } catch (error) {
    if (error instanceof Late || error instanceof StoreUnavailable || error instanceof StoreDead) return null;
    throw error;
  }
}
