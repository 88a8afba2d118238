import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { ask, freePort, type User, userThatIsNotRoot } from '../../../support/postgres.ts';
import { Client, testServer } from '../../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const bin = binaries();
const user: User = bin !== null && process.getuid?.() === 0 ? userThatIsNotRoot() : {};
const folder = mkdtempSync(join(tmpdir(), 'certflow-moment-'));
let child: ChildProcess | null = null;
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Of a PostgreSQL of the system: the one of npm has no pg_basebackup. */
function binaries(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).filter((version) => Number(version) >= 15) : [];
  const found = versions
    .map((version) => join(root, version, 'bin'))
    .find((path) => existsSync(join(path, 'pg_basebackup')));
  return found ?? null;
}

function run(program: string, ...flags: string[]): void {
  const { status, stderr } = spawnSync(join(bin ?? '', program), flags, { ...user, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

async function start(data: string, port: number, flags: readonly string[]): Promise<void> {
  const settings = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ];
  child = spawn(join(bin ?? '', 'postgres'), [...settings, ...flags], { ...user, stdio: 'ignore' });
  await vi.waitFor(async () => {
    const [row] = await ask<{ reading: boolean }>(urlOf(port), 'SELECT pg_is_in_recovery() AS reading');
    expect(row?.reading).toBe(false);
  }, 60_000);
}

async function stop(): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGINT');
  await gone;
}

const urlOf = (port: number): string => `postgres://certflow@127.0.0.1:${port}/postgres`;

test.skipIf(bin === null)(
  'the database is put back as it was at a moment, from a base backup and the archive: what was answered by then is there, what a mistake did is not',
  async () => {
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
    const [data, archive, restored] = ['data', 'archive', 'restored'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(archive);
    if (user.uid !== undefined) chownSync(archive, user.uid, user.gid ?? user.uid);
    run('initdb', '-D', data, '-U', 'certflow', '-A', 'trust', '-E', 'UTF8', '--no-locale');
    const port = await freePort();
    const archiving = ['archive_mode=on', `archive_command=test ! -f ${archive}/%f && cp %p ${archive}/%f`];
    await start(
      data,
      port,
      archiving.flatMap((setting) => ['-c', setting]),
    );
    const database = urlOf(port);
    const hall = await testServer({ database, key });
    const begin = async (count: number): Promise<string[]> => {
      const client = await new Client(hall.url).logIn('applicant');
      const ids: string[] = [];
      for (let n = 0; n < count; n += 1)
        ids.push((await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body.id);
      return ids;
    };
    const before = await begin(2);
    run('pg_basebackup', '-D', restored, '-U', 'certflow', '-h', '127.0.0.1', '-p', String(port), '--checkpoint=fast');
    const after = await begin(3);
    const [moment] = await ask<{ at: string }>(database, 'SELECT clock_timestamp()::text AS at');
    // A moment later somebody makes a mistake.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const [late] = await begin(1);
    await ask(database, 'DELETE FROM cases');
    await hall.close();
    await ask(database, 'SELECT pg_switch_wal()');
    await vi.waitFor(async () => {
      const left = `SELECT NOT EXISTS (SELECT 1 FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready') AS done`;
      const [row] = await ask<{ done: boolean }>(database, left);
      expect(row?.done).toBe(true);
    }, 60_000);
    await stop();

    const settings = `restore_command = 'cp ${archive}/%f %p'\nrecovery_target_time = '${moment!.at}'\nrecovery_target_action = 'promote'\n`;
    appendFileSync(join(restored, 'postgresql.auto.conf'), settings);
    writeFileSync(join(restored, 'recovery.signal'), '');
    await start(restored, port, []);
    const again = await testServer({ database, key });
    try {
      const client = await new Client(again.url).logIn('applicant');
      for (const id of [...before, ...after]) expect((await client.view(id)).revision).toBe(1);
      expect((await client.ask('GET', `/api/cases/${late}`)).status).toBe(404);
      expect((await client.ask('POST', '/api/cases', { project: 'szmg' })).status).toBe(200);
      // The node of that moment is another one's memory.
      await vi.waitFor(async () => expect(await ask(database, 'SELECT 1 FROM nodes')).toHaveLength(1), 60_000);
    } finally {
      await again.close();
    }
  },
);
