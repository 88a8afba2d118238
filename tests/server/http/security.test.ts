import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { routes } from '../../../server/http/routes/index.ts';
import type { Running } from '../../../server/server.ts';
import { fillTask, press } from '../../support/filling.ts';
import { holding, keptBy } from '../../support/hall-store.ts';
import { Client, JPEG, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
let url = '';
beforeAll(async () => {
  running = await testServer({ metricsToken: 'a-token-that-no-test-here-shows' });
  url = running.url;
});
afterAll(() => running.close());

const guest = (): Client => new Client(url);
const person = (account: string): Promise<Client> => guest().logIn(account);

/** A real address for a route: `:id` is a case of `applicant`, other places are filled with what does not matter. */
function addressOf(path: string, id: string): string {
  return path
    .replace('/api/cases/:id', `/api/cases/${id}`)
    .replace('/api/studio/projects/:id', '/api/studio/projects/szmg')
    .replace(':other', id)
    .replace(':hash', 'f'.repeat(64))
    .replace(':file', '0123456789abcdef')
    .replace(':document', 'applicationForm')
    .replace(':source', 'regions')
    .replace(':token', `${'0'.repeat(26)}.${'x'.repeat(32)}`);
}

async function newCase(client: Client, project = 'szmg'): Promise<string> {
  const { status, body } = await client.ask<{ id: string }>('POST', '/api/cases', { project });
  expect(status).toBe(200);
  return body.id;
}

const bodyOf = (method: string): unknown => (method === 'get' ? undefined : {});

describe('who may ask what', () => {
  let id = '';
  beforeAll(async () => {
    id = await newCase(await person('applicant'));
  });

  test('every route but the public ones wants a login', async () => {
    const wanting = routes.filter(({ access }) => access.kind !== 'public');
    expect(wanting.length).toBeGreaterThan(15);
    for (const { method, path, body } of wanting) {
      const call =
        body === 'multipart'
          ? upload(guest(), addressOf(path, id))
          : guest().ask(method.toUpperCase(), addressOf(path, id), bodyOf(method));
      expect((await call).status, `${method} ${path}`).toBe(401);
    }
  });

  test('to everybody whose business it is not, a case does not exist: other applicants and staff without a task in it', async () => {
    const strangers = ['applicant2', 'reviewer', 'finance', 'admin', 'tester', 'archivist'];
    for (const account of strangers) {
      const stranger = await person(account);
      for (const { method, path, access, body } of routes) {
        if (access.kind !== 'case') continue;
        const address = addressOf(path, id);
        const { status, body: answer } =
          body === 'multipart'
            ? await upload(stranger, address)
            : await stranger.ask<{ error: { code: string } }>(
                method.toUpperCase(),
                address,
                (method === 'get' ? undefined : validBody(path)) ?? bodyOf(method),
              );
        expect(status, `${account}: ${method} ${path}`).toBe(404);
        expect((answer as { error: { code: string } }).error.code).toBe('not-found');
      }
      const list = await stranger.ask<{ rows: { id: string }[] }>('GET', '/api/cases');
      expect(list.body.rows.map((row) => row.id)).not.toContain(id);
      if (account.startsWith('applicant')) continue;
      for (const view of ['mine', 'open', 'all']) {
        const queue = await stranger.ask<{ rows: { id: string }[] }>('GET', `/api/desk/queue?view=${view}`);
        expect(
          // Whoever does not work on cases has no queue at all.
          (queue.status === 403 ? [] : queue.body.rows).map((row) => row.id),
          `${account} ${view}`,
        ).not.toContain(id);
      }
    }
  });

  test('an unknown case and somebody else’s look the same', async () => {
    const stranger = await person('applicant2');
    const [theirs, none] = [
      await stranger.ask('GET', `/api/cases/${id}`),
      await stranger.ask('GET', '/api/cases/nope'),
    ];
    expect(theirs).toMatchObject({ status: none.status, body: none.body as object });
  });

  test('a client that claims a role in its request stays what it is', async () => {
    const applicant = await person('applicant');
    const { revision } = await applicant.view(id);
    const { status } = await applicant.ask('POST', `/api/cases/${id}/events`, {
      event: 'APPROVE',
      revision,
      request: 'r1',
      actor: { id: 'x', roles: ['reviewer'] },
      roles: ['reviewer'],
    });
    expect(status).toBe(409);
  });

  test.each(['xstate.init', 'call.main.work.organization.transfer.OK', 'PAY_NOTICE', 'SCANNED', 'ACTIVATED'])(
    'the event %s never comes from a person',
    async (event) => {
      const applicant = await person('applicant');
      const before = await applicant.view(id);
      const { status } = await applicant.ask('POST', `/api/cases/${id}/events`, {
        event,
        data: { amount: 1, agentQr: 'right' },
        revision: before.revision,
        request: `r-${event}`,
      });
      expect([400, 409]).toContain(status);
      expect((await applicant.view(id)).revision).toBe(before.revision);
    },
  );
});

describe('where a request comes from', () => {
  test('every changing route refuses a foreign site, a missing origin, a form and plain text', async () => {
    const applicant = await person('applicant');
    const id = await newCase(applicant);
    const changing = routes.filter(({ method }) => method !== 'get');
    expect(changing.length).toBeGreaterThan(10);
    for (const { method, path } of changing) {
      const address = addressOf(path, id);
      const send = (headers: Record<string, string>) =>
        applicant.raw(method.toUpperCase(), address, { headers, body: '{}' }).then(({ status }) => status);
      const json = { 'content-type': 'application/json' };
      expect(await send({ ...json, origin: 'https://evil.example' }), `${path} foreign`).toBe(403);
      expect(await send({ ...json, origin: 'null' }), `${path} null`).toBe(403);
      expect(await send({ ...json, origin: url, 'sec-fetch-site': 'cross-site' }), `${path} cross-site`).toBe(403);
      expect(await send({ 'content-type': 'text/plain' }), `${path} plain`).toBe(415);
      expect(await send({ 'content-type': 'application/x-www-form-urlencoded' }), `${path} form`).toBe(415);
    }
    const bare = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(bare.status).toBe(403);
  });

  test('GET changes nothing on a route that changes', async () => {
    const applicant = await person('applicant');
    const id = await newCase(applicant);
    for (const { method, path } of routes) {
      if (method === 'get' || routes.some((other) => other.method === 'get' && other.path === path)) continue;
      expect((await applicant.ask('GET', addressOf(path, id))).status, path).toBe(404);
    }
  });
});

describe('headers', () => {
  test('a strict policy on pages and answers, a new nonce every time', async () => {
    const [one, two] = [await fetch(`${url}/login`), await fetch(`${url}/api/session`)];
    const policy = one.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toMatch(/style-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'/);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toBe(two.headers.get('content-security-policy'));
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
    expect(two.headers.get('cache-control')).toBe('no-store');
    expect(one.headers.get('x-powered-by')).toBeNull();
  });

  test('the cookie cannot be read by scripts nor sent by other sites', async () => {
    const answer = await guest().raw('POST', '/api/session', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'applicant', password: 'demo-certflow' }),
    });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
  });

  test('a token from before a login is worth nothing after it, and logging out ends the session', async () => {
    const body = JSON.stringify({ account: 'applicant', password: 'demo-certflow' });
    const logIn = async (cookie: string): Promise<string> => {
      const headers = { 'content-type': 'application/json', origin: url, cookie };
      const answer = await fetch(`${url}/api/session`, { method: 'POST', headers, body });
      return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    };
    const isIn = async (cookie: string): Promise<boolean> =>
      (await fetch(`${url}/api/cases`, { headers: { cookie } })).status === 200;
    const first = await logIn('');
    expect(await isIn(first)).toBe(true);
    const second = await logIn(first);
    expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
    const planted = `certflow=${'A'.repeat(43)}`;
    expect(await logIn(planted)).not.toBe(planted);

    const client = await person('applicant');
    expect((await client.ask('GET', '/api/cases')).status).toBe(200);
    await client.ask('DELETE', '/api/session');
    expect((await client.ask('GET', '/api/cases')).status).toBe(401);
  });
});

