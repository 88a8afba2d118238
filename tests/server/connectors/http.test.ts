import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Files } from '../../../engine/model/definition.ts';
import { createClock } from '../../../server/clock.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { atCheck } from '../../support/filling.ts';
import { DEFINITIONS, eventually, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A provider that no program of ours knows. It answers as the test says and remembers what it was asked. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly [name: string]: unknown };
}
let provider: Server;
let base = '';
let asked: Asked[] = [];
let answer: (asked: Asked) => { status: number; body?: unknown } | 'hang' = () => ({ status: 500 });

beforeAll(async () => {
  provider = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const one = { method: req.method!, path: req.url!, headers: req.headers, body: text ? JSON.parse(text) : {} };
      asked.push(one);
      const said = answer(one);
      if (said === 'hang') return;
      res.writeHead(said.status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(said.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(() => {
  provider.closeAllConnections();
  provider.close();
});

/** What an integrator writes: the contract as it ships, and instead of the sample below it how this provider keeps it. */
const spoken = (): string => `
http:
  base: ${base}/v2
  timeout: 2 seconds
  authorization:
    bearer: PEOPLE_TOKEN
    time: { header: X-Time, unit: seconds }
    hmac: { secret: PEOPLE_KEY, header: X-Sign, over: "{method}\\n{path}\\n{time}\\n{body}" }
  operations:
    verifyPerson:
      send:
        method: POST
        path: "/people/{input.mobile}/checks"
        query: { project: request.project }
        headers: { X-Request-Id: request.reference }
        body: { person: { name: input.name, number: input.number }, notify: request.callback, id: request.reference }
        answer: { type: object, required: [code], properties: { code: { type: string }, differs: { type: string, enum: [name, number, mobile] } } }
        results:
          - { if: "answer.code == '0'", outcome: MATCH }
          - { if: "answer.code == '1' && has(answer.differs)", outcome: MISMATCH, data: { what: answer.differs } }
          - { status: [404], outcome: NO_RECORD }
          - { status: [202], pending: true }
      ask:
        method: GET
        path: "/checks/{request.reference}"
        answer: { type: object, properties: { state: { type: string } } }
        results:
          - { if: "answer.state == 'done'", outcome: MATCH }
          - { if: "answer.state == 'running'", pending: true }
          - { status: [404], absent: true }
  callback:
    hmac: { secret: PEOPLE_KEY, header: X-Sign, over: "{path}.{time}.{body}" }
    time: { header: X-Time, unit: seconds, within: 5 minutes }
    body: { type: object, required: [id, result], properties: { id: { type: string }, result: { type: string }, differs: { type: string, enum: [name, number, mobile] } } }
    reference: body.id
    results:
      - { if: "body.result == 'same'", outcome: MATCH }
      - { if: "body.result == 'other' && has(body.differs)", outcome: MISMATCH, data: { what: body.differs } }
    reply: { text: ok }
`;

const key = 'a key of the provider';
const file = 'workflows/connectors/telecom.connector.yaml';
const start = Date.parse('2026-11-23T01:00:00Z');
let running: Running | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

async function serve(hosts: { readonly private?: boolean; readonly token?: boolean } = {}) {
  asked = [];
  const shipped = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  const [contract] = shipped[file]!.split(/^# An aggregator/m);
  const files: Files = { ...shipped, [file]: contract! + spoken() };
  const clock = createClock(0, () => start);
  running = await testServer(
    {
      outside: {
        hosts: ['api.example.com'],
        privateHosts: hosts.private === false ? [] : [new URL(base).host],
        publicUrl: 'https://hall.example.com',
        env: {
          CERTFLOW_SECRET_PEOPLE_KEY: key,
          ...(hosts.token === false ? {} : { CERTFLOW_SECRET_PEOPLE_TOKEN: 'a-secret-token' }),
        },
      },
    },
    { files, clock },
  );
  return { server: running, clock };
}

const stateOf = async (server: Running, id: string) => (await server.context.cases.read(id)).document;
const activeOf = async (server: Running, id: string) => (await stateOf(server, id)).state.active[0] ?? '';
const leaves = (server: Running, id: string) =>
  eventually(async () => {
    const active = await activeOf(server, id);
    return active.endsWith('.check') || active.endsWith('.checking') ? null : active;
  }, 'another state');

const isPending = (server: Running, id: string) =>
  eventually(async () => (await stateOf(server, id)).outbox[0]?.pendingSince !== undefined, 'pending');

/** The provider's own message, signed as its file says. */
async function callBack(server: Running, body: object, how: { key?: string; time?: number; sent?: string } = {}) {
  const path = '/connectors/telecom/callback';
  const text = JSON.stringify(body);
  const time = String(Math.floor((how.time ?? Date.now()) / 1000));
  const sign = createHmac('sha256', how.key ?? key)
    .update(`${path}.${time}.${text}`)
    .digest('hex');
  const sent = how.sent ?? text;
  const response = await fetch(server.url + path, {
    method: 'POST',
    body: sent,
    headers: { 'x-time': time, 'x-sign': sign, 'content-type': 'application/json' },
  });
  return { status: response.status, text: await response.text() };
}

test('a provider is added by its file alone: mapping, secrets, signature, outcome', async () => {
  const { server } = await serve();
  answer = () => ({ status: 200, body: { code: '0' } });
  const { id } = await atCheck(server);
  expect(await leaves(server, id)).toContain('order');
  const [one] = asked;
  expect(asked).toHaveLength(1);
  expect(one?.method).toBe('POST');
  expect(one?.path).toMatch(/^\/v2\/people\/1\d{10}\/checks\?project=szmg$/);
  expect(one?.body).toEqual({
    person: { name: expect.any(String), number: expect.stringMatching(/^\d{17}[\dX]$/) },
    notify: 'https://hall.example.com/connectors/telecom/callback',
    id: one?.headers['x-request-id'],
  });
  expect(one?.headers.authorization).toBe('Bearer a-secret-token');
  const text = `POST\n${one?.path}\n${one?.headers['x-time']}\n${JSON.stringify(one?.body)}`;
  expect(one?.headers['x-sign']).toBe(createHmac('sha256', key).update(text).digest('hex'));
  const document = JSON.stringify(await stateOf(server, id));
  expect(document).not.toContain('a-secret-token');
  expect(document).not.toContain(key);
});

test('an outcome with its data, by the status and the body of the answer', async () => {
  const { server } = await serve();
  answer = () => ({ status: 200, body: { code: '1', differs: 'mobile' } });
  const { id } = await atCheck(server);
  await leaves(server, id);
  const { journal } = await stateOf(server, id);
  expect(journal.some(({ what }) => what.startsWith('outcome:') && what.endsWith(':MISMATCH'))).toBe(true);
});

test('what was taken is told by a signed message, once; forged, replayed and changed messages are refused and noted', async () => {
  const { server } = await serve();
  answer = ({ method }) => (method === 'POST' ? { status: 202 } : { status: 200, body: { state: 'running' } });
  const { id } = await atCheck(server);
  await isPending(server, id);
  const reference = String(asked[0]?.body.id);
  const same = { id: reference, result: 'same' };
  expect((await callBack(server, same, { key: 'another' })).status).toBe(401);
  expect((await callBack(server, same, { time: Date.now() - 301_000 })).status).toBe(401);
  expect((await callBack(server, same, { sent: JSON.stringify({ ...same, result: 'other' }) })).status).toBe(401);
  expect((await callBack(server, { ...same, id: 'f'.repeat(28) })).status).toBe(404);
  expect((await callBack(server, { ...same, result: 'perhaps' })).status).toBe(422);
  expect(await activeOf(server, id)).toMatch(/check/);

  expect(await callBack(server, same)).toEqual({ status: 200, text: 'ok' });
  expect(await leaves(server, id)).toContain('order');
  const { revision } = (await stateOf(server, id)).state;
  expect((await callBack(server, same)).status).toBe(200);
  expect((await callBack(server, { id: reference, result: 'other', differs: 'name' })).status).toBe(200);
  const after = await stateOf(server, id);
  expect(after.state.active[0]).toContain('order');
  expect(after.state.revision).toBe(revision);
  expect(server.context.outside.refusals.counts()).toEqual({
    'telecom.signature': 2,
    'telecom.replay': 1,
    'telecom.orphan': 1,
    'telecom.shape': 1,
  });
});

test('an answer that was lost is asked for before anything is sent again', async () => {
  const { server, clock } = await serve();
  let arrived = false;
  answer = ({ method }) => {
    if (method === 'POST' && !arrived) {
      arrived = true;
      return { status: 502 };
    }
    return method === 'POST' ? { status: 500 } : { status: 200, body: { state: 'done' } };
  };
  const { id } = await atCheck(server);
  await eventually(() => Promise.resolve(asked.length > 0 || null), 'asked');
  await server.context.jobs.advance(2_000);
  void clock;
  expect(await leaves(server, id)).toContain('order');
  expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET']);
  expect(asked[1]?.path).toBe(`/v2/checks/${asked[0]?.body.id}`);
});

test('a pending request is asked for until it is known', async () => {
  const { server } = await serve();
  let state = 'running';
  answer = ({ method }) => (method === 'POST' ? { status: 202 } : { status: 200, body: { state } });
  const { id } = await atCheck(server);
  await isPending(server, id);
  await server.context.jobs.advance(5_000);
  expect(await activeOf(server, id)).toMatch(/check/);
  state = 'done';
  await server.context.jobs.advance(15_000);
  expect(await leaves(server, id)).toContain('order');
});

test('a host that is not allowed and a secret that is missing are not asked; the case goes on without an answer', async () => {
  const lacking = await serve({ token: false });
  answer = () => ({ status: 200, body: { code: '0' } });
  const { id } = await atCheck(lacking.server);
  await lacking.server.context.jobs.idle();
  await lacking.server.context.jobs.advance(120_000);
  expect(asked).toEqual([]);
  expect((await stateOf(lacking.server, id)).journal.some(({ what }) => what.endsWith(':UNAVAILABLE'))).toBe(true);
  await lacking.server.close();

  const closed = await serve({ private: false });
  const { id: other } = await atCheck(closed.server);
  await closed.server.context.jobs.advance(120_000);
  expect(asked).toEqual([]);
  expect((await stateOf(closed.server, other)).journal.some(({ what }) => what.endsWith(':UNAVAILABLE'))).toBe(true);
});
