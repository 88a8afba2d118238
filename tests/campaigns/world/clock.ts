import type { MovableClock } from '../../../server/clock.ts';

/** A clock that moves only by hand: no timer of the machine is behind it. */
export interface VirtualClock extends MovableClock {
  /** Forgets whoever waits: their process is dead. */
  forget(): void;
}

/** @param start epoch ms */
export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  let waiting: { readonly due: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    real: () => now,
    offset: () => now - start,
    at(due, run) {
      const entry = { due, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((one) => one !== entry);
      };
    },
    moveTo(time) {
      now = Math.max(now, time);
      const due = waiting.filter((one) => one.due <= now);
      waiting = waiting.filter((one) => one.due > now);
      for (const { run } of due) run();
    },
    forget() {
      waiting = [];
    },
  };
}

/** The same clock for one of several processes: whoever waits in it is forgotten with it. */
export function viewOf(clock: VirtualClock): VirtualClock {
  const waiting = new Set<() => void>();
  return {
    ...clock,
    at(due, run) {
      const cancel = clock.at(due, () => {
        waiting.delete(cancel);
        run();
      });
      waiting.add(cancel);
      return () => {
        waiting.delete(cancel);
        cancel();
      };
    },
    forget() {
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}
