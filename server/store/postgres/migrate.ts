import type { Client, ClientBase } from 'pg';
import { DatabaseUnusable } from './errors.ts';
import { type SchemaStep, steps } from './schema.ts';

/** Of everything that changes the form of a database; one at a time, whichever node it is. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('certflow form ' || current_schema(), 0))`;

/**
 * Brings the database to step `target`; what is there already is left alone. Each step and the note of it are one
 * transaction, under a lock of the database: two nodes that start at once do it once. @returns titles of what was done
 * @throws DatabaseUnusable when the database is newer than this program
 */
export async function migrate(
  client: Client,
  target: number,
  list: readonly SchemaStep[] = steps,
): Promise<readonly string[]> {
  const done: string[] = [];
  for (;;) {
    const title = await inTransaction(client, async () => {
      await client.query(LOCK);
      await client.query(
        'CREATE TABLE IF NOT EXISTS schema_steps (n integer PRIMARY KEY, title text NOT NULL, at timestamptz NOT NULL)',
      );
      const version = await versionOf(client, list);
      const step = version < target ? list[version] : undefined;
      if (step === undefined) return null;
      await client.query(step.sql);
      await client.query('INSERT INTO schema_steps VALUES ($1, $2, clock_timestamp())', [version + 1, step.title]);
      return step.title;
    });
    if (title === null) return done;
    done.push(title);
  }
}

/** In a transaction: the form stays until its end, and is one that this program knows. @throws DatabaseUnusable */
export async function requireForm(client: ClientBase): Promise<void> {
  await client.query(LOCK);
  await versionOf(client, steps);
}

async function versionOf(client: ClientBase, list: readonly SchemaStep[]): Promise<number> {
  const { rows } = await client.query<{ n: number }>('SELECT coalesce(max(n), 0) AS n FROM schema_steps');
  const version = rows[0]?.n ?? 0;
  if (version > list.length)
    throw new DatabaseUnusable(`数据库的版本是 ${version}，这个程序只认识到 ${list.length}：请启动更新的程序`);
  return version;
}

/** @returns what `job` returned, committed; nothing has changed when it throws. */
export async function inTransaction<T>(client: ClientBase, job: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await job();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
