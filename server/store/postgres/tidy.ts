import type { Database } from './database.ts';
import { MAKE_MONTHS, SUM_UP } from './lists/plain-sql.ts';

const SECOND = 1_000;
/** What was counted since is added up while a report is asked for: it stays little. */
const SUMMING = 30 * SECOND;
const AT_ONCE = 10_000;
/** Months of the journal are made long before they begin. */
const MONTHS = 6 * 3_600 * SECOND;
const AHEAD = 3;

/**
 * What the database is asked to do now and then: sums of what reports count, months of the journal. Each is one statement
 * that any number of nodes may give; what fails is done the next time. @returns ends it
 */
export function tidy(database: Database, epoch: number): () => Promise<void> {
  let isOver = false;
  let underWay: Promise<void> = Promise.resolve();

  async function sumUp(): Promise<void> {
    for (;;) {
      const { rows } = await database.write<{ count: number }>('counts', SUM_UP, [epoch, AT_ONCE]);
      if (isOver || (rows[0]?.count ?? 0) < AT_ONCE) return;
    }
  }
  const makeMonths = async (): Promise<void> => void (await database.read('journal', MAKE_MONTHS, [AHEAD]));

  const every = (ms: number, job: () => Promise<void>): NodeJS.Timeout =>
    setInterval(() => {
      underWay = underWay.then(() => (isOver ? undefined : job())).catch(() => undefined);
    }, ms).unref();
  const timers = [every(SUMMING, sumUp), every(MONTHS, makeMonths)];
  underWay = makeMonths().catch(() => undefined);

  return async () => {
    isOver = true;
    for (const timer of timers) clearInterval(timer);
    await underWay;
  };
}
