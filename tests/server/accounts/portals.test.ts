import { createSecretKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { createAccounts } from '../../../server/accounts/accounts.ts';
import { createCompanies } from '../../../server/accounts/companies.ts';
import { createPortals, type Portals, portalKey, portalsIn } from '../../../server/accounts/portals.ts';
import { createClock } from '../../../server/clock.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { codeOf, testCrypto } from '../../support/accounts.ts';

const secret = createSecretKey(randomBytes(32));
const pair = generateKeyPairSync('ed25519');
const listed = portalsIn({
  portals: [
    { id: 'one', title: '一', projects: ['east'] },
    { id: 'two', title: '二', projects: ['east', 'west'] },
    { id: 'keyless', title: '三', projects: ['east'] },
  ],
});
const company = { number: '91440300MA5DEMR12B', name: '示例单位' };
const START = 1_700_000_000_000;

interface Over {
  readonly [claim: string]: unknown;
}
function sign(
  over: Over = {},
  key: KeyObject | Uint8Array = secret,
  alg = 'HS256',
  life = 120,
  at = START,
): Promise<string> {
  const { iss = 'one', aud = 'certflow-hall', sub = 'u1', jti = `j${Math.random()}`, ...rest } = over;
  const claims = { project: 'east', name: '李四', company, ...rest };
  const jwt = new SignJWT(claims).setProtectedHeader({ alg });
  if (iss) jwt.setIssuer(String(iss));
  if (sub) jwt.setSubject(String(sub));
  if (jti) jwt.setJti(String(jti));
  return jwt
    .setAudience(String(aud))
    .setIssuedAt(at / 1000)
    .setExpirationTime(at / 1000 + life)
    .sign(key);
}

describe('SC-01 SC-02 SC-03 the jump from a portal', () => {
  let time = START;
  let portals: Portals;
  beforeEach(() => {
    time = START;
    const [store, crypto, clock] = [createMemoryStore(), testCrypto(), createClock(0, () => time)];
    const accounts = createAccounts(store, crypto, clock);
    const companies = createCompanies({ store, crypto, clock, accounts });
    const keys: { [id: string]: KeyObject } = { one: secret, two: pair.publicKey };
    const keyOf = (id: string): KeyObject | null => keys[id] ?? null;
    portals = createPortals({ portals: () => listed, keyOf, accounts, companies, store, crypto, clock });
  });

  test('brings the same person every time, for the project and the company that were signed', async () => {
    const first = await portals.arrive(await sign());
    expect(first).toMatchObject({ project: 'east', person: { name: '李四', roles: ['applicant'] } });
    expect(first.person.companies).toEqual([{ company: first.company, manager: true, proven: true }]);
    const again = await portals.arrive(await sign());
    expect([again.person.id, again.company]).toEqual([first.person.id, first.company]);
    const other = await portals.arrive(await sign({ sub: 'u2' }));
    expect(other.person.id).not.toBe(first.person.id);
    const elsewhere = await portals.arrive(await sign({ iss: 'two', project: 'west' }, pair.privateKey, 'EdDSA'));
    expect(elsewhere.person.id).not.toBe(first.person.id);
  });

  test('a token is good once, also when it comes twice at the same time', async () => {
    const token = await sign();
    const answers = await Promise.all([1, 2, 3].map(() => codeOf(portals.arrive(token))));
    expect(answers.sort()).toEqual(['done', 'jump-used', 'jump-used']);
  });

  test('and for a short time only, whatever it says', async () => {
    const long = await sign({}, secret, 'HS256', 24 * 3600);
    time = START + 6 * 60_000;
    expect(await codeOf(portals.arrive(long))).toBe('jump-invalid');
    const short = await sign({}, secret, 'HS256', 60);
    expect(await codeOf(portals.arrive(short))).toBe('jump-invalid');
    time = START;
    expect(await codeOf(portals.arrive(await sign({}, secret, 'HS256', 60, START + 3_600_000)))).toBe('jump-invalid');
  });

  test.each<[string, () => Promise<string>]>([
    ['nonsense', async () => 'x.y.z'],
    ['another key', () => sign({}, createSecretKey(randomBytes(32)))],
    ['the key of another portal', () => sign({ iss: 'two' })],
    [
      'a public key as if it were a secret',
      () => sign({ iss: 'two' }, Buffer.from(pair.publicKey.export({ type: 'spki', format: 'pem' }))),
    ],
    ['a portal that nobody named', () => sign({ iss: 'three' })],
    ['a portal without a key', () => sign({ iss: 'keyless' })],
    ['a project that is not the portal’s', () => sign({ project: 'west' })],
    ['another audience', () => sign({ aud: 'somebody' })],
    ['no number of its own', () => sign({ jti: '' })],
    ['nobody', () => sign({ sub: '' })],
    ['no company', () => sign({ company: undefined })],
    ['a company without a number', () => sign({ company: { name: 'x' } })],
    ['no name', () => sign({ name: ' ' })],
  ])('refuses %s', async (_what, token) => {
    expect(await codeOf(portals.arrive(await token()))).toBe('jump-invalid');
  });

  test('a token without a signature is nothing', async () => {
    const [, body = ''] = (await sign()).split('.');
    const head = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(await codeOf(portals.arrive(`${head}.${body}.`))).toBe('jump-invalid');
  });

  test('a key in the environment is a public key, or long enough', () => {
    expect(portalKey('K', pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()).type).toBe('public');
    expect(portalKey('K', randomBytes(32).toString('base64')).type).toBe('secret');
    expect(() => portalKey('K', 'short')).toThrow(/32 bytes/);
    expect(() => portalKey('K', '-----BEGIN X')).toThrow(/PEM/);
  });
});
