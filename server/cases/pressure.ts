import type { IndexEntry } from './index-of-cases.ts';

/** Whether what is promised for it presses, or is late. */
export function pressureOf({ promised }: Pick<IndexEntry, 'promised'>, now: number): '' | 'warn' | 'late' {
  if (promised === null || now < promised.warn) return '';
  return now < promised.until ? 'warn' : 'late';
}
