import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** How long the event loop was late, ms begun, one at least: of the last whole minute, or of what there is of the first. */
export interface Loop {
  readonly p99: number;
  readonly max: number;
}

interface Watched {
  /** Memory, processor time, event loop, garbage collection: of the process, however many servers are in it. */
  readonly registry: Registry;
  loop(): Loop;
}

const MINUTE = 60_000;
/** Fine enough to see a pause that a person feels, and of no cost. */
const RESOLUTION = 20;

let watched: Watched | null = null;

/** Watching begins with the first call; it keeps no process alive. */
export function watchProcess(): Watched {
  watched ??= begin();
  return watched;
}

function begin(): Watched {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  let last: Loop | null = null;
  const read = (): Loop => {
    if (delay.count === 0) return { p99: 1, max: 1 };
    // What is measured is the whole time between two looks.
    const late = (ns: number): number => Math.max(1, Math.ceil(ns / 1e6 - RESOLUTION));
    return { p99: late(delay.percentile(99)), max: late(delay.max) };
  };
  setInterval(() => {
    last = read();
    delay.reset();
  }, MINUTE).unref();
  return { registry, loop: () => last ?? read() };
}
