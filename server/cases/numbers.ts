import { zoneMinutes } from '../../engine/zone.ts';
import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import { Conflict, type Store } from '../store/store.ts';

/** Sequence numbers of one second and one project: 01 to 99 (requirements N-01). */
const MOST = 99;
const SECOND = 1000;
/** Seconds that a burst may run ahead of the clock before it is told to wait. */
const AHEAD = 5;

/**
 * Reserves the next case number: project code (3), yyMMddHHmmss in Asia/Shanghai whatever the host's zone, sequence (2).
 * The reservation is a document of its own, written before the case: a crash in between wastes a number and never gives
 * one twice. More than 99 in a second wait for the next second.
 * @throws Fault number-busy
 */
export function createNumbers(store: Store, clock: Clock): (prefix: string, caseId: string) => Promise<string> {
  const used = new Map<string, number>();

  return async (prefix, caseId) => {
    for (let second = Math.floor(clock.now() / SECOND), end = second + AHEAD; second <= end; second += 1) {
      const stem = prefix + stamp(second * SECOND);
      for (let n = (used.get(stem) ?? 0) + 1; n <= MOST; n += 1) {
        used.set(stem, n);
        const number = stem + String(n).padStart(2, '0');
        try {
          await store.writeDocument('number', number, { caseId }, 0);
          forgetBefore(second - AHEAD);
          return number;
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
        }
      }
      await until((second + 1) * SECOND);
    }
    throw new Fault(503, 'number-busy');
  };

  function until(time: number): Promise<void> {
    return new Promise((resolve) => void clock.at(time, resolve));
  }
  function forgetBefore(second: number): void {
    const oldest = stamp(second * SECOND);
    for (const stem of used.keys()) if (stem.slice(-12) < oldest) used.delete(stem);
  }
}

/** Signs of a number whose project has this code. */
export function lengthOf(prefix: string): number {
  return prefix.length + stamp(0).length + String(MOST).length;
}

/** yyMMddHHmmss in Asia/Shanghai. */
export function stamp(time: number): string {
  return new Date(time + zoneMinutes * 60_000).toISOString().replace(/\D/g, '').slice(2, 14);
}
