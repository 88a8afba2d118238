import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { PortalList } from '../../../engine/contract/portals.ts';
import type { LetterView } from '../../../engine/contract/routes.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { portalOperations, portalSchemas } from '../../../server/portal/openapi.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { Client, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const MINUTE = 60_000;

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

let running: Running;
let receiver: Server;
let received: Received[] = [];
let answer = 200;
let url = '';
let operations: Client;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/hook`;
  running = await testServer({
    outside: { hosts: ['status.example.com'], privateHosts: [`127.0.0.1:${port}`], publicUrl: '', env: {} },
  });
  operations = await new Client(running.url).logIn('operations');
});
afterAll(async () => {
  await running.close();
  receiver.close();
});
beforeEach(() => {
  received = [];
  answer = 200;
});

const manage = <T>(method: string, path: string, body: object = {}) =>
  operations.ask<T & PortalList>(method, `/api/portals${path}`, method === 'GET' ? undefined : body);
const asked = async (path: string, key?: string) => {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(`${running.url}/api/portal/v1${path}`, { headers });
  return { status: response.status, body: (await response.json()) as JsonObject };
};
async function newPortal(id: string, projects = ['district-archive']): Promise<{ key: string; secret: string }> {
  expect((await manage('POST', '', { id, title: '采购门户', projects })).status).toBe(200);
  const { key } = (await manage<{ key: string }>('POST', `/${id}/keys`)).body;
  const { secret } = (await manage<{ secret: string }>('POST', `/${id}/secrets`)).body;
  expect((await manage('PATCH', `/${id}`, { url })).status).toBe(200);
  return { key, secret };
}
async function newCase(): Promise<{ id: string; client: Client; number: string }> {
  const client = await new Client(running.url).logIn('applicant');
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'district-archive' });
  return { id: body.id, client, number: (await client.view(body.id)).number };
}

test('the OpenAPI document is valid, made of the routes, and what is answered is as it says', async () => {
  const { body } = await asked('/openapi.json');
  const result = await new Validator().validate(structuredClone(body));
  expect(result).toEqual({ valid: true });
  expect(Object.keys(body.paths as JsonObject)).toEqual(portalOperations.map(({ path }) => path));

  const ajv = new Ajv2020({ strict: false });
  ajv.addFormat('date-time', { validate: (text: string) => new Date(text).toISOString() === text });
  ajv.addSchema({ $id: 'doc', components: { schemas: portalSchemas } });
  const { key } = await newPortal('schema-portal');
  const { number } = await newCase();
  const one = await asked(`/cases/${number}`, key);
  const many = await asked('/cases?since=2020-01-01T00:00:00Z', key);
  for (const [name, value] of [
    ['CaseStatus', one.body],
    ['CaseStatusList', many.body],
    ['Error', (await asked(`/cases/${number}`)).body],
  ] as const) {
    const check = ajv.compile({ $ref: `doc#/components/schemas/${name}` });
    expect(check(value), `${name}: ${JSON.stringify(check.errors)}`).toBe(true);
  }
  await manage('PATCH', '/schema-portal', { disabled: true });
});

test('a portal sees the cases of its projects by its key, and nothing of a person', async () => {
  const { key } = await newPortal('reader');
  const { id, client, number } = await newCase();
  await press(running, client, id, 'NEXT');
  await press(running, client, id, 'NEXT', { over: { copyRequest: { holderName: '江东纺织有限公司' } } });
  const spaced = number.replace(/(.{3})/, '$1 ');
  const { status, body } = await asked(`/cases/${encodeURIComponent(spaced)}`, key);
  expect(status).toBe(200);
  expect(body).toMatchObject({ number, project: 'district-archive', phase: 'open', turn: 'applicant' });
  expect(JSON.stringify(body)).not.toContain('江东纺织');
  expect(body).not.toHaveProperty('subject');

  // Without a key, with a wrong one, of another project, of nobody's case.
  expect((await asked(`/cases/${number}`)).status).toBe(401);
  expect((await asked(`/cases/${number}`, 'cfp_wrong')).status).toBe(401);
  const other = await newPortal('stranger', ['szmg']);
  expect((await asked(`/cases/${number}`, other.key)).status).toBe(404);
  expect(((await asked('/cases?since=2020-01-01T00:00:00Z', other.key)).body.cases as []).length).toBe(0);
  expect((await asked('/cases/00000000000000000', key)).status).toBe(404);
  expect((await asked('/cases?since=yesterday', key)).status).toBe(400);
  // A session opens nothing here, and a key opens nothing else.
  expect((await operations.ask('GET', `/api/portal/v1/cases/${number}`)).status).toBe(401);
  const desk = await fetch(`${running.url}/api/desk/queue`, { headers: { authorization: `Bearer ${key}` } });
  expect(desk.status).toBe(401);

  // Two keys at a time; one that is revoked is nobody's.
  const second = (await manage<{ key: string }>('POST', '/reader/keys')).body;
  expect((await asked(`/cases/${number}`, second.key)).status).toBe(200);
  const [, first] = second.portals.find((portal) => portal.id === 'reader')!.keys;
  await manage('PATCH', '/reader', { revoke: first!.id });
  expect((await asked(`/cases/${number}`, key)).status).toBe(401);
  expect((await asked(`/cases/${number}`, second.key)).status).toBe(200);
  for (const id of ['reader', 'stranger']) await manage('PATCH', `/${id}`, { disabled: true });
  expect((await asked(`/cases/${number}`, second.key)).status).toBe(401);
});

