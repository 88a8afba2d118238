import type { Sessions } from '../accounts/sessions.ts';
import type { DeadLetters } from '../jobs/dead-letters.ts';
import type { Counts } from './condition.ts';

/** What has to be read from the store to be counted. */
export interface Counting {
  letters(): Promise<Counts['letters']>;
  sessions(): Promise<Counts['sessions']>;
}

/** A count is good for this many times as long as it took: whoever asks often takes no more than a twentieth of the server. */
const SHARE = 20;
/** And for as long as nobody would see a difference. */
const LEAST = 5_000;

/** @param real ms; the time that nobody moves */
export function createCounting(
  given: { readonly letters: Pick<DeadLetters, 'list'>; readonly sessions: Pick<Sessions, 'count'> },
  real: () => number,
): Counting {
  return {
    letters: remembered(async () => {
      const count = { call: 0, notice: 0, webhook: 0 };
      for (const { status, kind } of await given.letters.list()) if (status === 'open') count[kind] += 1;
      return count;
    }, real),
    sessions: remembered(given.sessions.count, real),
  };
}

function remembered<T>(count: () => Promise<T>, real: () => number): () => Promise<T> {
  let last: { readonly asked: Promise<T>; until: number } | null = null;
  return () => {
    const began = real();
    if (last !== null && began < last.until) return last.asked;
    const made = { asked: count(), until: Number.POSITIVE_INFINITY };
    last = made;
    made.asked.then(
      () => {
        const now = real();
        made.until = now + Math.max(LEAST, (now - began) * SHARE);
      },
      () => {
        made.until = 0;
      },
    );
    return made.asked;
  };
}
