import { createClock, type MovableClock } from '../../../server/clock.ts';

const MOST_LOOKS = 10_000;

/**
 * Stands still until it is moved. Whoever does something again and again without letting anybody else run looks at the time
 * for it: a time limit of a test would never come.
 */
export function watchedClock(start: number): MovableClock {
  const clock = createClock(0, () => start);
  let looks = 0;
  const now = (): number => {
    looks += 1;
    if (looks > MOST_LOOKS) throw new Error('somebody looks at the time without end');
    return clock.now();
  };
  return { ...clock, now };
}
