import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { routes } from '../../../server/http/routes/index.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { isOnPostgres } from '../../support/hall-store.ts';
import { Client, eventually, mineOf, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TOKEN = 'a-token-of-a-test-with-enough-letters';
/** Of people who do not exist; nobody else has them. */
const CANARIES = ['金丝雀甲', 'canary-metrics-4411', '13900004411', 'canary4411@canary.example'];

let running: Running;
beforeAll(async () => {
  running = await testServer({ metricsToken: TOKEN });
});
afterAll(() => running.close());

const scrape = (of: Running = running, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  fetch(`${of.url}/metrics`, { headers });
const page = async (): Promise<string> => (await scrape()).text();

/** The samples of a metric, by their labels as they are written. */
function samples(text: string, name: string): { readonly [labels: string]: number } {
  const lines = text.split('\n').flatMap((line) => {
    const [, found, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    return found === name ? [[labels, Number(value)] as const] : [];
  });
  return Object.fromEntries(lines);
}
const sum = (of: { readonly [labels: string]: number }): number => Object.values(of).reduce((a, b) => a + b, 0);

describe('who may read the figures', () => {
  test('only whoever has the token; being logged in gives nothing', async () => {
    expect((await scrape()).status).toBe(200);
    expect((await scrape(running, {})).status).toBe(401);
    for (const wrong of ['Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, TOKEN, `Basic ${TOKEN}`])
      expect((await scrape(running, { authorization: wrong })).status, wrong).toBe(401);
    const operations = await new Client(running.url).logIn('operations');
    expect((await operations.raw('GET', '/metrics')).status).toBe(401);
  });

  test('without a token: this machine in development, unless somebody stands in between; nobody in production', async () => {
    const open = await testServer();
    try {
      expect((await scrape(open, {})).status).toBe(200);
      for (const head of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
        expect((await scrape(open, { [head]: '203.0.113.9' })).status, head).toBe(404);
    } finally {
      await open.close();
    }
    const shut = await testServer({ development: false });
    try {
      expect((await scrape(shut, {})).status).toBe(404);
      expect((await scrape(shut, { authorization: 'Bearer null' })).status).toBe(404);
    } finally {
      await shut.close();
    }
  });
});

describe('what is counted', () => {
  test('requests by the pattern of their route and their status; time', async () => {
    const client = await new Client(running.url).logIn('applicant');
    const { id } = (await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body;
    await client.view(id);
    await client.ask('GET', '/api/cases/nothing-of-that-name-4411');
    await client.ask('GET', '/api/canary-metrics-4411');
    await client.ask('GET', '/canary-metrics-4411');
    const text = await page();
    const counted = samples(text, 'certflow_http_requests_total');
    expect(counted['method="GET",route="/api/cases/:id",status="200"']).toBe(1);
    expect(counted['method="GET",route="/api/cases/:id",status="404"']).toBe(1);
    expect(counted['method="GET",route="/api/?",status="404"']).toBe(1);
    expect(samples(text, 'certflow_http_request_seconds_count')['method="GET",route="/api/cases/:id"']).toBe(2);
    const known = new Set([...routes.map(({ path }) => path), '/api/?', 'page']);
    for (const labels of Object.keys(counted))
      expect(known.has(/route="([^"]*)"/.exec(labels)?.[1] ?? ''), labels).toBe(true);
  });

  test('steps by kind and outcome, and their time; writes and what the disk needed', async () => {
    const client = await new Client(running.url).logIn('applicant2');
    const before = await page();
    const { id } = (await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body;
    const { revision } = await client.view(id);
    const refused = await client.ask('POST', `/api/cases/${id}/events`, {
      ...{ event: 'NEXT', revision, task: mineOf(await client.view(id))?.state },
    });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await press(running, client, id, 'NEXT');
    const after = await page();
    const more = (name: string, labels: string): number =>
      (samples(after, name)[labels] ?? 0) - (samples(before, name)[labels] ?? 0);
    expect(more('certflow_steps_total', 'kind="start",outcome="applied"')).toBe(1);
    expect(more('certflow_steps_total', 'kind="event",outcome="applied"')).toBe(1);
    expect(more('certflow_step_seconds_count', 'kind="event"')).toBeGreaterThanOrEqual(1);
    expect(more('certflow_store_writes_total', 'what="case",outcome="durable"')).toBeGreaterThanOrEqual(2);
    // A database has the disk, not we.
    if (isOnPostgres) return;
    expect(more('certflow_store_fsync_seconds_count', 'what="file"')).toBeGreaterThanOrEqual(2);
    expect(more('certflow_store_fsync_seconds_count', 'what="folder"')).toBeGreaterThanOrEqual(2);
  });

  test('what is so at this moment: cases, sessions, the store, the event loop, memory', async () => {
    const text = await page();
    const one = (name: string, labels = ''): number | undefined => samples(text, name)[labels];
    expect(one('certflow_cases')).toBe((await running.context.cases.lists.count()).cases);
    // A count is good for some seconds: the first was made before anybody had come in.
    await eventually(
      async () => (samples(await page(), 'certflow_sessions')['kind="person"'] ?? 0) >= 2,
      'the sessions are counted',
    );
    expect(one('certflow_store_writable')).toBe(1);
    expect(one('certflow_store_damaged_documents')).toBe(0);
    expect(one('certflow_index_rebuilding')).toBe(0);
    expect(one('certflow_dead_letters', 'kind="call"')).toBe(0);
    expect(one('certflow_timers_late_seconds')).toBe(0);
    expect(one('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(one('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    expect(sum(samples(text, 'certflow_build_info'))).toBe(1);
  });

  test('every sample has help and type, as the text format wants', async () => {
    const answer = await scrape();
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    const declared = new Set([...text.matchAll(/^# TYPE (\w+) \w+$/gm)].map(([, name]) => name));
    for (const line of text.split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      expect(line).toMatch(/^[a-zA-Z_:][\w:]*(\{[^{}]*\})? (-?[\d.e+-]+|NaN|Nan|[+-]Inf)$/);
      const name = /^[\w:]+/.exec(line)?.[0] ?? '';
      expect(declared.has(name) || declared.has(name.replace(/_(bucket|sum|count)$/, '')), name).toBe(true);
    }
  });
});

test('no label holds an id, an address, or anything that somebody typed', async () => {
  const owner = new Client(running.url);
  const [name = '', account = '', mobile = '', mail = ''] = CANARIES;
  await owner.ask('POST', '/api/accounts', { account, password: 'canary password 4411', name });
  const { id } = (await owner.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body;
  await owner.ask('PATCH', `/api/cases/${id}/draft`, { forms: { organization: { name, mobile, mail } } });
  for (const hostile of [name, account, mobile, mail, id]) {
    const part = encodeURIComponent(hostile);
    for (const path of [`/api/${part}`, `/${part}`, `/api/cases/${part}`, `/api/cases/${part}/draft?q=${part}`])
      await owner.ask('GET', path);
    await owner.raw('GET', '/api/hall', { headers: { traceparent: part, 'x-canary': part } });
    await owner.ask('POST', `/api/links/${part}`, {});
    await owner.ask('POST', '/api/session', { account: hostile, password: hostile });
  }
  const { number, owner: person } = (await running.context.cases.read(id)).document.state;
  const text = await page();
  for (const canary of [...CANARIES, id, number, person, TOKEN])
    expect(text.includes(canary) || text.includes(encodeURIComponent(canary)), canary).toBe(false);
  // What is longer than any word is an id.
  for (const [, value] of text.matchAll(/="([^"]*)"/g)) expect(value).not.toMatch(/[0-9a-f]{16,}|\d{11,}/);
});
