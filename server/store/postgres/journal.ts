import type { JournalEntry } from '../../../engine/model/case.ts';

/** What has to be written of a journal that was `before`. */
export interface JournalChanges {
  /** From 1. */
  readonly places: readonly number[];
  /** As JSON, in the order of `places`. */
  readonly entries: readonly string[];
  /** Whatever stands behind it goes. */
  readonly length: number;
}

/** A step puts one entry behind the others, which are the same objects; only what has rewritten entries pays for comparing. */
export function changesOf(before: readonly JournalEntry[], after: readonly JournalEntry[]): JournalChanges {
  const places: number[] = [];
  const entries: string[] = [];
  after.forEach((entry, n) => {
    if (entry === before[n]) return;
    const text = JSON.stringify(entry);
    if (n < before.length && text === JSON.stringify(before[n])) return;
    places.push(n + 1);
    entries.push(text);
  });
  return { places, entries, length: after.length };
}
