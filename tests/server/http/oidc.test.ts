import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StaffList } from '../../../engine/contract/accounts.ts';
import type { SessionView } from '../../../engine/contract/routes.ts';
import type { Running } from '../../../server/server.ts';
import { Client, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Who is known at the provider; the login is the account's name. */
const people: { [login: string]: { name: string; groups: string[] } } = {
  wang: { name: '王一', groups: ['reviewers', 'unknown'] },
  zhao: { name: '赵二', groups: ['admins', 'reviewers'] },
  li: { name: '李三', groups: ['guests'] },
};

let provider: Server;
let issuer = '';
let running: Running;
beforeAll(async () => {
  provider = createServer();
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  running = await testServer({
    oidc: {
      ...{ issuer, clientId: 'hall', clientSecret: 'a-secret-of-the-test', scope: 'openid profile', claim: 'groups' },
      ...{ title: '示例统一认证', acr: [], maxAge: null },
      roles: {
        reviewers: [{ role: 'reviewer', projects: ['szmg'] }],
        admins: [{ role: 'admin', projects: null }],
      },
    },
  });
  const made = new Provider(issuer, {
    clients: [
      {
        client_id: 'hall',
        client_secret: 'a-secret-of-the-test',
        redirect_uris: [`${running.url}/api/oidc/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true, methods: ['S256'] },
    claims: { openid: ['sub'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: true } },
  });
  provider.on('request', made.callback());
});
afterAll(async () => {
  await running.close();
  provider.closeAllConnections();
  provider.close();
});

/** Goes through the provider's own pages as a browser does. @returns where it sends the browser back to */
async function through(start: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  const go = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(url, issuer), {
      ...{ redirect: 'manual', headers: cookie ? { cookie } : {} },
      ...(body && { method: 'POST', body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  let answer = await go(start);
  for (let hop = 0; hop < 12; hop += 1) {
    const to = answer.headers.get('location');
    if (to?.startsWith(running.url)) return to;
    if (to) answer = await go(to);
    else {
      const page = await answer.text();
      const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const given = prompt === 'login' ? { prompt, login, password: 'any' } : { prompt };
      answer = await go(action, new URLSearchParams(given));
    }
  }
  throw new Error('the provider never came to an end');
}

const pathOf = (url: string): string => url.slice(running.url.length);
async function logIn(login: string, next = ''): Promise<{ client: Client; answer: Response }> {
  const client = new Client(running.url);
  const start = await client.raw('GET', `/api/oidc/start${next && `?next=${encodeURIComponent(next)}`}`);
  expect(start.status).toBe(303);
  const back = await through(start.headers.get('location') ?? '', login);
  return { client, answer: await client.raw('GET', pathOf(back)) };
}
const session = async (client: Client): Promise<SessionView> =>
  (await client.ask<SessionView>('GET', '/api/session')).body;

describe('the house’s identity provider, a real one', () => {
  test('is asked with PKCE, state and nonce', async () => {
    const start = await new Client(running.url).raw('GET', '/api/oidc/start');
    const url = new URL(start.headers.get('location') ?? '');
    expect(url.origin).toBe(issuer);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ response_type: 'code', client_id: 'hall', code_challenge_method: 'S256' },
      redirect_uri: `${running.url}/api/oidc/callback`,
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(url.searchParams.get(name)?.length, name).toBeGreaterThan(20);
    expect(start.headers.getSetCookie()[0]).toMatch(/certflow-flow=.*HttpOnly.*SameSite=Lax/);
  });

  test('gives roles by its claims, for their projects, without a second factor of ours', async () => {
    const { client, answer } = await logIn('wang');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/desk']);
    expect(await session(client)).toMatchObject({ person: { name: '王一', account: '' }, abilities: ['desk', 'work'] });
    expect((await session(client)).logins.provider).toBe('示例统一认证');
    const account = await running.context.accounts.book.read((await session(client)).person?.id ?? '');
    expect(account).toMatchObject({
      provided: true,
      password: null,
      grants: [{ role: 'reviewer', projects: ['szmg'] }],
    });
  });

  test('the same person is the same account; what the provider says of them counts anew each time', async () => {
    const first = await session((await logIn('wang')).client);
    people.wang = { name: '王一', groups: ['admins'] };
    const { client } = await logIn('wang');
    expect((await session(client)).person?.id).toBe(first.person?.id);
    expect((await session(client)).abilities).toContain('staff');
    people.wang = { name: '王一', groups: ['reviewers'] };
  });

  test('duties are separated whatever the provider says', async () => {
    const { client } = await logIn('zhao');
    expect((await session(client)).abilities).toEqual(['migrate', 'staff']);
    expect((await client.ask('GET', '/api/desk/queue')).status).toBe(403);
  });

  test('somebody without a role is told so on the login page, and is not in', async () => {
    const { client, answer } = await logIn('li');
    expect(answer.headers.get('location')).toBe('/login?trouble=provider-no-role');
    expect((await session(client)).person).toBeNull();
  });

  test('roles that it gives are not changed here, and whoever is disabled here is out', async () => {
    const { client } = await logIn('wang');
    const { id } = (await session(client)).person ?? { id: '' };
    const admin = await new Client(running.url).logIn('admin');
    const list = (await admin.ask<StaffList>('GET', '/api/staff')).body.staff.find((one) => one.id === id);
    expect(list).toMatchObject({ provided: true, state: 'active' });
    const given = await admin.ask('PUT', `/api/staff/${id}/grants`, { grants: [] });
    expect(given).toMatchObject({ status: 409, body: { error: { code: 'staff-provided' } } });
    await admin.ask('POST', `/api/staff/${id}/deeds`, { deed: 'disable' });
    expect((await session(client)).person).toBeNull();
    expect((await logIn('wang')).answer.headers.get('location')).toBe('/login?trouble=provider-no-role');
    await admin.ask('POST', `/api/staff/${id}/deeds`, { deed: 'enable' });
  });

  test('a way back is good once, in the browser that began it, and leads to a page of our own', async () => {
    const client = new Client(running.url);
    const start = await client.raw('GET', '/api/oidc/start?next=//evil.example');
    const back = pathOf(await through(start.headers.get('location') ?? '', 'wang'));
    const stranger = await new Client(running.url).raw('GET', back);
    expect(stranger.headers.get('location')).toBe('/login?trouble=provider-failed');
    const forged = back.replace(/state=[^&]+/, 'state=forged');
    expect((await client.raw('GET', back)).headers.get('location')).toBe('/desk');
    expect((await client.raw('GET', back)).headers.get('location')).toBe('/login?trouble=provider-failed');
    const other = new Client(running.url);
    await other.raw('GET', '/api/oidc/start');
    expect((await other.raw('GET', forged)).headers.get('location')).toBe('/login?trouble=provider-failed');
    expect((await logIn('wang', '/desk?view=all')).answer.headers.get('location')).toBe('/desk?view=all');
  });

  test('one that cannot be reached is told, and the hall goes on', async () => {
    const lonely = await testServer({
      oidc: { ...running.context.config.oidc!, issuer: 'http://127.0.0.1:9' },
    });
    try {
      const answer = await new Client(lonely.url).ask('GET', '/api/oidc/start');
      expect(answer).toMatchObject({ status: 503, body: { error: { code: 'provider-failed' } } });
      await new Client(lonely.url).logIn('applicant');
    } finally {
      await lonely.close();
    }
  });
});