test('an address inside the house, without encryption or of a host that is not allowed is refused', async () => {
  await newPortal('careful');
  for (const wrong of [
    'https://10.0.0.1/x',
    'https://127.0.0.1/x',
    'http://status.example.com/x',
    'https://evil.example.com/x',
    'file:///etc/passwd',
    'x',
  ])
    expect((await manage('PATCH', '/careful', { url: wrong })).status, wrong).toBe(400);
  expect((await manage('PATCH', '/careful', { url: 'https://status.example.com/x' })).status).toBe(200);
  await manage('PATCH', '/careful', { disabled: true });
  const applicant = await new Client(running.url).logIn('applicant');
  expect((await applicant.ask('GET', '/api/portals')).status).toBe(403);
});

test('a change is told once it is committed, signed, under the same id until it is taken', async () => {
  const { secret } = await newPortal('told');
  const { id, client, number } = await newCase();
  // A draft stays a draft: a portal is told of nothing.
  await press(running, client, id, 'NEXT');
  await running.context.jobs.idle();
  expect(received).toEqual([]);
  answer = 500;
  await press(running, client, id, 'WITHDRAW');
  await running.context.jobs.idle();
  expect(received).toHaveLength(1);
  answer = 204;
  await running.context.jobs.advance(MINUTE);
  expect(received).toHaveLength(2);
  const [first, again] = received as [Received, Received];
  expect(again.headers['webhook-id']).toBe(first.headers['webhook-id']);
  expect(again.body).toBe(first.body);
  const message = new Webhook(secret).verify(again.body, again.headers) as { type: string; data: JsonObject };
  expect(message).toMatchObject({ type: 'case.status_changed', data: { number, phase: 'ended', turn: 'none' } });
  expect(() => new Webhook(secret).verify(again.body.replace('ended', 'done'), again.headers)).toThrow();
  expect(again.body).not.toMatch(/申请人甲|applicant/);
  // Nothing is left to send.
  received = [];
  await running.context.jobs.advance(MINUTE);
  expect(received).toEqual([]);

  // Rotated: both secrets sign for a day, then the new one alone.
  const { secret: next } = (await manage<{ secret: string }>('POST', '/told/secrets')).body;
  const rotating = await newCase();
  await press(running, rotating.client, rotating.id, 'WITHDRAW');
  await running.context.jobs.idle();
  const rotated = received.at(-1)!;
  for (const one of [secret, next]) expect(new Webhook(one).verify(rotated.body, rotated.headers)).toBeTruthy();
  await running.context.jobs.advance(25 * 60 * MINUTE);
  received = [];
  const other = await newCase();
  await press(running, other.client, other.id, 'WITHDRAW');
  await running.context.jobs.idle();
  const later = received.at(-1)!;
  expect(new Webhook(next).verify(later.body, later.headers)).toBeTruthy();
  expect(() => new Webhook(secret).verify(later.body, later.headers)).toThrow();
  await manage('PATCH', '/told', { disabled: true });
});

test('what is never taken becomes a dead letter that operations send again; 410 ends it', async () => {
  await newPortal('down');
  const { id, client } = await newCase();
  answer = 503;
  await press(running, client, id, 'WITHDRAW');
  await running.context.jobs.advance(48 * 60 * MINUTE);
  expect(received).toHaveLength(7);
  // Archive cases are none of operations' business; the letters are read as the server has them.
  const letter = (await running.context.letters.list()).find(({ caseId }) => caseId === id) as LetterView;
  expect(letter).toMatchObject({ kind: 'webhook', name: 'down', status: 'open', reason: 'portal down: answered 503' });
  received = [];
  answer = 410;
  await running.context.letters.replay(letter.key, 'p');
  await running.context.jobs.idle();
  expect(received).toHaveLength(1);
  const { body } = await manage('GET', '');
  expect(body.portals.find((portal) => portal.id === 'down')).toMatchObject({ url: null });
  const other = await newCase();
  await press(running, other.client, other.id, 'WITHDRAW');
  await running.context.jobs.idle();
  expect(received).toHaveLength(1);
});
