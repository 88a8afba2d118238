import { readFileSync } from 'node:fs';
import pg from 'pg';
import { openPostgres } from '../../../server/store/postgres/open.ts';
import { ask, clientOf, type TestPostgres, testPostgres } from '../../support/postgres.ts';
import { FORM, fill, NOW } from './fill.ts';
import { type Asked, asking, OTHERS, PAGES } from './questions.ts';

/** How often each is asked; the median counts. */
const TURNS = 9;

/** Of a page, ms: median and slowest by the clock, with opening the sealed entries. */
export interface Measured {
  readonly ms: number;
  readonly slowest: number;
  /** What the database itself says that planning and running its statements took, one after the other; the median. */
  readonly database: number;
  /** Of a processor, mean: for all but the database (sending, reading, opening), and for the database; null where it runs elsewhere. */
  readonly node: number;
  readonly cpu: number | null;
}

export interface ListsReport {
  readonly cases: number;
  readonly pages: { readonly [name: string]: Measured };
  readonly others: ListsReport['pages'];
  /** From opening to what is due within the hour being known, ms. */
  readonly start: number;
  readonly slow: readonly string[];
}

const POOL = 'certflow campaign';

const fatal = (message: string): never => {
  throw new Error(message);
};

/**
 * Fills a database with so many cases and asks it for every kind of list; with the plan of each statement, as it was run.
 * @param most ms that the median of a page may take @param keep folder of a database that is filled once and stays
 */
export async function lists(
  count: number,
  most: number,
  keep: string | undefined,
  tell: (line: string) => void,
): Promise<ListsReport> {
  const postgres = await testPostgres(keep === undefined ? {} : { keep });
  if (postgres === null) throw new Error('there is no PostgreSQL');
  try {
    const url = await filled(postgres, count, keep !== undefined, tell);
    const [size] = await ask<{ size: string }>(
      url,
      'SELECT pg_size_pretty(pg_database_size(current_database())) AS size',
    );
    tell(`${size?.size} in the database`);
    const pool = new pg.Pool({ connectionString: url, max: 16, application_name: POOL, idleTimeoutMillis: 0 });
    const measured = async (questions: typeof PAGES): Promise<ListsReport['pages']> => {
      const found: { [name: string]: Measured } = {};
      for (const [name, question] of Object.entries(questions)) found[name] = await measure(pool, name, question, tell);
      return found;
    };
    const pages = await measured(PAGES);
    const others = await measured(OTHERS);
    await pool.end();
    const start = await startOf(url);
    const slow = Object.entries(pages).flatMap(([name, { ms }]) => (ms > most ? [name] : []));
    return { cases: count, pages, others, start, slow };
  } finally {
    await postgres.stop();
  }
}

async function filled(
  postgres: TestPostgres,
  count: number,
  isKept: boolean,
  tell: (line: string) => void,
): Promise<string> {
  const url = await postgres.fresh(isKept ? `campaign_${count}` : undefined);
  // What was kept is brought to the form of this program.
  await (await openPostgres({ url, onFatal: fatal })).store.close();
  const [there] = await ask(url, 'SELECT 1 FROM cases LIMIT 1');
  if (there !== undefined) return url;
  const client = await clientOf(url);
  const begun = performance.now();
  await fill(client, count);
  await client.end();
  tell(`${count} cases in ${Math.round((performance.now() - begun) / 1000)} s`);
  return url;
}

async function measure(
  pool: pg.Pool,
  name: string,
  question: (typeof PAGES)[string],
  tell: (line: string) => void,
): Promise<Measured> {
  const asked = asking(pool);
  const times: number[] = [];
  // What a connection does once is no part of a page.
  await question(asked);
  const before = await processorOf(pool);
  const cpu = process.cpuUsage();
  for (let turn = 0; turn < TURNS; turn += 1) {
    asked.said();
    const begun = performance.now();
    await question(asked);
    times.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(cpu);
  const after = await processorOf(pool);
  tell(`\n== ${name}`);
  const own: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) own.push(await explained(pool, asked, turn === TURNS - 1 ? tell : null));
  const found = {
    ms: rounded(median(times)),
    slowest: rounded(Math.max(...times)),
    database: rounded(median(own)),
    node: rounded((user + system) / 1000 / TURNS),
    cpu: before === null || after === null ? null : rounded((after - before) / TURNS),
  };
  const { ms, slowest, database, node, cpu: backends } = found;
  tell(`== ${name}: ${ms} ms, slowest ${slowest}, database ${database}; processor: node ${node}, database ${backends}`);
  return found;
}

/** How long the database's processes for this pool have had a processor, ms; null where they run elsewhere. */
async function processorOf(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE application_name = $1', [
    POOL,
  ]);
  try {
    const times = rows.map(({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6);
    return times.reduce((sum, one) => sum + one, 0);
  } catch {
    return null;
  }
}

/** Runs once more what was said last. @returns ms, by the database's own clock */
async function explained(pool: pg.Pool, asked: Asked, tell: ((line: string) => void) | null): Promise<number> {
  let took = 0;
  for (const { sql, values } of asked.last()) {
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, BUFFERS, TIMING ${tell ? 'ON' : 'OFF'}) ${sql}`, [...values]);
    for (const row of rows) {
      const line = String(row['QUERY PLAN']);
      took += Number(/^(?:Planning|Execution) Time: ([\d.]+)/.exec(line)?.[1] ?? 0);
      tell?.(line);
    }
  }
  return took;
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
const rounded = (ms: number): number => Math.round(ms * 10) / 10;

/** What a node does with the cases before it serves. */
async function startOf(url: string): Promise<number> {
  const begun = performance.now();
  const { store } = await openPostgres({ url, onFatal: fatal });
  for await (const id of store.listing.undescribed(FORM)) throw new Error(`${id} is not described`);
  for await (const { id } of store.listing.dues(NOW + 3_600_000)) throw new Error(`${id} is due`);
  const took = performance.now() - begun;
  await store.close();
  return Math.round(took);
}
