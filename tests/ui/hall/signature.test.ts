import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSignature, Unreadable } from '../../../ui/hall/signature/verify.ts';

/** Made with OpenSSL over `content.txt` by fictional signers, valid for twenty years from 2026. */
const file = (name: string) => new Uint8Array(readFileSync(`tests/fixtures/signatures/${name}`));
const content = file('content.txt');
const changed = new TextEncoder().encode('投标文件正文（改过）\n');
const now = Date.UTC(2027, 0, 1);
const outcome = async (name: string, given: Uint8Array | null, at = now) =>
  (await readSignature(file(name), given, at)).signers.map((signer) => signer.content);

describe('a signature', () => {
  test('that holds its content says who signed and that nothing was changed', async () => {
    const { kind, signers } = await readSignature(file('attached.p7m'), null, now);
    expect(kind).toBe('attached');
    expect(signers).toMatchObject([
      { subject: 'C=CN, O=示例科技有限公司, CN=示例科技有限公司', dates: 'valid', content: 'intact' },
    ]);
    expect(signers[0]?.issuer).toBe(signers[0]?.subject);
    expect(signers[0]?.serial).toMatch(/^[0-9a-f]{16,}$/);
    expect(new Date(signers[0]?.signedAt ?? 0).getUTCFullYear()).toBe(2026);
  });

  test.each(['detached.p7s', 'ecdsa.p7s', 'bare.p7s', 'pss.p7s'])(
    '%s: intact, changed, or without its file',
    async (name) => {
      expect((await readSignature(file(name), null, now)).kind).toBe('detached');
      expect(await outcome(name, content)).toEqual(['intact']);
      expect(await outcome(name, changed)).toEqual(['changed']);
      expect(await outcome(name, new Uint8Array())).toEqual(['changed']);
      expect(await outcome(name, null)).toEqual(['no-content']);
    },
  );

  test('whose content or signature was touched is found out', async () => {
    const whole = file('attached.p7m');
    const text = Buffer.from(whole).indexOf(Buffer.from('投标文件'));
    expect(text).toBeGreaterThan(0);
    const touched = whole.slice();
    touched[text] = (touched[text] ?? 0) ^ 1;
    expect((await readSignature(touched, null, now)).signers[0]?.content).toBe('changed');
    const forged = whole.slice();
    forged[forged.length - 3] = (forged[forged.length - 3] ?? 0) ^ 1;
    expect((await readSignature(forged, null, now)).signers[0]?.content).toBe('changed');
  });

  test('tells whether the certificate is within its dates', async () => {
    const dates = async (at: number) => (await readSignature(file('ecdsa.p7s'), content, at)).signers[0]?.dates;
    expect(await dates(Date.UTC(2020, 0, 1))).toBe('early');
    expect(await dates(now)).toBe('valid');
    expect(await dates(Date.UTC(2060, 0, 1))).toBe('expired');
  });

  test.each([
    ['no certificate in it', file('nocert.p7s')],
    ['a text', content],
    ['nothing', new Uint8Array()],
    ['half of one', file('attached.p7m').slice(0, 600)],
    ['base64 of something else', new TextEncoder().encode('aGVsbG8=')],
  ])('is not made out of %s', async (_, given) => {
    await expect(readSignature(given, content, now)).rejects.toThrow(Unreadable);
  });
});
