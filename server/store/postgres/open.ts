import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { SealedFiles } from '../../files/sealed-files.ts';
import { aloneNodes, type Nodes } from '../nodes.ts';
import { Database, examine, optionsOf } from './database.ts';
import { channelOf, EqualNodes } from './equal.ts';
import { DatabaseUnusable, IN_THE_WAY, SeatTaken, STRUCK_OFF, whyOf } from './errors.ts';
import { Feed } from './feed.ts';
import { databaseFiles } from './files.ts';
import { migrate } from './migrate.ts';
import { joinNodes } from './node.ts';
import { PostgresStore } from './postgres-store.ts';
import { steps } from './schema.ts';

export interface PostgresOptions {
  readonly url: string;
  /** Called once when this node must not go on: the others have given it up, or nobody knows what the database holds. */
  readonly onFatal: (message: string) => void;
  /** Others work with the same database at the same time; else nobody may, and nobody comes. */
  readonly isShared?: boolean;
  /** Wait while somebody is in the way; else be refused. */
  readonly standBy?: boolean;
  readonly onWait?: (holder: string) => void;
  /** Settings of the database by which what was answered may be lost. */
  readonly onCareless?: (settings: readonly string[]) => void;
  /** The database has not answered for some seconds; how long it was, when it does again. */
  readonly onAway?: (reason: string) => void;
  readonly onBack?: (seconds: number) => void;
}

export interface OpenedPostgres {
  readonly store: PostgresStore;
  readonly files: SealedFiles;
  readonly nodes: Nodes;
  /** Of this process. */
  readonly epoch: number;
}

/**
 * Connects, brings the database to the form of this program, makes this process known to the others.
 * @throws DatabaseUnusable, SeatTaken
 */
export async function openPostgres(given: PostgresOptions): Promise<OpenedPostgres> {
  const { url, onFatal, isShared = false } = given;
  const channel = await withClient(url, async (client) => {
    const careless = await examine(client);
    if (careless.length > 0) given.onCareless?.(careless);
    await formed(client, given);
    return channelOf(client);
  });
  const database = new Database(url, onFatal);
  let nodes: EqualNodes | null = null;
  try {
    const node = await joinNodes(url, {
      alone: !isShared,
      standBy: given.standBy ?? false,
      onWait: (holder) => given.onWait?.(holder),
      onLost: () => database.fatal(STRUCK_OFF),
      ...(given.onAway && { onAway: given.onAway }),
      ...(given.onBack && { onBack: given.onBack }),
      async onOpen(client) {
        if (!isShared) return;
        client.on('notification', ({ payload }) => nodes?.hinted(payload));
        await client.query(`LISTEN ${channel}`);
      },
    });
    try {
      if (isShared) nodes = new EqualNodes(database, node, await Feed.open(database, node.epoch), channel);
      const store = new PostgresStore(database, node, nodes);
      return {
        store,
        files: databaseFiles(database, node, titleOf(url)),
        nodes: nodes ?? aloneNodes(),
        epoch: node.epoch,
      };
    } catch (error) {
      await node.leave();
      throw error;
    }
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Which database, without who asks and their password. */
export function titleOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}

/** How long a step of the form that needs to be alone is waited for by somebody who does not stand by, ms. */
const SHORTLY = 9_000;

/** Waits for nodes that are in the way of a step. */
async function formed(client: pg.Client, given: PostgresOptions): Promise<void> {
  let isTold = false;
  for (const end = Date.now() + SHORTLY; ; await pause(1_000)) {
    try {
      await migrate(client, steps.length);
      return;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === '42501' || code === '42P07')
        throw new DatabaseUnusable(`数据库不能用（${whyOf(error)}）。见 docs/postgres.md`);
      if (code !== IN_THE_WAY) throw error;
      if (!given.standBy && Date.now() > end) throw new SeatTaken(message);
      if (given.standBy && !isTold) given.onWait?.(message);
      isTold = true;
    }
  }
}

async function withClient<T>(url: string, job: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...optionsOf(url), statement_timeout: 0, query_timeout: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseUnusable(`连不上数据库（${whyOf(error)}）。请检查 DATABASE_URL 和数据库服务`);
  }
  try {
    return await job(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
