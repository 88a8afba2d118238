import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createApp } from '../../../server/app.ts';
import type { Route } from '../../../server/http/route.ts';
import { createLog } from '../../../server/log.ts';
import type { Running } from '../../../server/server.ts';
import { Client, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

interface Line {
  readonly time: string;
  readonly msg: string;
  readonly route: string;
  readonly refused?: string;
  readonly entered?: string;
  readonly person?: string;
}

const raw: string[] = [];
const log = createLog('info', { write: (line: string) => void raw.push(line) });
let running: Running;
beforeAll(async () => {
  running = await testServer({}, { log });
});
afterAll(() => running.close());

/** What the log says of what was just asked for. */
async function told(ask: () => Promise<unknown>): Promise<readonly Line[]> {
  const before = raw.length;
  const requests = (): readonly Line[] =>
    raw.slice(before).flatMap((line) => {
      const said = JSON.parse(line) as Line;
      return said.msg === 'request' ? [said] : [];
    });
  await ask();
  // Written when the answer has gone out, which its reader may know first.
  await vi.waitFor(() => expect(requests().length).toBeGreaterThan(0));
  return requests();
}
const idOf = async (account: string): Promise<string | undefined> =>
  (await running.context.accounts.book.find('login', account))?.id;

describe('the log of requests', () => {
  test('says who came in and by which way, and why somebody did not', async () => {
    const client = new Client(running.url);
    const [wrong] = await told(() =>
      client.ask('POST', '/api/session', { account: 'applicant', password: 'not this one 7391' }),
    );
    expect(wrong).toMatchObject({ msg: 'request', route: '/api/session', status: 401, refused: 'wrong-login' });
    expect(JSON.stringify(wrong)).not.toMatch(/applicant|7391/);
    const [right] = await told(() => client.logIn('applicant'));
    expect(right).toMatchObject({ route: '/api/session', status: 200, entered: 'in', person: await idOf('applicant') });
  });

  test('says who was refused what', async () => {
    const client = await new Client(running.url).logIn('applicant');
    const person = await idOf('applicant');
    const [staff] = await told(() => client.ask('GET', '/api/staff'));
    expect(staff).toMatchObject({ route: '/api/staff', status: 403, refused: 'not-allowed', person });
    const [foreign] = await told(() =>
      client.raw('POST', '/api/cases', { headers: { origin: 'https://evil.example' }, body: '{}' }),
    );
    expect(foreign).toMatchObject({ route: '/api/cases', status: 403, refused: 'request-foreign' });
    const [stranger] = await told(() => new Client(running.url).ask('GET', '/api/cases'));
    expect(stranger).toMatchObject({ status: 401, refused: 'not-logged-in' });
  });

  test('says of what went well neither person nor reason; its times are UTC', async () => {
    const client = await new Client(running.url).logIn('applicant');
    const [line] = await told(() => client.ask('GET', '/api/cases'));
    expect(Object.keys(line ?? {}).sort()).toEqual([
      'level',
      'method',
      'ms',
      'msg',
      'route',
      'status',
      'time',
      'trace',
    ]);
    expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

test.each([
  [0, '127.0.0.1'],
  [1, '198.51.100.7'],
])('behind %i proxies a request comes from %s, whatever it says itself', async (proxies, address) => {
  const where: Route = {
    ...{ method: 'get', path: '/api/where', access: { kind: 'public' } },
    handle: async (_context, call) => ({ address: call.address.replace('::ffff:', '') }),
  };
  const { context } = running;
  const config = { ...context.config, proxies };
  const door = createServer(createApp({ ...context, config }, null, [where]));
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  try {
    // The last one is what the proxy saw; what stands before it the sender invented.
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
    const answer = await fetch(`http://127.0.0.1:${(door.address() as AddressInfo).port}/api/where`, { headers });
    expect(await answer.json()).toEqual({ address });
  } finally {
    door.closeAllConnections();
    door.close();
  }
});
