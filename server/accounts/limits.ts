import { Fault } from '../fault.ts';

/** How many of something are allowed within a sliding time. In memory: a restart forgives. */
export interface Limit {
  /** @returns ms until the next one is allowed, 0 when it is (and is counted). */
  take(key: string): number;
}

/** `clock` is the real time in ms. At most `keys` keys are remembered; the oldest are forgotten first. */
export function createLimit(most: number, within: number, clock: () => number, keys = 10_000): Limit {
  const times = new Map<string, number[]>();
  return {
    take(key) {
      const now = clock();
      const recent = (times.get(key) ?? []).filter((time) => time > now - within);
      times.delete(key);
      times.set(key, recent);
      if (times.size > keys) {
        const oldest = times.keys().next().value;
        if (oldest !== undefined) times.delete(oldest);
      }
      const [first] = recent;
      if (recent.length >= most && first !== undefined) return first + within - now;
      recent.push(now);
      return 0;
    },
  };
}

/** The same limit for each world with a clock of its own: a process may run several servers. @param most may follow from its settings */
export function limitPer<World extends { readonly clock: { real(): number } }>(
  most: number | ((world: World) => number),
  within: number,
): (world: World) => Limit {
  const limits = new WeakMap<World, Limit>();
  return (world) => {
    const limit =
      limits.get(world) ?? createLimit(typeof most === 'number' ? most : most(world), within, world.clock.real);
    limits.set(world, limit);
    return limit;
  };
}

/** @param wait ms, as `take` tells them @throws Fault too-many-requests, with the seconds that are left */
export function requireNow(wait: number): void {
  if (wait > 0) throw new Fault(429, 'too-many-requests', { seconds: Math.ceil(wait / 1000) });
}
