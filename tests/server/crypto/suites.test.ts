import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createCrypto, Unsealable } from '../../../server/crypto/crypto.ts';
import { type KeyRing, parseKeyRing } from '../../../server/crypto/keys.ts';
import { suites } from '../../../server/crypto/suites.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { sealedStore } from '../../../server/store/sealed.ts';

describe.each(suites.map((suite) => [suite.id, suite] as const))('%s', (_id, suite) => {
  const ring: KeyRing = {
    current: 'a',
    oldest: 'a',
    keys: new Map([['a', { bytes: Buffer.alloc(32, 5), suite }]]),
  };
  const crypto = createCrypto(ring);

  test('opens what it sealed, of any length, and the same text never looks the same', () => {
    for (const length of [0, 1, 15, 16, 17, 5_000]) {
      const plain = Buffer.alloc(length, 'é');
      const sealed = crypto.seal('file', plain, 'c');
      expect(crypto.open('file', sealed, 'c').equals(plain)).toBe(true);
      expect(sealed.equals(crypto.seal('file', plain, 'c'))).toBe(false);
    }
  });

  test('does not open in another place, for another purpose, cut short, or after any changed byte', () => {
    const sealed = crypto.seal('field', Buffer.from('990101199001010113'), 'a');
    expect(() => crypto.open('field', sealed, 'b')).toThrow(Unsealable);
    expect(() => crypto.open('file', sealed, 'a')).toThrow(Unsealable);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = changed[at]! ^ 1;
      expect(() => crypto.open('field', changed, 'a')).toThrow(Unsealable);
      expect(() => crypto.open('field', sealed.subarray(0, at), 'a')).toThrow(Unsealable);
    }
  });

  test('takes its place behind the port: a store that seals with it', async () => {
    const inner = createMemoryStore();
    const store = sealedStore(inner, crypto, async () => ({ forms: {}, records: {} }));
    await store.writeDocument('draft', 'd', { number: '990101199001010113' });
    expect(JSON.stringify(await inner.readDocument('draft', 'd'))).not.toContain('990101');
    expect((await store.readDocument('draft', 'd'))?.data).toEqual({ number: '990101199001010113' });
  });
});

test('SM4 is SM4: the example of GB/T 32907, appendix A', () => {
  const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
  const cipher = createCipheriv('sm4-ecb', key, null);
  expect(cipher.update(key).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
});

test('one suite takes the place of another: what was sealed before still opens', () => {
  const [aes, sm4] = suites;
  const before = { bytes: Buffer.alloc(32, 1), suite: aes! };
  const after = { bytes: Buffer.alloc(32, 2), suite: sm4! };
  const old = createCrypto({ current: 'a', oldest: 'a', keys: new Map([['a', before]]) });
  const both = createCrypto({ current: 'b', oldest: 'a', keys: new Map(Object.entries({ a: before, b: after })) });
  const sealed = old.sealText('field', 'x', 'p');
  expect([both.openText('field', sealed, 'p'), both.isOld(sealed)]).toEqual(['x', true]);
  expect(both.isOld(both.sealText('field', 'x', 'p'))).toBe(false);
  expect(both.digest('login', 'n')).toBe(old.digest('login', 'n'));
  expect(both.isOld('x'.repeat(60))).toBe(false);
  expect(parseKeyRing(`k1:${Buffer.alloc(32).toString('base64')}`).keys.get('k1')?.suite).toBe(aes);
});
