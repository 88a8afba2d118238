import pg from 'pg';
import type { Io } from '../file/io.ts';
import { Database, examine, optionsOf } from './database.ts';
import { DatabaseUnusable, reasonOf, SEAT_LOST } from './errors.ts';
import { databaseFiles } from './files.ts';
import { migrate } from './migrate.ts';
import { PostgresStore } from './postgres-store.ts';
import { steps } from './schema.ts';
import { takeSeat } from './seat.ts';

export interface PostgresOptions {
  readonly url: string;
  /** Called once when this node must not go on: it lost the seat, or nobody knows what the database holds. */
  readonly onFatal: (message: string) => void;
  /** Wait while another node serves; else be refused. */
  readonly standBy?: boolean;
  readonly onWait?: (holder: string) => void;
  /** Settings of the database by which what was answered may be lost. */
  readonly onCareless?: (settings: readonly string[]) => void;
}

/**
 * Connects, brings the database to the form of this program, takes the seat. The form beyond the seat is changed by the node
 * that has it: never under a node that serves. @throws DatabaseUnusable, SeatTaken
 */
export async function openPostgres(
  given: PostgresOptions,
): Promise<{ readonly store: PostgresStore; readonly files: Io }> {
  const { url, onFatal } = given;
  await withClient(url, async (client) => {
    const careless = await examine(client);
    if (careless.length > 0) given.onCareless?.(careless);
    await migrate(client, 1);
  });
  const database = new Database(url, onFatal);
  try {
    const seat = await takeSeat(url, {
      standBy: given.standBy ?? false,
      onWait: (holder) => given.onWait?.(holder),
      onLost: () => database.fatal(SEAT_LOST),
    });
    try {
      await withClient(url, (client) => migrate(client, steps.length));
      return { store: new PostgresStore(database, seat), files: databaseFiles(database, seat) };
    } catch (error) {
      await seat.leave();
      throw error;
    }
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function withClient<T>(url: string, job: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...optionsOf(url), statement_timeout: 0, query_timeout: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseUnusable(`连不上数据库（${reasonOf(error)}）。请检查 DATABASE_URL 和数据库服务`);
  }
  try {
    return await job(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
