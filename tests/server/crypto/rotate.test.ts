import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { changeKeys } from '../../../server/admin/keys.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { rotateKeys } from '../../../server/crypto/rotate.ts';
import { suites } from '../../../server/crypto/suites.ts';
import type { Running } from '../../../server/server.ts';
import { fillTask } from '../../support/filling.ts';
import { JPEG, testServer } from '../../support/server.ts';
import { caseAt } from '../../support/walk.ts';

vi.setConfig({ testTimeout: 60_000 });

let running: Running | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

const CANARY = '990000199001018887';

/** A case with a sensitive value, a file, and a sent draft. */
async function filled(server: Running) {
  const { client, id } = await caseAt(server, 2);
  const { file } = (await client.upload(id, 'organization', 'licence', 'a.jpg', JPEG)).body as { file: { id: string } };
  const forms = await fillTask(server, client, id, { agent: { idNumber: CANARY } });
  expect((await client.ask('PATCH', `/api/cases/${id}/draft`, { forms })).status).toBe(200);
  return { client, id, file: file.id };
}

const partsOf = ({ context }: Running) => {
  const { store, audit, crypto, vault, secrets, keys, config } = context;
  return { ...keys, store, audit, crypto, vault, secrets, dataDir: config.dataDir, fromEnvironment: config.key };
};

/** Ids of the keys under which anything in the folder is sealed. */
async function usedKeys(server: Running): Promise<string[]> {
  const ids = server.context.keys.keys.list().map(({ id }) => id);
  const used = new Set<string>();
  for (const entry of await readdir(server.context.config.dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.endsWith('keyring')) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const id of ids) {
      const head = Buffer.concat([Buffer.from([1, id.length]), Buffer.from(id)]);
      const text = head.subarray(0, head.length - (head.length % 3)).toString('base64url');
      if (bytes.subarray(0, head.length).equals(head) || bytes.includes(text)) used.add(id);
    }
  }
  return [...used];
}

test('a new key takes over everything while the server runs, and nothing is left under the old one', async () => {
  running = await testServer();
  const { client, id, file } = await filled(running);
  const before = running.context.keys.keys.current;
  const logged = await running.context.accounts.logIn('applicant2', 'demo-certflow', 'x');
  expect(await usedKeys(running)).toEqual([before]);
  // People go on meanwhile.
  const [answer] = await Promise.all([
    changeKeys(partsOf(running), 'rotate', 0),
    client.ask('PATCH', `/api/cases/${id}/draft`, { forms: { agent: { idNumber: CANARY } } }),
  ]);
  expect(answer.rotated).toMatchObject({ resumed: false, unreadable: [] });
  expect(answer.rotated!.documents).toBeGreaterThan(5);
  expect(answer.rotated!.files).toBe(1);
  expect(await usedKeys(running)).toEqual([running.context.keys.keys.current]);

  const bytes = await client.raw('GET', `/api/cases/${id}/files/${file}`);
  expect(bytes.status).toBe(200);
  expect((await running.context.accounts.logIn('applicant2', 'demo-certflow', 'x')).id).toBe(logged.id);
  const { dataDir } = running.context.config;
  await running.close();
  running = await testServer({ dataDir });
  expect((await running.context.vault.find(id, file))?.id).toBe(file);
  const again = await running.context.cases.read(id);
  expect(again.document.state.id).toBe(id);
});

test('broken off it is taken up again; until then everything opens', async () => {
  running = await testServer();
  const { id, file } = await filled(running);
  const { dataDir } = running.context.config;
  const parts = partsOf(running);
  let left = 6;
  const store = {
    ...parts.store,
    async writeDocument(...given: Parameters<typeof parts.store.writeDocument>) {
      left -= 1;
      if (left < 0) throw new Error('the process ended');
      return parts.store.writeDocument(...given);
    },
  };
  await expect(rotateKeys({ ...parts, store }, 0)).rejects.toThrow('the process ended');
  expect((await usedKeys(running)).length).toBe(2);
  await running.close();

  running = await testServer({ dataDir });
  const stored = await running.context.vault.find(id, file);
  expect((await running.context.vault.read(stored!)).length).toBe(stored!.size);
  const answer = await changeKeys(partsOf(running), 'rotate', 0);
  expect(answer.rotated).toMatchObject({ resumed: true, unreadable: [] });
  expect(await usedKeys(running)).toEqual([running.context.keys.keys.current]);
});

test('two changes at once are one after the other: no key is lost', async () => {
  running = await testServer();
  const { id, file } = await filled(running);
  const answers = await Promise.all([1, 2].map(() => changeKeys(partsOf(running!), 'rotate', 0)));
  expect(answers.map(({ rotated }) => rotated?.unreadable)).toEqual([[], []]);
  expect(await usedKeys(running)).toEqual([running.context.keys.keys.current]);
  const { dataDir } = running.context.config;
  await running.close();
  running = await testServer({ dataDir });
  const stored = await running.context.vault.find(id, file);
  expect((await running.context.vault.read(stored!)).length).toBe(stored!.size);
});

test('a damaged file keeps the old key, and is named', async () => {
  running = await testServer();
  const { id, file } = await filled(running);
  const { sealed } = (await running.context.vault.find(id, file))!;
  const path = join(running.context.config.dataDir, 'files', id, `${file}.${sealed}`);
  const bytes = await readFile(path);
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path, Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])]));
  const answer = await changeKeys(partsOf(running), 'rotate', 0);
  expect(answer.rotated).toMatchObject({ unreadable: [`file ${id}/${file}`] });
  await writeFile(path, bytes);
  const second = await changeKeys(partsOf(running), 'rotate', 0);
  expect(second.rotated).toMatchObject({ resumed: true, files: 1, unreadable: [] });
});

test('a new master key in the key file; that of the environment is changed by whoever sets it', async () => {
  running = await testServer();
  const { id } = await filled(running);
  const { dataDir } = running.context.config;
  const old = await readFile(join(dataDir, 'key'), 'utf8');
  const answer = await changeKeys(partsOf(running), 'master', 0);
  expect(answer.master).toBe('k2');
  expect(new Set(answer.keys.map(({ master }) => master))).toEqual(new Set(['k2']));
  expect(await readFile(join(dataDir, 'key'), 'utf8')).not.toContain(old.trim());
  await running.close();
  running = await testServer({ dataDir });
  expect((await running.context.drafts.read(id, 'applicant')).savedAt).toBeGreaterThan(0);
  const environment = { ...partsOf(running), fromEnvironment: old };
  await expect(changeKeys(environment, 'master', 0)).rejects.toThrow(/CERTFLOW_KEY/);
  await running.close();
  await expect(testServer({ dataDir, key: old })).rejects.toThrow(/wrapped by master key "k2"/);
  running = null;
  expect(parseKeyRing(old).current).toBe('k1');
});

test('SM4 takes the place of AES: everything is sealed with it after a rotation', async () => {
  const [aes, sm4] = suites;
  running = await testServer({ cipher: aes! });
  const { id, file } = await filled(running);
  const { dataDir } = running.context.config;
  await running.close();
  running = await testServer({ dataDir, cipher: sm4! });
  const answer = await changeKeys(partsOf(running), 'rotate', 0);
  expect(answer.rotated).toMatchObject({ resumed: true, unreadable: [] });
  expect(answer.keys.find(({ use }) => use === 'seals')?.suite).toBe('sm4-cbc-hmac-sm3');
  expect(await usedKeys(running)).toEqual([running.context.keys.keys.current]);
  expect((await running.context.vault.read((await running.context.vault.find(id, file))!)).length).toBeGreaterThan(0);
});
