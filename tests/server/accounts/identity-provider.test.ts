import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAccounts } from '../../../server/accounts/accounts.ts';
import { createIdentityProvider, type IdentityProvider } from '../../../server/accounts/identity-provider.ts';
import { createClock } from '../../../server/clock.ts';
import type { OidcConfig } from '../../../server/config.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import type { Fault } from '../../../server/fault.ts';
import { createLog } from '../../../server/log.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';

/** A provider that lies as it is told to: about who it is, and in the token that it signs. */
let provider: Server;
let issuer = '';
let calledItself = '';
let lie: JWTPayload = {};
let isForged = false;
let nonce = '';
let ours: IdentityProvider;
let providerWith: (more: Partial<OidcConfig>) => IdentityProvider;
const BACK = 'http://hall.example/api/oidc/callback';

const codeOf = (job: Promise<unknown>): Promise<string> =>
  job.then(
    () => 'done',
    (fault: Fault) => fault.code,
  );

beforeEach(async () => {
  [lie, isForged] = [{}, false];
  const known = await generateKeyPair('RS256');
  const other = await generateKeyPair('RS256');
  provider = createServer(async (request, response) => {
    const say = (body: unknown): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    if (request.url === '/keys') return say({ keys: [{ ...(await exportJWK(known.publicKey)), alg: 'RS256' }] });
    if (request.url === '/token') {
      const now = Math.floor(Date.now() / 1000);
      const said = { iss: issuer, aud: 'hall', sub: 'wang', iat: now, exp: now + 60, nonce, groups: ['g'], ...lie };
      const key = (isForged ? other : known).privateKey;
      const token = await new SignJWT(said).setProtectedHeader({ alg: 'RS256' }).sign(key);
      return say({ access_token: 'a', token_type: 'bearer', id_token: token });
    }
    say({
      ...{ issuer: calledItself, jwks_uri: `${issuer}/keys`, token_endpoint: `${issuer}/token` },
      ...{ authorization_endpoint: `${issuer}/auth`, response_types_supported: ['code'] },
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  calledItself = issuer;
  const crypto = createCrypto(parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`));
  const [store, clock] = [createMemoryStore(), createClock()];
  providerWith = (more) =>
    createIdentityProvider({
      ...{ accounts: createAccounts(store, crypto, clock), store, crypto, clock, log: createLog('silent') },
      settings: {
        ...{ issuer, clientId: 'hall', clientSecret: 'a-secret-of-the-test', scope: 'openid', title: '' },
        ...{ claim: 'groups', roles: { g: [{ role: 'reviewer', projects: null }] }, acr: [], maxAge: null },
        ...more,
      },
      development: true,
    });
  ours = providerWith({});
});
afterEach(() => {
  provider.closeAllConnections();
  provider.close();
});

async function logIn(): Promise<string> {
  const { url, token } = await ours.begin(BACK, '');
  const asked = new URL(url).searchParams;
  nonce = asked.get('nonce') ?? '';
  const back = new URL(BACK);
  back.search = String(new URLSearchParams({ code: 'c', state: asked.get('state') ?? '' }));
  return codeOf(ours.finish(back, token));
}

test('a provider that calls itself otherwise than it is configured is not asked', async () => {
  calledItself = 'https://login.evil.example';
  expect(await codeOf(ours.begin(BACK, ''))).toBe('provider-failed');
  calledItself = issuer;
  expect(await codeOf(ours.begin(BACK, ''))).toBe('done');
});

test('a token that was signed by nobody known, for somebody else, in answer to something else or long ago is refused', async () => {
  expect(await logIn()).toBe('done');
  const past = Math.floor(Date.now() / 1000) - 3_600;
  const lies: JWTPayload[] = [
    { aud: 'another' },
    { nonce: 'another' },
    { iss: 'https://login.evil.example' },
    { exp: past },
  ];
  for (const each of lies) {
    lie = each;
    expect(await logIn(), JSON.stringify(each)).toBe('provider-failed');
  }
  lie = {};
  isForged = true;
  expect(await logIn()).toBe('provider-failed');
});

test('whoever was asked for less than is wanted here, or too long ago, is not let in', async () => {
  ours = providerWith({ acr: ['urn:example:two', 'urn:example:card'], maxAge: 600 });
  const asked = new URL((await ours.begin(BACK, '')).url).searchParams;
  expect([asked.get('acr_values'), asked.get('max_age')]).toEqual(['urn:example:two urn:example:card', '600']);
  const now = Math.floor(Date.now() / 1000);
  const said = async (claims: JWTPayload): Promise<string> => {
    lie = claims;
    return logIn();
  };
  expect(await said({ acr: 'urn:example:card', auth_time: now - 60 })).toBe('done');
  expect(await said({ acr: 'urn:example:password', auth_time: now - 60 })).toBe('provider-weak');
  expect(await said({ auth_time: now - 60 })).toBe('provider-weak');
  expect(await said({ acr: 'urn:example:two', auth_time: now - 3_600 })).toBe('provider-failed');
  expect(await said({ acr: 'urn:example:two' })).toBe('provider-failed');
});
