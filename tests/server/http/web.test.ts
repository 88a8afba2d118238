import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createListener } from '../../../server/http/listener.ts';
import { routes } from '../../../server/http/routes/index.ts';
import type { Running } from '../../../server/server.ts';
import { testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
beforeAll(async () => {
  running = await testServer({ development: false, sandbox: false });
});
afterAll(() => running.close());

const ask = (path: string, init: RequestInit = {}) =>
  fetch(running.url + path, { redirect: 'manual', ...init, headers: { origin: running.url, ...init.headers } });
const json = { 'content-type': 'application/json' };
const register = (account: string) =>
  ask('/api/accounts', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ account, password: 'a good phrase', name: '张三' }),
  });
const some = [
  '/',
  '/login',
  '/api/session',
  '/api/nothing',
  '/api/cases',
  '/assets/none.js',
  '/healthz',
  '/callbacks/x',
];

describe('behind TLS', () => {
  test('every answer tells browsers to come by https for a year, errors and files too; a development server never does', async () => {
    for (const path of some) {
      const answer = await ask(path);
      expect(answer.headers.get('strict-transport-security'), path).toBe('max-age=31536000; includeSubDomains');
    }
    const development = await testServer();
    expect((await fetch(`${development.url}/api/session`)).headers.get('strict-transport-security')).toBeNull();
    await development.close();
  });

  test('cookies are bound to this very host, to https, kept from scripts and from other sites', async () => {
    const [cookie = ''] = (await register('cookie1')).headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-certflow=[A-Za-z0-9_-]{43};/);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part);
    expect(cookie).not.toMatch(/Domain=/i);
    // A cookie that a neighbour planted for the whole domain has another name and is none.
    const token = /=([^;]+)/.exec(cookie)?.[1];
    expect((await ask('/api/cases', { headers: { cookie: `certflow=${token}` } })).status).toBe(401);
    expect((await ask('/api/cases', { headers: { cookie: `__Host-certflow=${token}` } })).status).toBe(200);
  });

  test('after logging out the cache is emptied and the token is worth nothing', async () => {
    const [cookie = ''] = (await register('cookie2')).headers.getSetCookie();
    const headers = { ...json, cookie: cookie.split(';')[0] ?? '' };
    const out = await ask('/api/session', { method: 'DELETE', headers, body: '{}' });
    expect(out.headers.get('clear-site-data')).toContain('"cache"');
    expect(out.headers.getSetCookie()[0]).toMatch(/^__Host-certflow=;.*Expires=Thu, 01 Jan 1970/);
    expect((await ask('/api/cases', { headers })).status).toBe(401);
  });
});

describe('what a browser may do with an answer', () => {
  test('no frame of anybody else, no guessing of types, no script from elsewhere, nothing told to where it goes next', async () => {
    for (const path of some.filter((one) => !one.startsWith('/callbacks'))) {
      const { headers } = await ask(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).toContain("base-uri 'none'");
      expect(policy, path).toContain("object-src 'none'");
      expect(policy, path).toMatch(/script-src 'self'(;|$)/);
      expect(policy, path).not.toMatch(/unsafe-(inline|eval)|https?:|\*/);
      expect(headers.get('x-frame-options'), path).toBe('DENY');
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
    }
  });

  test('no other origin reads anything, with or without asking first', async () => {
    for (const { method, path } of routes) {
      const headers = { origin: 'https://evil.example', 'access-control-request-method': method.toUpperCase() };
      for (const how of ['OPTIONS', ...(method === 'get' && !path.includes('stream') ? ['GET'] : [])]) {
        const answer = await ask(path.replaceAll(/:\w+/g, 'x'), { method: how, headers });
        await answer.body?.cancel();
        const allowed = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
        expect(allowed, `${how} ${path}`).toEqual([]);
      }
    }
  });

  test('every answer with a body says what it is, texts with their charset', async () => {
    for (const path of some) {
      const answer = await ask(path);
      const [type, body] = [answer.headers.get('content-type') ?? '', await answer.text()];
      if (body !== '') expect(type, path).toMatch(/^(application\/json|text\/(html|plain)); charset=utf-8$/i);
    }
  });

  test('nobody is led away: no address of a request becomes the address of an answer', async () => {
    const away = ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'];
    for (const { method, path } of routes) {
      if (method !== 'get' || path.includes('stream')) continue;
      for (const to of away) {
        const names = ['next', 'from', 'url', 'redirect', 'return', 'to'];
        const query = names.map((name) => `${name}=${encodeURIComponent(to)}`).join('&');
        const answer = await ask(`${path.replaceAll(/:\w+/g, 'x')}?${query}`);
        await answer.body?.cancel();
        expect(answer.headers.get('location') ?? '/', `${path} ${to}`).toMatch(/^\/(?![/\\])/);
      }
    }
    for (const path of ['//evil.example', '/%2f%2fevil.example', '/\\evil.example'])
      expect((await ask(path)).headers.get('location')).toBeNull();
  });
});

describe('slow and greedy senders', () => {
  test('whoever sends a letter now and then is cut off, and others are answered meanwhile', async () => {
    const server = createListener((_request, response) => response.end('here'), {
      headers: 300,
      request: 600,
      look: 50,
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const drip = (bytes: string) =>
      new Promise<{ ms: number; answer: string }>((done) => {
        const began = Date.now();
        let answer = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
        const timer = setInterval(() => socket.write('a'), 40);
        socket.on('data', (part) => {
          answer += part;
        });
        socket.on('error', () => undefined);
        socket.on('close', () => {
          clearInterval(timer);
          done({ ms: Date.now() - began, answer });
        });
      });
    const slow = [
      drip('GET / HTTP/1.1\r\nHost: x\r\nX-A: '),
      drip('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\nX-A: '),
    ];
    const began = Date.now();
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
    expect(Date.now() - began).toBeLessThan(5_000);
    for (const { ms, answer } of await Promise.all(slow)) {
      expect(answer).toContain('408');
      expect(ms).toBeLessThan(10_000);
    }
    server.closeAllConnections();
    server.close();
  });

  test('the server uses it, with times that a bad phone line lives with', () => {
    const server = createListener(() => undefined);
    expect([server.headersTimeout, server.requestTimeout]).toEqual([20_000, 120_000]);
    expect(server.maxHeadersCount).toBeLessThanOrEqual(100);
    expect(createServer().headersTimeout).toBeGreaterThan(server.headersTimeout);
  });
});
