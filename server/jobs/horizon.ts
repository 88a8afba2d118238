import type { MovableClock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Listing } from '../store/listing.ts';
import { toldOf } from '../told.ts';
import type { Jobs } from './jobs.ts';

/** How far ahead is known what is due, and how often it is looked at; in between there is time for a database that is away. */
const AHEAD = 60 * 60_000;
const EVERY = 20 * 60_000;
const RETRY = 30_000;

/**
 * The same jobs, for a store that says what is due: of a million cases those are noted that have something to do soon,
 * however many wait for next month. What this process commits is noted by it as ever.
 */
export function withHorizon(jobs: Jobs, listing: Pick<Listing, 'dues'>, clock: MovableClock, log: Log): Jobs {
  let cancel: (() => void) | null = null;
  let running = false;

  async function look(ahead: number): Promise<void> {
    for await (const { id, dues } of listing.dues(clock.now() + ahead)) jobs.noteDues(id, dues);
  }

  async function goOn(): Promise<void> {
    if (!running) return;
    let next = EVERY;
    try {
      await look(AHEAD);
    } catch (error) {
      log.error({ error: toldOf(error) }, 'what is due cannot be read');
      next = RETRY;
    }
    if (running) cancel = clock.at(clock.now() + next, () => void goOn());
  }

  return {
    ...jobs,
    start() {
      running = true;
      jobs.start();
      void goOn();
    },
    async advance(ms) {
      await look(ms + AHEAD);
      await jobs.advance(ms);
    },
    stop() {
      running = false;
      cancel?.();
      return jobs.stop();
    },
  };
}
