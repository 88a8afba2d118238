import pg from 'pg';
import { openPostgres } from '../../../server/store/postgres/open.ts';
import { ask, clientOf, testPostgres } from '../../support/postgres.ts';
import { FORM, fill, NOW } from './fill.ts';
import { asking, OTHERS, PAGES } from './questions.ts';

/** How often each is asked; the median counts. */
const TURNS = 9;

export interface ListsReport {
  readonly cases: number;
  /** Median and slowest, ms. */
  readonly pages: { readonly [name: string]: { readonly ms: number; readonly slowest: number } };
  readonly others: ListsReport['pages'];
  /** From opening to what is due within the hour being known, ms. */
  readonly start: number;
  readonly slow: readonly string[];
}

/**
 * Fills a database with so many cases and asks it for every kind of list; with the plan of each statement, as it was run.
 * @param most ms that the median of a page may take
 */
export async function lists(count: number, most: number, tell: (line: string) => void): Promise<ListsReport> {
  const postgres = await testPostgres();
  if (postgres === null) throw new Error('there is no PostgreSQL');
  try {
    const url = await postgres.fresh();
    const fatal = (message: string): never => {
      throw new Error(message);
    };
    await (await openPostgres({ url, onFatal: fatal })).store.close();
    const client = await clientOf(url);
    const begun = performance.now();
    await fill(client, count);
    tell(`${count} cases in ${Math.round((performance.now() - begun) / 1000)} s`);
    const [size] = await ask<{ size: string }>(
      url,
      'SELECT pg_size_pretty(pg_database_size(current_database())) AS size',
    );
    tell(`${size?.size} in the database`);
    await client.end();
    const pool = new pg.Pool({ connectionString: url, max: 16 });
    const measured = async (questions: typeof PAGES): Promise<ListsReport['pages']> => {
      const found: { [name: string]: { ms: number; slowest: number } } = {};
      for (const [name, question] of Object.entries(questions)) found[name] = await measure(pool, name, question, tell);
      return found;
    };
    const pages = await measured(PAGES);
    const others = await measured(OTHERS);
    await pool.end();
    const start = await startOf(url, fatal);
    const slow = Object.entries(pages).flatMap(([name, { ms }]) => (ms > most ? [name] : []));
    return { cases: count, pages, others, start, slow };
  } finally {
    await postgres.stop();
  }
}

async function measure(
  pool: pg.Pool,
  name: string,
  question: (typeof PAGES)[string],
  tell: (line: string) => void,
): Promise<{ ms: number; slowest: number }> {
  const asked = asking(pool);
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    asked.said();
    const begun = performance.now();
    await question(asked);
    times.push(performance.now() - begun);
  }
  tell(`\n== ${name}`);
  for (const { sql, values } of asked.said()) {
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`, [...values]);
    for (const row of rows) tell(String(row['QUERY PLAN']));
  }
  times.sort((a, b) => a - b);
  const [ms, slowest] = [times[Math.floor(TURNS / 2)] ?? 0, times.at(-1) ?? 0].map((one) => Math.round(one * 10) / 10);
  tell(`== ${name}: ${ms} ms, slowest ${slowest} ms`);
  return { ms: ms ?? 0, slowest: slowest ?? 0 };
}

/** What a node does with the cases before it serves. */
async function startOf(url: string, onFatal: (message: string) => void): Promise<number> {
  const begun = performance.now();
  const { store } = await openPostgres({ url, onFatal });
  for await (const id of store.listing.undescribed(FORM)) throw new Error(`${id} is not described`);
  for await (const { id } of store.listing.dues(NOW + 3_600_000)) throw new Error(`${id} is due`);
  const took = performance.now() - begun;
  await store.close();
  return Math.round(took);
}
