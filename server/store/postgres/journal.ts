import type { JournalEntry } from '../../../engine/model/case.ts';

/** What has to be written of a journal that was `before`. */
export interface JournalChanges {
  /** From 1. */
  readonly places: readonly number[];
  /** As JSON, in the order of `places`. */
  readonly entries: readonly string[];
  /** When each of them happened, ms. */
  readonly times: readonly number[];
}

/** A step puts one entry behind the others, which are the same objects; only what has rewritten entries pays for comparing. @param since when the case began, ms */
export function changesOf(
  before: readonly JournalEntry[],
  after: readonly JournalEntry[],
  since: number,
): JournalChanges {
  const places: number[] = [];
  const entries: string[] = [];
  const times: number[] = [];
  after.forEach((entry, n) => {
    if (entry === before[n]) return;
    const text = JSON.stringify(entry);
    if (n < before.length && text === JSON.stringify(before[n])) return;
    places.push(n + 1);
    entries.push(text);
    // What stands there without a time is of the beginning.
    times.push(Number.isFinite(entry.at) ? entry.at : since);
  });
  return { places, entries, times };
}
