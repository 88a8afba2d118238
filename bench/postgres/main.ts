import pg from 'pg';
import { begin, walkTo } from '../../engine/index.ts';
import { loadAll } from '../../engine/load.ts';
import { newId } from '../../server/ids.ts';
import { openPostgres } from '../../server/store/postgres/open.ts';
import { updateCase } from '../../server/store/postgres/writing.ts';
import type { CaseDocument } from '../../server/store/store.ts';
import { testPostgres } from '../../tests/support/postgres.ts';
import { definitionFiles } from '../definitions.ts';
import { median, print, round } from '../measure.ts';
import { playOfCase, sealing } from './complete.ts';
import { openWorkflows } from './dbos.ts';
import { openProduction } from './production.ts';

const TURNS = 3;
const SECONDS = 3;
/** Entries of a journal. */
const LONGEST = 60;

const ADD_JOB = `
  SELECT graphile_worker.add_job('outbox', json_build_object('case', $1::text), run_at := now() + interval '1 day', job_key := $1)`;

/** Makes step `n` of a case durable. */
type Step = (id: string, n: number) => Promise<unknown>;

/** `npm run bench -- postgres`: durable steps a second of the store, beside the same statement without it and other ways to write it. */
export async function main(): Promise<number> {
  const postgres = await testPostgres({ durable: true });
  if (postgres === null) return 1;
  const url = await postgres.fresh();
  const { store, epoch } = await openPostgres({ url, onFatal: fail });
  const pool = new pg.Pool({ connectionString: url, max: 16 });
  // Where it is not installed, the bench does without.
  const worker = await import('graphile-worker').catch(() => null);
  const utils = (await worker?.makeWorkerUtils({ connectionString: url })) ?? null;
  await utils?.migrate();
  await pool.query('CREATE TABLE outbox (key text PRIMARY KEY, case_id text NOT NULL, due timestamptz NOT NULL)');
  const document = sample();
  const play = playOfCase();
  const house = sealing(store);
  const workflows = await openWorkflows(url, 16, play);
  const production = await openProduction(await postgres.fresh());
  const entry = document.journal.at(-1)!;
  const { journal, ...body } = document;
  const text = JSON.stringify(body);
  const before = journal.slice(0, -1);
  const statement = updateCase({ epoch, writing: '', document, body: text, before }, 0);
  const { sql } = statement;
  const dues = statement.values.slice(11, 14);
  const values = (id: string, n: number): unknown[] => {
    const place = journal.length + n;
    const entries = [[place], [JSON.stringify(entry)], [entry.at]];
    return [epoch, id, id, 'szmg', false, n + 1, newId(), text, ...entries, ...dues, n];
  };
  const beside = production.beside(document);
  const listed = updateCase({ epoch, writing: '', document: { ...document, beside }, body: text, before }, 0);
  /** With what lists keep of it, other with every step. */
  const listedValues = (id: string, n: number): unknown[] => {
    const kept = String(listed.values[14]).replaceAll(String(beside.updatedAt), String(beside.updatedAt + n));
    return [...values(id, n).slice(0, 14), kept, n];
  };
  const moved = ({ rows }: pg.QueryResult): void => {
    if (rows[0]?.count !== 1) throw new Error('the step was not written');
  };
  const inTransaction = async (job: (client: pg.PoolClient) => Promise<unknown>): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await job(client);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
  /** With a job of graphile-worker in the same transaction, in place of the outbox in the body. */
  const job: Step = (id, n) =>
    inTransaction(async (client) => {
      moved(await client.query(sql, values(id, n)));
      await client.query(ADD_JOB, [id]);
    });
  const contestants: { readonly [name: string]: Step } = {
    ours: (id) =>
      store.updateCase(id, (now) => ({
        ...now,
        state: { ...now.state, revision: now.state.revision + 1 },
        // As long as that of a whole case, not longer.
        journal: [...(now.journal.length < LONGEST ? now.journal : journal), entry],
      })),
    // The whole step: reading, opening, the engine, sealing, the write.
    complete: (id, n) =>
      house.updateCase(id, (now) => {
        const { state, entry } = play.step(n, now.state);
        return { ...now, state, journal: [...(now.journal.length < LONGEST ? now.journal : journal), entry] };
      }),
    // All that the server does between HTTP and the database: two round trips, keys that are held, rows of lists.
    production: (id) => production.step(id),
    ...(workflows && { dbos: workflows.step }),
    // What the store says to the database, said by nobody in particular.
    statement: async (id, n) => moved(await pool.query(sql, values(id, n))),
    // Planned once, as the store does it.
    prepared: async (id, n) => moved(await pool.query({ name: 'step', text: sql, values: values(id, n) })),
    listed: async (id, n) => moved(await pool.query(listed.sql, listedValues(id, n))),
    ...(utils && { job }),
    // As a step is mostly written: read, then a statement for each thing.
    transaction: (id, n) =>
      inTransaction(async (client) => {
        await client.query('SELECT body FROM cases WHERE id = $1 FOR UPDATE', [id]);
        moved(await client.query(sql, values(id, n)));
        await client.query(`INSERT INTO outbox VALUES ($1, $2, now() + interval '1 day')`, [newId(), id]);
      }),
  };
  const begin = async (name: string, id: string): Promise<unknown> => {
    if (name === 'dbos') return workflows?.begin(id);
    if (name === 'production') return;
    const target = name === 'complete' ? house : store;
    return target.createCase({ ...document, state: { ...document.state, id, number: id, revision: 1 } });
  };
  for (const together of [1, 16]) {
    const found: { [name: string]: number[] } = {};
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const [name, step] of Object.entries(contestants)) {
        const ids = Array.from({ length: together }, (_, n) => `${name}-${together}-${turn}-${n}`);
        for (const id of ids) await begin(name, id);
        found[name] = [...(found[name] ?? []), await perSecond(ids, step)];
      }
    }
    const compare = (metric: string, mine: string, name: string): void => {
      const [ours, peer] = [median(found[mine] ?? []), median(found[name] ?? [])];
      print({ bench: 'postgres', metric, ours: round(ours), peer: round(peer), ratio: round(ours / peer) });
    };
    for (const name of Object.keys(contestants)) {
      if (['ours', 'complete', 'production', 'dbos', 'listed'].includes(name)) continue;
      compare(`steps-per-second-${together}-vs-${name}`, 'ours', name);
    }
    compare(`complete-steps-per-second-${together}-vs-statement`, 'complete', 'statement');
    compare(`complete-steps-per-second-${together}-vs-prepared`, 'complete', 'prepared');
    compare(`production-steps-per-second-${together}-vs-listed`, 'production', 'listed');
    if (workflows) compare(`production-steps-per-second-${together}-vs-dbos`, 'production', 'dbos');
    if (workflows) compare(`complete-steps-per-second-${together}-vs-dbos`, 'complete', 'dbos');
  }
  await workflows?.stop();
  await production.stop();
  await utils?.release();
  await pool.end();
  await store.close();
  await postgres.stop();
  return 0;
}

/** Each case makes its next step as soon as the last one is answered. */
async function perSecond(ids: readonly string[], step: Step): Promise<number> {
  let steps = 0;
  const begun = performance.now();
  const end = begun + SECONDS * 1000;
  const walk = async (id: string): Promise<void> => {
    for (let n = 1; performance.now() < end; n += 1) {
      await step(id, n);
      steps += 1;
    }
  };
  await Promise.all(ids.map(walk));
  return (steps * 1000) / (performance.now() - begun);
}

/** A case that waits for its reviewer. */
function sample(): CaseDocument {
  const definition = loadAll(definitionFiles()).projects.szmg;
  if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
  const walked = walkTo(begin(definition), 'main.work.review');
  if (!walked) throw new Error('there is no way to the review');
  const { state, journal } = walked;
  return { state, journal, outbox: [], secrets: {}, notices: [], consumed: [] };
}

function fail(message: string): never {
  throw new Error(message);
}
