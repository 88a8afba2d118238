import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { routes } from '../../../server/http/routes/index.ts';
import type { Running } from '../../../server/server.ts';
import { runs } from '../../support/runs.ts';
import { Client, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

/** Whatever is sent to whichever route, by whomever: an answer below 500 in time, and the server goes on. */
let running: Running;
let id = '';
const people: Client[] = [];
beforeAll(async () => {
  running = await testServer();
  for (const account of ['applicant', 'reviewer', 'admin', 'tester'])
    people.push(await new Client(running.url).logIn(account));
  const { body } = await people[0]!.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
  id = body.id;
});
afterAll(() => running.close());

const nasty = [
  '',
  '.',
  '..',
  '%2e%2e%2f',
  '%00',
  '%E0%A4%A',
  '__proto__',
  'constructor',
  'toString',
  "'",
  '*',
  '/etc/passwd',
  'x'.repeat(3_000),
  '-1',
  '0',
  'NaN',
  '1e999',
  '字',
  '\u202e',
];
const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 20, unit: 'binary' }));
const names = [
  'project',
  'event',
  'revision',
  'request',
  'forms',
  'data',
  'account',
  'password',
  'name',
  'newPassword',
];
const more = ['path', 'reason', 'yaml', 'base', 'note', 'agreements', 'organization', '__proto__', 'prototype'];
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names, ...more), text), tie('any'), { maxKeys: 5 }),
  ),
})).any;
const body = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(fc.constantFrom(...names, ...more), value, { maxKeys: 6 }).map(json) },
  { weight: 2, arbitrary: value.map(json) },
  { weight: 1, arbitrary: text },
  // Sound at first sight, so that what is behind the shape is reached as well.
  { weight: 3, arbitrary: value.map((forms) => json({ forms: { agreements: forms, nothing: forms } })) },
  {
    weight: 3,
    arbitrary: fc.tuple(text, value).map(([event, data]) => json({ event, data, revision: 1, request: 'r' })),
  },
  { weight: 2, arbitrary: text.map((yaml) => json({ yaml, base: 'f'.repeat(64), note: yaml })) },
);
/** Half characters are no text that can be sent. */
const whole = (given: string): string => Buffer.from(given).toString();
function json(given: unknown): string {
  return JSON.stringify(given) ?? '';
}

const types = [
  'application/json',
  'application/json; charset=utf-7',
  'multipart/form-data; boundary=x',
  'text/plain',
  '',
];

/** Places of a path: the case that there is, or anything. */
function address(path: string, given: readonly string[], known: boolean): string {
  let at = 0;
  return path.replace(/:(\w+)/g, (_, name: string) => {
    at += 1;
    if (known && path.startsWith('/api/cases/:id') && name === 'id') return id;
    if (known && path.startsWith('/api/studio/projects/:id') && name === 'id') return 'szmg';
    const part = given[at % given.length] ?? '';
    return /^%|^[\w.-]*$/.test(part) ? part : encodeURIComponent(whole(part));
  });
}

describe('requests of any kind', () => {
  test('are answered without a fault of the server', async () => {
    const one = fc.record({
      route: fc.constantFrom(...routes.filter(({ path }) => !path.endsWith('/stream'))),
      who: fc.nat(4),
      parts: fc.array(text, { minLength: 1, maxLength: 3 }),
      known: fc.boolean(),
      query: fc.dictionary(fc.constantFrom('q', 'under', 'page', 'view', 'number', 'status', 'from', 'to'), text),
      type: fc.oneof(
        { weight: 6, arbitrary: fc.constant(types[0]!) },
        { weight: 1, arbitrary: fc.constantFrom(...types) },
      ),
      body,
    });
    await fc.assert(
      fc.asyncProperty(one, async ({ route, who, parts, known, query, type, body }) => {
        // Logging in and out, and new passwords, would end the sessions of the others.
        const client = /session|account/.test(route.path) ? new Client(running.url) : people[who];
        const asked = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, whole(v)]));
        const path = `${address(route.path, parts, known)}?${asked}`;
        const method = route.method.toUpperCase();
        const answer = await (client ?? new Client(running.url)).raw(method, path, {
          headers: type === '' ? {} : { 'content-type': type },
          ...(method === 'GET' ? {} : { body: whole(body) }),
          signal: AbortSignal.timeout(20_000),
        });
        const said = await answer.text();
        expect(answer.status, `${method} ${path.slice(0, 200)} ${said.slice(0, 300)}`).toBeLessThan(500);
        // A refusal says what is wrong, and nothing of the inside.
        if (answer.status >= 400 && answer.headers.get('content-type')?.includes('json'))
          expect(JSON.parse(said)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
        expect(said).not.toMatch(/node_modules|at \w+ \(|\.ts:\d+/);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      runs(400),
    );
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    const seen = await people[0]!.view(id);
    expect(seen.id).toBe(id);
  });

  test('broken off, too slow, or no HTTP at all: others are served on', async () => {
    const { hostname, port } = new URL(running.url);
    const raw = (bytes: string | Buffer) =>
      new Promise<void>((done) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(bytes);
          setTimeout(() => socket.destroy(), 30);
        });
        socket.on('error', () => undefined);
        socket.on('close', () => done());
      });
    const head = `Host: ${hostname}:${port}\r\nOrigin: ${running.url}\r\n`;
    await Promise.all([
      ...Array.from({ length: 20 }, () => raw(randomBytes(200))),
      raw('GET / HTTP/9.9\r\n\r\n'),
      raw(`POST /api/cases HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"a`),
      raw(`POST /api/cases HTTP/1.1\r\n${head}Content-Length: -5\r\n\r\n`),
      raw(`GET /api/session HTTP/1.1\r\n${head}Cookie: ${'a=b; '.repeat(5_000)}\r\n\r\n`),
      raw(`GET /${'%'.repeat(5_000)} HTTP/1.1\r\n${head}\r\n`),
      raw(`GET /api/cases/${id}/stream HTTP/1.1\r\n${head}\r\n`),
    ]);
    // A file that stops in the middle of its upload.
    await new Promise<void>((done) => {
      const upload = request(
        `${running.url}/api/cases/${id}/files`,
        { method: 'POST', headers: { origin: running.url, 'content-type': 'multipart/form-data; boundary=x' } },
        (answer) => answer.resume(),
      );
      upload.on('error', () => undefined);
      upload.on('close', () => done());
      upload.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc');
      setTimeout(() => upload.destroy(), 50);
    });
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect((await people[0]!.ask('GET', '/api/cases')).status).toBe(200);
  });
});
