import { describe, expect, test } from 'vitest';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { KEYS_KIND, openDataKeys } from '../../../server/crypto/data-keys.ts';
import { KeyError, parseKeyRing } from '../../../server/crypto/keys.ts';
import { DEFAULT_SUITE, suites } from '../../../server/crypto/suites.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { type Store, StoreCorrupt } from '../../../server/store/store.ts';

const master = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const one = parseKeyRing(master('k1', 1));
const both = parseKeyRing(`${master('k2', 2)} ${master('k1', 1)}`);
const two = parseKeyRing(master('k2', 2));
const open = (store: Store, masters = one) => openDataKeys(store, masters, null, 0);

describe('the keys of the data', () => {
  test('are made once, stand wrapped in the store, and are the same at the next start', async () => {
    const store = createMemoryStore();
    const first = await open(store);
    const sealed = createCrypto(first).sealText('field', 'x', 'a');
    const again = await open(store);
    expect(again.current).toBe(first.current);
    expect(createCrypto(again).openText('field', sealed, 'a')).toBe('x');
    expect(createCrypto(again).digest('login', 'n')).toBe(createCrypto(first).digest('login', 'n'));
    const stored = JSON.stringify(await store.readDocument(KEYS_KIND, 'main'));
    for (const { bytes } of first.keys.values())
      for (const form of ['base64', 'base64url', 'hex'] as const) expect(stored).not.toContain(bytes.toString(form));
  });

  test('what an older folder sealed with the master key itself still opens, and its digests stay', async () => {
    const store = createMemoryStore();
    const before = createCrypto(one);
    await store.writeDocument('account', 'somebody', { sealed: before.sealText('document', '{}', 'account/somebody') });
    const keys = await open(store);
    const after = createCrypto(keys);
    const { sealed } = (await store.readDocument('account', 'somebody'))!.data as { sealed: string };
    expect(after.openText('document', sealed, 'account/somebody')).toBe('{}');
    expect(after.isOld(sealed)).toBe(true);
    expect(after.digest('login', 'n')).toBe(before.digest('login', 'n'));
    expect(keys.rotating).toBe(true);
  });

  test('a new master wraps them at the next start, after which the old one is not needed', async () => {
    const store = createMemoryStore();
    const sealed = createCrypto(await open(store)).sealText('field', 'x', 'a');
    await expect(open(store, two)).rejects.toThrow(/wrapped by master key "k1"/);
    const keys = await open(store, both);
    expect(new Set(keys.list().map(({ master: by }) => by))).toEqual(new Set(['k2']));
    expect(createCrypto(await open(store, two)).openText('field', sealed, 'a')).toBe('x');
  });

  test('another master of the same name is refused and changes nothing', async () => {
    const store = createMemoryStore();
    await open(store);
    const stored = await store.readDocument(KEYS_KIND, 'main');
    await expect(open(store, parseKeyRing(master('k1', 9)))).rejects.toThrow(KeyError);
    expect(await store.readDocument(KEYS_KIND, 'main')).toEqual(stored);
  });

  test('a damaged copy does not take the data with it', async () => {
    const store = createMemoryStore();
    const first = await open(store);
    const damaged: Store = {
      ...store,
      async readDocument(kind, id) {
        if (kind === KEYS_KIND && id === 'main') throw new StoreCorrupt('main');
        return store.readDocument(kind, id);
      },
    };
    expect((await open(damaged)).current).toBe(first.current);
  });

  test('another suite is used for what is new from the next start on', async () => {
    const store = createMemoryStore();
    const [, sm4] = suites;
    const sealed = createCrypto(await openDataKeys(store, one, DEFAULT_SUITE, 0)).sealText('field', 'x', 'a');
    const keys = await openDataKeys(store, one, sm4!, 0);
    expect(keys.list().find(({ use }) => use === 'seals')?.suite).toBe(sm4?.id);
    expect(createCrypto(keys).openText('field', sealed, 'a')).toBe('x');
    expect((await openDataKeys(store, one, sm4!, 0)).current).toBe(keys.current);
  });
});
