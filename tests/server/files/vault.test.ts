import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { type DataKeys, openDataKeys } from '../../../server/crypto/data-keys.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { memoryFiles } from '../../../server/files/memory-files.ts';
import { idOf, type Piece, type SealedFiles } from '../../../server/files/sealed-files.ts';
import { createVault, type StoredFile, type Vault } from '../../../server/files/vault.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { type Store, StoreCorrupt, StoreUnavailable } from '../../../server/store/store.ts';

const bytes = randomBytes(5_000);
const about = {
  caseId: 'case1',
  form: 'form',
  field: 'scan',
  name: '执照.jpg',
  type: 'image/jpeg',
  at: 1,
  by: 'someone',
};

let files: SealedFiles;
let store: Store;
let keys: DataKeys;
let vault: Vault;
beforeEach(async () => {
  files = memoryFiles();
  store = createMemoryStore();
  keys = await openDataKeys(store, parseKeyRing(`m:${Buffer.alloc(32, 9).toString('base64')}`), null, 1);
  vault = createVault(files, store, createCrypto(keys));
});

const names = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { name } of files.all()) found.push(name);
  return found;
};
const found = async (id: string): Promise<StoredFile> => (await vault.find('case1', id))!;

test('what lies there is sealed, and named by what it is', async () => {
  const file = await vault.save(about, bytes);
  const [name = ''] = await names();
  expect(name).toBe(`${file.id}.${file.sealed}`);
  const lying = await files.get({ caseId: 'case1', name });
  expect(lying?.includes(bytes.subarray(0, 64))).toBe(false);
  expect(await vault.read(await found(file.id))).toEqual(bytes);
  expect(await vault.of('case1')).toEqual([await found(file.id)]);
});

test('the same upload twice is two files; one of another case is not found', async () => {
  const [one, two] = [await vault.save(about, bytes), await vault.save(about, bytes)];
  expect(one.id).not.toBe(two.id);
  expect(one.sealed).not.toBe(two.sealed);
  expect(await vault.find('case2', one.id)).toBeNull();
});

test('a piece put in the place of another does not open', async () => {
  const [one, two] = [await vault.save(about, bytes), await vault.save(about, randomBytes(9))];
  const given = (await files.get({ caseId: 'case1', name: `${two.id}.${two.sealed}` }))!;
  await files.put({ caseId: 'case1', name: `${one.id}.${two.sealed}` }, given);
  await expect(vault.read({ ...one, sealed: two.sealed! })).rejects.toThrow('cannot open');
});

test('missing bytes are damage', async () => {
  const file = await vault.save(about, bytes);
  await files.clear('case1');
  await expect(vault.read(file)).rejects.toBeInstanceOf(StoreCorrupt);
});

test('where nothing can be kept nothing is known of it', async () => {
  vi.spyOn(files, 'put').mockRejectedValue(new StoreUnavailable('down'));
  await expect(vault.save(about, bytes)).rejects.toBeInstanceOf(StoreUnavailable);
  for await (const { id } of store.listDocuments('file')) expect.unreachable(id);
});

test('a file of an older hall, named by its id alone, opens, is sealed anew under a name that tells, and is erased', async () => {
  const file = await vault.save(about, bytes);
  const [name = ''] = await names();
  await files.put({ caseId: 'case1', name: file.id }, (await files.get({ caseId: 'case1', name }))!);
  await files.remove({ caseId: 'case1', name });
  const { sealed: _, ...older } = file;
  await store.writeDocument('file', file.id, older as never);
  expect(await vault.read(await found(file.id))).toEqual(bytes);
  await keys.add(2);
  expect(await vault.reseal(() => expect.unreachable())).toBe(1);
  expect(await names()).toEqual([`${file.id}.${(await found(file.id)).sealed}`]);
  expect(await vault.read(await found(file.id))).toEqual(bytes);
  await vault.erase('case1', 5);
  expect(await names()).toEqual([]);
  expect(await found(file.id)).toMatchObject({ name: '', erasedAt: 5 });
});

describe('sealing anew', () => {
  test('whoever found the file before reads it after', async () => {
    const before = await vault.save(about, bytes);
    await keys.add(2);
    expect(await vault.reseal(() => expect.unreachable())).toBe(1);
    expect((await found(before.id)).sealed).not.toBe(before.sealed);
    expect(await vault.read(before)).toEqual(bytes);
    expect(await vault.reseal(() => expect.unreachable())).toBe(0);
  });

  // Ended after each of its operations, it is begun again.
  for (const [after, broken] of [
    ['nothing', 'put'],
    ['the new piece is there', 'document'],
    ['the file is known by it', 'remove'],
  ] as const) {
    test(`ended when ${after}, the file opens, and doing it again leaves one piece`, async () => {
      const { id } = await vault.save(about, bytes);
      await keys.add(2);
      const fails = new StoreUnavailable('ended');
      if (broken === 'document') vi.spyOn(store, 'writeDocument').mockRejectedValueOnce(fails);
      else vi.spyOn(files, broken).mockRejectedValueOnce(fails);
      await expect(vault.reseal(() => expect.unreachable())).rejects.toBe(fails);
      expect(await vault.read(await found(id))).toEqual(bytes);
      await vault.reseal(() => expect.unreachable());
      expect(await vault.read(await found(id))).toEqual(bytes);
      const lying = await names();
      // A new piece that nobody got to know of is under the new key; the next change of keys, or erasing, takes it.
      expect(lying).toHaveLength(broken === 'document' ? 2 : 1);
      await keys.add(3);
      await vault.reseal(() => expect.unreachable());
      await vault.reseal(() => expect.unreachable());
      expect(await names()).toEqual([`${id}.${(await found(id)).sealed}`]);
    });
  }

  test('two at once: one of them wins, nothing is lost, nothing is left', async () => {
    const { id } = await vault.save(about, bytes);
    await keys.add(2);
    const other = createVault(files, store, createCrypto(keys));
    await Promise.all([vault.reseal(() => expect.unreachable()), other.reseal(() => expect.unreachable())]);
    expect(await names()).toEqual([`${id}.${(await found(id)).sealed}`]);
    expect(await vault.read(await found(id))).toEqual(bytes);
  });

  test('what is damaged is told and left', async () => {
    const file = await vault.save(about, bytes);
    const piece: Piece = { caseId: 'case1', name: (await names())[0]! };
    await files.put(piece, Buffer.from('other'));
    await keys.add(2);
    const told: string[] = [];
    expect(await vault.reseal((what) => told.push(what))).toBe(0);
    expect(told).toEqual([`case1/${file.id}`]);
  });
});

describe('erasing', () => {
  test('all of a case goes, also what no form refers to and what broke off; another case keeps its own', async () => {
    const [one, two] = [await vault.save(about, bytes), await vault.save({ ...about, caseId: 'case2' }, bytes)];
    await files.put({ caseId: 'case1', name: 'orphan' }, bytes);
    await vault.erase('case1', 7);
    await vault.erase('case1', 8);
    expect((await names()).map(idOf)).toEqual([two.id]);
    expect(await found(one.id)).toMatchObject({ name: '', erasedAt: 7, sha256: one.sha256 });
  });

  test('a storage that does not answer: refused, and done when it does', async () => {
    const one = await vault.save(about, bytes);
    vi.spyOn(files, 'clear').mockRejectedValueOnce(new StoreUnavailable('down'));
    await expect(vault.erase('case1', 7)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await names()).toHaveLength(1);
    await vault.erase('case1', 9);
    expect(await names()).toEqual([]);
    expect((await found(one.id)).erasedAt).toBe(9);
  });
});
