import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCrypto, Unsealable } from '../../../server/crypto/crypto.ts';
import { KeyError, loadKeyRing, parseKeyRing } from '../../../server/crypto/keys.ts';

const KEY_1 = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const KEY_2 = `k2:${Buffer.alloc(32, 2).toString('base64')}`;
const crypto = createCrypto(parseKeyRing(KEY_1));

describe('sealing', () => {
  test('opens what it sealed, and the same text never looks the same', () => {
    const sealed = crypto.sealText('field', '110101199001011234', 'case-1/agent.idNumber');
    expect(crypto.openText('field', sealed, 'case-1/agent.idNumber')).toBe('110101199001011234');
    expect(sealed).not.toBe(crypto.sealText('field', '110101199001011234', 'case-1/agent.idNumber'));
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('110101');
  });

  test('does not open in another place, for another purpose, or after any changed byte', () => {
    const sealed = crypto.seal('field', Buffer.from('plain'), 'a');
    expect(() => crypto.open('field', sealed, 'b')).toThrow(Unsealable);
    expect(() => crypto.open('file', sealed, 'a')).toThrow(Unsealable);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = changed[at]! ^ 1;
      expect(() => crypto.open('field', changed, 'a')).toThrow(Unsealable);
    }
  });

  test('a tag cut short is no tag', () => {
    const sealed = crypto.seal('field', Buffer.alloc(0), 'a');
    expect(() => crypto.open('field', sealed.subarray(0, sealed.length - 12), 'a')).toThrow(Unsealable);
  });

  test('after a new key old data still opens, digests stay, and a lost key says which', () => {
    const before = crypto.sealText('field', 'x', 'a');
    const rotated = createCrypto(parseKeyRing(`${KEY_2} ${KEY_1}`));
    expect(rotated.openText('field', before, 'a')).toBe('x');
    expect(rotated.digest('login', 'somebody')).toBe(crypto.digest('login', 'somebody'));
    const after = rotated.sealText('field', 'x', 'a');
    expect(() => crypto.openText('field', after, 'a')).toThrow(/"k2"/);
  });

  test('comparison is by value', () => {
    const digest = crypto.digest('secret', '123456');
    expect(crypto.same(digest, crypto.digest('secret', '123456'))).toBe(true);
    expect(crypto.same(digest, crypto.digest('secret', '123457'))).toBe(false);
    expect(crypto.same(digest, '')).toBe(false);
    expect(crypto.digest('other', '123456')).not.toBe(digest);
  });
});

describe('the key ring', () => {
  test('is made at the first start, readable by its owner only, and the same at the next', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certflow-key-'));
    const first = await loadKeyRing(null, folder);
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
    const text = await readFile(join(folder, 'key'), 'utf8');
    const second = await loadKeyRing(null, folder);
    expect(second.keys.get('k1')).toEqual(first.keys.get('k1'));
    expect(await readFile(join(folder, 'key'), 'utf8')).toBe(text);
  });

  test('of the environment wins and leaves no file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certflow-key-'));
    expect((await loadKeyRing(KEY_2, folder)).current).toBe('k2');
    await expect(stat(join(folder, 'key'))).rejects.toThrow();
  });

  test('a file whose mode was loosened is closed again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certflow-key-'));
    await writeFile(join(folder, 'key'), KEY_1, { mode: 0o644 });
    await loadKeyRing(null, folder);
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['', 'empty'],
    ['k1:abc', '32 bytes'],
    ['nonsense', '32 bytes'],
    [`${KEY_1} ${KEY_1}`, 'twice'],
  ])('refuses %j and says why', (text, why) => {
    expect(() => parseKeyRing(text)).toThrow(KeyError);
    expect(() => parseKeyRing(text)).toThrow(why);
  });
});
