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
  /** The look under way: what it finds is due, too. */
  let looking: Promise<void> = Promise.resolve();

  /** Of each look under way, the cases that were noted since it began: what it reads of them may be older. */
  const newer = new Set<Set<string>>();
  const isNewer = (id: string): void => {
    for (const ids of newer) ids.add(id);
  };

  async function look(ahead: number): Promise<void> {
    const known = new Set<string>();
    newer.add(known);
    try {
      for await (const { id, dues } of listing.dues(clock.now() + ahead)) if (!known.has(id)) jobs.noteDues(id, dues);
    } finally {
      newer.delete(known);
    }
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
    if (running)
      cancel = clock.at(clock.now() + next, () => {
        looking = goOn();
      });
  }

  return {
    ...jobs,
    note(document) {
      isNewer(document.state.id);
      jobs.note(document);
    },
    noteElsewhere(document) {
      isNewer(document.state.id);
      jobs.noteElsewhere(document);
    },
    start() {
      running = true;
      jobs.start();
      looking = goOn();
    },
    async advance(ms) {
      await look(ms + AHEAD);
      await jobs.advance(ms);
    },
    async idle() {
      await looking;
      await jobs.idle();
    },
    async stop() {
      running = false;
      cancel?.();
      await looking;
      await jobs.stop();
    },
  };
}
