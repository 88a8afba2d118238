/** The only source of time of the server. Injected, so that tests and the sandbox can move it and no test waits. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** The time that nobody moved: for sessions and limits, which protect real people in real time. */
  real(): number;
  /** Calls back once at or after `due`, also when the clock was moved past it. @returns a function that cancels. */
  at(due: number, run: () => void): () => void;
}

export interface MovableClock extends Clock {
  /** Distance to the real time in ms. */
  offset(): number;
  /** Moves the clock to `time`; never backwards. Everything that is due by then is called. */
  moveTo(time: number): void;
}

/**
 * The machine's time may be set, and a machine may sleep: timers of Node count neither. Whoever waits looks at the time
 * again after a minute at the latest. (They would also overflow at 2^31 ms and then fire at once.)
 */
const LONGEST = 60_000;

/** The real time plus an offset that only the sandbox and tests may raise. */
export function createClock(offset = 0, real: () => number = Date.now): MovableClock {
  const waiting = new Set<{ due: number; run: () => void; timer: NodeJS.Timeout | null }>();
  let shift = offset;
  const now = (): number => real() + shift;

  function arm(entry: { due: number; run: () => void; timer: NodeJS.Timeout | null }): void {
    if (entry.timer) clearTimeout(entry.timer);
    const delay = Math.min(Math.max(entry.due - now(), 0), LONGEST);
    entry.timer = setTimeout(() => {
      if (!waiting.has(entry)) return;
      if (entry.due > now()) return arm(entry);
      waiting.delete(entry);
      entry.run();
    }, delay);
    entry.timer.unref();
  }

  return {
    now,
    real,
    at(due, run) {
      const entry = { due, run, timer: null };
      waiting.add(entry);
      arm(entry);
      return () => {
        waiting.delete(entry);
        if (entry.timer) clearTimeout(entry.timer);
      };
    },
    offset: () => shift,
    moveTo(time) {
      shift += Math.max(time - now(), 0);
      for (const entry of [...waiting]) arm(entry);
    },
  };
}
