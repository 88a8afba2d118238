import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { BackupError, backup } from '../../../server/backup/backup.ts';
import { restore } from '../../../server/backup/restore.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { loadKeyRing, parseKeyRing } from '../../../server/crypto/keys.ts';
import { folderFiles } from '../../../server/files/folder-files.ts';
import { createVault } from '../../../server/files/vault.ts';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { caseDocument } from '../../support/case-document.ts';
import { testServer } from '../../support/server.ts';

const onFatal = (message: string): never => {
  throw new Error(message);
};
const other = { text: `k1:${Buffer.alloc(32, 9).toString('base64')}`, isFile: true };

let root = '';
let dataDir = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'certflow-backup-'));
  dataDir = join(root, 'data');
});

async function opened() {
  const store = await openFileStore({ folder: dataDir, onFatal });
  const crypto = createCrypto(await loadKeyRing(null, dataDir));
  const key = { text: await readFile(join(dataDir, 'key'), 'utf8'), isFile: true };
  return { store, crypto, key, parts: { store, crypto, now: 1_000 } };
}

/** Writes a note and then the case that knows of it, again and again: no moment has a case that is ahead of its note. */
function load(store: Store, isOver: () => boolean): Promise<unknown> {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  return Promise.all(
    ids.map(async (id) => {
      await store.createCase(caseDocument(id));
      for (let revision = 2; !isOver(); revision += 1) {
        await store.writeDocument('thing', id, { revision });
        await store.updateCase(id, (now) => ({ ...now, state: { ...now.state, revision } }));
      }
    }),
  );
}

describe('a backup', () => {
  test('under load is the state of one moment, and the restored folder holds it', async () => {
    const { store, key, parts } = await opened();
    let isOver = false;
    const work = load(store, () => isOver);
    for (let n = 0; n < 4; n += 1) {
      const to = join(root, `backup-${n}`);
      await backup(dataDir, to, parts);
      const again = join(root, `again-${n}`);
      await restore(to, again, key);
      const restored = await openFileStore({ folder: again, onFatal });
      for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
        const revision = (await restored.readCase(id))?.state.revision ?? 0;
        const note = (await restored.readDocument('thing', id))?.data as { revision: number } | undefined;
        expect([0, 1]).toContain((note?.revision ?? 1) - revision);
      }
      await restored.close();
    }
    isOver = true;
    await work;
    await store.close();
    expect(existsSync(join(dataDir, 'backup-under-way'))).toBe(false);
  }, 120_000);

  test('holds the bytes of files and not the key', async () => {
    const { store, crypto, key, parts } = await opened();
    const vault = createVault(folderFiles(dataDir), store, crypto);
    const given = { caseId: 'a', form: 'f', field: 'x', name: 'x.png', type: 'image/png', at: 1, by: 'p' };
    const file = await vault.save(given as never, Buffer.from('bytes'));
    await backup(dataDir, join(root, 'backup'), parts);
    await store.close();
    expect(await readdir(join(root, 'backup'))).toEqual(['documents', 'files', 'manifest.json', 'version.json']);
    await rm(dataDir, { recursive: true });
    await restore(join(root, 'backup'), dataDir, key);
    const after = await opened();
    const again = createVault(folderFiles(dataDir), after.store, after.crypto);
    const found = await again.find('a', file.id);
    expect((await again.read(found!)).toString()).toBe('bytes');
    await after.store.close();
  });

  test('writes into no folder that holds anything, and not into the data folder', async () => {
    const { store, parts } = await opened();
    await writeFile(join(root, 'thing'), '');
    await expect(backup(dataDir, root, parts)).rejects.toThrow(/不会覆盖/);
    await expect(backup(dataDir, join(dataDir, 'backup'), parts)).rejects.toThrow(/在数据目录里面/);
    await store.close();
  });
});

describe('a restore', () => {
  async function made() {
    const { store, key, parts } = await opened();
    await store.createCase(caseDocument('a'));
    const to = join(root, 'backup');
    await backup(dataDir, to, parts);
    await store.close();
    return { to, key, target: join(root, 'target') };
  }

  test('says that the key is another one, and leaves nothing', async () => {
    const { to, target } = await made();
    await expect(restore(to, target, other)).rejects.toThrow(/密钥不对/);
    expect(parseKeyRing(other.text).current).toBe('k1');
    expect(existsSync(target)).toBe(false);
  });

  test('overwrites nothing', async () => {
    const { to, key } = await made();
    await expect(restore(to, dataDir, key)).rejects.toThrow(/不会覆盖/);
  });

  test('finds a damaged, a shortened and a missing file, and a backup that was not finished', async () => {
    const { to, key, target } = await made();
    const version = join(to, 'version.json');
    const good = await readFile(version);
    await appendFile(version, ' ');
    await expect(restore(to, target, key)).rejects.toThrow(/version\.json 与备份时不同/);
    await truncate(version, 5);
    await expect(restore(to, target, key)).rejects.toThrow(/version\.json 与备份时不同/);
    await rm(version);
    await expect(restore(to, target, key)).rejects.toThrow(/缺少 version\.json/);
    await writeFile(version, good);
    const manifest = await readFile(join(to, 'manifest.json'), 'utf8');
    await writeFile(join(to, 'manifest.json'), manifest.slice(0, 40));
    await expect(restore(to, target, key)).rejects.toThrow(/读不懂/);
    await rm(join(to, 'manifest.json'));
    await expect(restore(to, target, key)).rejects.toThrow(/不是完整的备份/);
    expect(existsSync(target)).toBe(false);
    expect(existsSync(`${target}.restoring`)).toBe(false);
  });

  test('takes no path out of its folder', async () => {
    const { to, key, target } = await made();
    const manifest = JSON.parse(await readFile(join(to, 'manifest.json'), 'utf8'));
    manifest.files[0].path = '../../elsewhere';
    await writeFile(join(to, 'manifest.json'), JSON.stringify(manifest));
    await expect(restore(to, target, key)).rejects.toThrow(/路径不对/);
  });
});

test('a backup of a server tells by its wrapped keys whether a master key opens it, and is opened by that', async () => {
  const server = await testServer();
  const { dataDir: from } = server.context.config;
  const logged = await server.context.accounts.logIn('applicant', 'demo-certflow', 'x');
  const to = join(root, 'copy');
  const parts = { store: server.context.store, crypto: server.context.crypto, now: 0 };
  expect((await backup(from, to, parts)).keys?.keys.length).toBeGreaterThan(1);
  const key = await readFile(join(from, 'key'), 'utf8');
  await server.close();

  await expect(restore(to, dataDir, other)).rejects.toThrow(BackupError);
  await restore(to, dataDir, { text: key, isFile: true });
  const again = await testServer({ dataDir });
  expect((await again.context.accounts.logIn('applicant', 'demo-certflow', 'x')).id).toBe(logged.id);
  await again.close();
}, 60_000);