describe('bad requests never crash and never half-write', () => {
  test.each([
    ['not JSON', '{'],
    ['an array', '[]'],
    ['a text', '"x"'],
    ['poison', '{"__proto__":{"admin":true},"project":"szmg"}'],
    ['poison inside', '{"project":"szmg","x":{"constructor":{"prototype":{}}}}'],
    ['deep', `{"project":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['wrong types', '{"project":5}'],
    ['nothing', ''],
  ])('%s', async (_name, body) => {
    const applicant = await person('applicant');
    const answer = await applicant.raw('POST', '/api/cases', { headers: { 'content-type': 'application/json' }, body });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { error: { code: string } }).error.code).toBe('request-invalid');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('too large', async () => {
    const applicant = await person('applicant');
    const { status } = await applicant.ask('POST', '/api/cases', { project: 'x'.repeat(2_000_000) });
    expect(status).toBe(413);
  });

  test('an unknown address of the interface is JSON, an unknown page is the page', async () => {
    const answer = await guest().ask<{ error: { code: string } }>('GET', '/api/nothing');
    expect([answer.status, answer.body.error.code]).toEqual([404, 'not-found']);
    expect((await guest().ask('GET', '/api/cases/%E0%A4%A')).status).toBeLessThan(500);
    expect((await guest().ask('GET', '/../../etc/passwd')).status).toBeLessThan(500);
  });
});

describe('personal data', () => {
  const NAME = '金丝雀';
  const ID = '990000199001018887';
  const MOBILE = '13900009999';

  test('a marked number is nowhere on the disk in the clear: not in drafts, cases, files or logs', async () => {
    const applicant = await person('applicant');
    const id = await newCase(applicant);
    await press(running, applicant, id, 'NEXT');
    await press(running, applicant, id, 'NEXT');
    const forms = await fillTask(running, applicant, id, { agent: { name: NAME, idNumber: ID, mobile: MOBILE } });
    expect((await applicant.ask('PATCH', `/api/cases/${id}/draft`, { forms })).status).toBe(200);
    expect(await found(ID)).toEqual([]);
    const sent = await applicant.send(id, 'NEXT', { forms });
    expect(sent.status, JSON.stringify(sent.body.error)).toBe(200);
    expect(await found(ID)).toEqual([]);
    expect(await found(MOBILE)).toEqual([]);
    expect((await running.context.cases.read(id)).document.state.forms.agent?.idNumber).toBe(ID);
  });

  const found = async (text: string) => holding(await keptBy(running.context.config.dataDir), text);
});

async function upload(client: Client, address: string): Promise<{ status: number; body: unknown }> {
  const data = new FormData();
  data.set('form', 'organization');
  data.set('field', 'licence');
  data.set('file', new Blob([JPEG]), 'a.jpg');
  const response = await client.raw('POST', address, { body: data });
  return { status: response.status, body: await response.json() };
}

/** A body that passes the shape of the route, so that only the right to it is asked. */
function validBody(path: string): unknown {
  if (path.endsWith('/draft')) return { forms: { agreements: { service: true } } };
  if (path.endsWith('/events')) return { event: 'NEXT', revision: 1, request: 'r' };
  if (path.endsWith('/unmask')) return { path: 'agent.idNumber', reason: 'curious' };
  if (path.endsWith('/places')) return { form: 'appointment', field: 'slot', values: {} };
  if (path.endsWith('/recognition')) return {};
  if (path.endsWith('/talk')) return { text: 'x' };
  return undefined;
}
