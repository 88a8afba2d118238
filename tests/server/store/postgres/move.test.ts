import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { openFileStore } from '../../../../server/store/file/file-store.ts';
import { MovedAway } from '../../../../server/store/moving.ts';
import { openStore } from '../../../../server/store/open.ts';
import type { Store } from '../../../../server/store/store.ts';
import { caseDocument, caseState } from '../../../support/case-document.ts';
import { atCheck } from '../../../support/filling.ts';
import { ask, testPostgres } from '../../../support/postgres.ts';
import { Client, newDataDir, ROOT, testServer } from '../../../support/server.ts';
import { certflow } from '../../cli/support.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const onFatal = (message: string): never => {
  throw new Error(message);
};
const postgres = await testPostgres();
const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(() => postgres?.stop());

const DOCUMENTS = 400;
const CASES = 200;

/** So much that a move takes its time. */
async function fill(folder: string): Promise<void> {
  const store = await openFileStore({ folder, onFatal });
  for (let n = 0; n < DOCUMENTS; n += 20)
    await Promise.all(Array.from({ length: 20 }, (_, k) => store.writeDocument('thing', `文 ${n + k}`, { n: n + k })));
  await store.writeDocument('thing', '文 7', { n: 'again' });
  for (let n = 0; n < CASES; n += 20)
    await Promise.all(
      Array.from({ length: 20 }, (_, k) => {
        const id = `case/${n + k}`;
        return store.createCase(caseDocument(id, { state: caseState(id, { number: id, revision: 3, over: true }) }));
      }),
    );
  await store.close();
}

async function contentsOf(store: Store, kinds: readonly string[]): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const kind of kinds)
    for await (const { id, document } of store.listDocuments(kind)) found.set(`${kind} ${id}`, document);
  for await (const id of store.listCases()) found.set(id, await store.readCase(id));
  return found;
}

const KINDS = ['thing', 'account', 'login', 'file', 'number', 'release', 'project', 'keyring', 'session', 'audit'];

describe.skipIf(postgres === null)('certflow move', () => {
  test('is killed in the middle, goes on where it was, and back again: nothing is lost, and the case walks on', async () => {
    const database = await postgres!.fresh();
    const dataDir = await newDataDir();
    const first = await testServer({ dataDir, key });
    const { id } = await atCheck(first);
    const [file] = await first.context.vault.of(id);
    const bytes = await first.context.vault.read(file!);
    const entries = (await first.context.audit.anchor()).seq;
    vi.stubEnv('DATABASE_URL', database);
    vi.stubEnv('DATA_DIR', dataDir);
    vi.stubEnv('CERTFLOW_KEY', key);
    const there = ['move', '--from', 'file', '--to', 'postgres'];
    // Not while the server runs.
    expect(await certflow(...there)).toMatchObject({ code: 1 });
    await first.close();
    await fill(dataDir);

    const child = spawn(process.execPath, [join(ROOT, 'scripts/certflow.mjs'), ...there], { stdio: 'ignore' });
    const gone = once(child, 'exit');
    const countOf = async (): Promise<number> => {
      const rows = await ask<{ n: number }>(
        database,
        `SELECT coalesce((SELECT count(*) FROM documents), 0)::integer AS n WHERE to_regclass('documents') IS NOT NULL`,
      ).catch(() => []);
      return rows[0]?.n ?? 0;
    };
    while ((await countOf()) < 60) expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await gone;
    const half = await countOf();
    expect(half).toBeLessThan(DOCUMENTS);
    // Nobody works with a half; the old side still may be.
    await expect(openStore({ dataDir, database, objects: null }, { onFatal })).rejects.toThrow('搬迁没有做完');
    const source = await openStore({ dataDir, database: null, objects: null }, { onFatal });
    await source.store.writeDocument('thing', '文 0', { n: 'changed in between' });
    await source.store.removeDocument('thing', '文 1');
    const expected = await contentsOf(source.store, KINDS);
    await source.store.close();
    expect(expected.size).toBeGreaterThan(DOCUMENTS + CASES);

    const done = await certflow(...there);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toMatch(/其中 \d+ 项是上次已经搬好的/);
    const target = await openStore({ dataDir, database, objects: null }, { onFatal });
    expect(await contentsOf(target.store, KINDS)).toEqual(expected);
    await target.store.close();
    await expect(openStore({ dataDir, database: null, objects: null }, { onFatal })).rejects.toBeInstanceOf(MovedAway);
    expect(await certflow(...there)).toMatchObject({ code: 1, err: expect.stringContaining('已经搬到') });

    // And back, into a folder that is empty.
    const again = await mkdtemp(join(tmpdir(), 'certflow-again-'));
    vi.stubEnv('DATA_DIR', again);
    expect(await certflow('move', '--from', 'postgres', '--to', 'file')).toMatchObject({ code: 0, err: '' });
    const returned = await openStore({ dataDir: again, database: null, objects: null }, { onFatal });
    expect(await contentsOf(returned.store, KINDS)).toEqual(expected);
    await returned.store.close();
    await expect(openStore({ dataDir, database, objects: null }, { onFatal })).rejects.toBeInstanceOf(MovedAway);

    const last = await testServer({ dataDir: again, key });
    expect((await (await new Client(last.url).logIn('applicant')).view(id)).id).toBe(id);
    expect(await last.context.vault.read((await last.context.vault.find(id, file!.id))!)).toEqual(bytes);
    expect((await last.context.audit.anchor()).seq).toBeGreaterThanOrEqual(entries);
    await last.close();
  });

  test('what is there is not written over, and what is said wrongly is told', async () => {
    const database = await postgres!.fresh();
    const { store } = await openStore({ dataDir: await newDataDir(), database, objects: null }, { onFatal });
    await store.writeDocument('thing', 'a', {});
    await store.close();
    const dataDir = await newDataDir();
    await fill(dataDir);
    vi.stubEnv('DATABASE_URL', database);
    vi.stubEnv('DATA_DIR', dataDir);
    expect(await certflow('move', '--from', 'file', '--to', 'postgres')).toMatchObject({
      code: 1,
      err: expect.stringContaining('里已有内容'),
    });
    expect(await certflow('move', '--from', 'file', '--to', 'file')).toMatchObject({ code: 2 });
    vi.stubEnv('DATABASE_URL', '');
    expect(await certflow('move', '--from', 'file', '--to', 'postgres')).toMatchObject({
      code: 2,
      err: expect.stringContaining('DATABASE_URL'),
    });
    vi.stubEnv('DATA_DIR', join(dataDir, 'nothing'));
    vi.stubEnv('DATABASE_URL', database);
    expect(await certflow('move', '--from', 'file', '--to', 'postgres')).toMatchObject({
      code: 1,
      err: expect.stringContaining('不是数据目录'),
    });
  });
});
