import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Conflict, StoreCorrupt, StoreDead, StoreUnavailable } from '../store.ts';
import { DatabaseUnusable, failureOf, reasonOf, STRUCK_OFF } from './errors.ts';
import { prepared } from './prepared.ts';

/** How long a write whose answer was lost is asked about before nobody knows any more what the database holds. */
const PATIENCE = 30_000;
const BETWEEN = 250;
const OLDEST = 150_000;

/** A connection that breaks says so to whoever waits for an answer; said to nobody, it would end the process. */
const ignored = (): void => undefined;

type Row = pg.QueryResultRow;

export interface Written<R> {
  readonly rows: readonly R[];
  /** An answer was lost before this one: what was to be written may have been written by that try. */
  readonly again: boolean;
}

/** Connections of one node to the database, and what its failures mean. */
export class Database {
  readonly #pool: pg.Pool;
  readonly #onFatal: (message: string) => void;
  readonly #damaged = new Set<string>();
  #trouble: string | null = null;
  #dead: string | null = null;

  constructor(url: string, onFatal: (message: string) => void, connections = 16) {
    this.#onFatal = onFatal;
    this.#pool = new pg.Pool({ ...optionsOf(url), max: connections, onConnect: prepare });
    this.#pool.on('error', ignored);
  }

  trouble(): string | null {
    return this.#dead ?? this.#trouble;
  }

  damaged(): readonly string[] {
    return [...this.#damaged];
  }

  fatal(message: string): void {
    if (this.#dead !== null) return;
    this.#dead = message;
    this.#onFatal(message);
  }

  /** @param where what is read, for whoever has to mend it. @throws StoreUnavailable, StoreCorrupt */
  read<R extends Row>(where: string, sql: string, values: readonly unknown[]): Promise<readonly R[]> {
    return this.#read(where, { text: sql, values: [...values] });
  }

  /** What is asked again and again in the same words, by a key. @throws as `read` */
  ask<R extends Row>(where: string, sql: string, values: readonly unknown[]): Promise<readonly R[]> {
    return this.#read(where, prepared(sql, values));
  }

  async #read<R extends Row>(where: string, query: pg.QueryConfig): Promise<readonly R[]> {
    try {
      return (await this.#pool.query<R>(query)).rows;
    } catch (error) {
      throw this.#failed(where, error);
    }
  }

  /**
   * A statement that may be given again: whether it was done is seen in what it finds. When the answer is lost it is given
   * again until there is one, for half a minute; then the process ends, as it does after a failed fsync.
   * @throws Conflict, StoreUnavailable (nothing has changed), StoreDead
   */
  async write<R extends Row>(where: string, sql: string, values: readonly unknown[]): Promise<Written<R>> {
    let lost: number | null = null;
    for (;;) {
      if (this.#dead !== null) throw new StoreDead(this.#dead);
      let client: pg.PoolClient | null = null;
      try {
        client = await this.#pool.connect();
        const { rows } = await client.query<R>(prepared(sql, values));
        client.release();
        this.#trouble = null;
        return { rows, again: lost !== null };
      } catch (error) {
        const isUnknown = failureOf(error) === 'unknown';
        // What it has planned may be of tables that are not so any more.
        client?.release(isUnknown || failureOf(error) === 'refused');
        // Nothing was sent, or it was refused.
        if (lost === null && (!isUnknown || client === null)) throw this.#failed(where, error);
        const failure = failureOf(error);
        if (failure === 'fenced' || failure === 'damaged') throw this.#failed(where, error);
        // What is taken may be taken by the try whose answer was lost.
        if (failure === 'taken') return { rows: [], again: true };
        // Refused now says nothing of the try before.
        lost ??= Date.now();
        await this.#bearWith(where, lost, error);
      }
    }
  }

  /** What became of a write whose answer was lost: asked until it is known, as the write itself. @throws StoreDead */
  async certain<R extends Row>(where: string, sql: string, values: readonly unknown[]): Promise<readonly R[]> {
    for (const since = Date.now(); ; ) {
      if (this.#dead !== null) throw new StoreDead(this.#dead);
      try {
        const { rows } = await this.#pool.query<R>(sql, [...values]);
        this.#trouble = null;
        return rows;
      } catch (error) {
        await this.#bearWith(where, since, error);
      }
    }
  }

  /** Waits for the next try, or ends the process. @param since when the answer was lost, in ms */
  async #bearWith(where: string, since: number, error: unknown): Promise<void> {
    this.#trouble = reasonOf(error);
    if (Date.now() - since > PATIENCE) {
      this.fatal(`the database did not say whether ${where} was written: ${reasonOf(error)}`);
      throw new StoreDead(reasonOf(error), error);
    }
    await pause(BETWEEN);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #failed(where: string, error: unknown): Error {
    const failure = failureOf(error);
    switch (failure) {
      case 'taken':
        return new Conflict(where);
      case 'damaged':
        this.#damaged.add(where);
        return new StoreCorrupt(where);
      case 'fenced':
        this.fatal(STRUCK_OFF);
        return new StoreDead(STRUCK_OFF);
      case 'refused':
      case 'unknown':
        this.#trouble = reasonOf(error);
        return new StoreUnavailable(reasonOf(error), error);
    }
  }
}

/** Connections that notice a dead network, and wait for nothing for ever. */
export function optionsOf(connectionString: string): pg.ClientConfig {
  return {
    connectionString,
    application_name: 'certflow',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 20_000,
    query_timeout: 25_000,
  };
}

/** The guard of writes looks with a snapshot of its own; another isolation would give it an old one. */
async function prepare(client: pg.ClientBase): Promise<void> {
  client.on('error', ignored);
  await client.query(`SET default_transaction_isolation = 'read committed'`);
}

/** @returns what the administrator should know. @throws DatabaseUnusable */
export async function examine(client: pg.ClientBase): Promise<readonly string[]> {
  const setting = async (name: string): Promise<string> => {
    const { rows } = await client.query<{ value: string }>('SELECT current_setting($1) AS value', [name]);
    return rows[0]?.value ?? '';
  };
  const version = Number(await setting('server_version_num'));
  if (version < OLDEST)
    throw new DatabaseUnusable(`需要 PostgreSQL 15 或更新的版本，这个是 ${await setting('server_version')}`);
  const encoding = await setting('server_encoding');
  if (encoding !== 'UTF8') throw new DatabaseUnusable(`数据库的编码必须是 UTF8，这个是 ${encoding}`);
  if ((await setting('transaction_read_only')) === 'on')
    throw new DatabaseUnusable('数据库是只读的（备库？），不能写入');
  const careless = [];
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes'])
    if ((await setting(name)) === 'off') careless.push(`${name} = off`);
  return careless;
}
