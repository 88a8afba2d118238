import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sign, verify } from '../../../server/connectors/signature.ts';
import { startWorld, type World } from '../sandbox/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());
beforeEach(() => world.heard.splice(0));

const notice = { caseId: 'case-1', event: 'notice', data: { transaction: 'T1', orderNumber: 'O1', amount: 28000 } };

async function post(body: unknown, how: { path?: string; secret?: string; at?: number; sent?: string } = {}) {
  const path = how.path ?? '/connectors/payment/callback';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = sign(how.secret ?? world.sandbox.secret, path, text, how.at ?? Date.now());
  const answer = await fetch(`${world.base}${path}`, { method: 'POST', headers, body: how.sent ?? text });
  return answer.status;
}

describe('callbacks', () => {
  it('are taken when they are signed and fit the contract', async () => {
    expect(await post(notice)).toBe(200);
    expect(world.heard).toEqual([{ kind: 'event', name: 'payment.notice', data: notice.data }]);
  });

  it('are refused when the signature is not over these very bytes, this path and this time', async () => {
    expect(await post(notice, { secret: 'another' })).toBe(401);
    expect(await post(notice, { sent: JSON.stringify({ ...notice, caseId: 'case-2' }) })).toBe(401);
    expect(await post(notice, { at: Date.now() - 301_000 })).toBe(401);
    expect(await post(notice, { at: Date.now() + 301_000 })).toBe(401);
    const unsigned = await fetch(`${world.base}/connectors/payment/callback`, {
      method: 'POST',
      body: JSON.stringify(notice),
    });
    expect(unsigned.status).toBe(401);
    const elsewhere = sign(world.sandbox.secret, '/connectors/bank/callback', JSON.stringify(notice), Date.now());
    const moved = await fetch(`${world.base}/connectors/payment/callback`, {
      method: 'POST',
      headers: elsewhere,
      body: JSON.stringify(notice),
    });
    expect(moved.status).toBe(401);
    expect(world.heard).toEqual([]);
  });

  it('are refused, and change nothing, when the contract does not know them', async () => {
    expect(await post({ ...notice, event: 'gift' })).toBe(422);
    expect(await post({ ...notice, data: { ...notice.data, amount: '28000' } })).toBe(422);
    expect(await post({ ...notice, data: { amount: 1 } })).toBe(422);
    expect(await post({ caseId: 'case-1', operation: 'query', call: 'a', generation: 1, outcome: 'MAYBE' })).toBe(422);
    expect(await post(notice, { path: '/connectors/nobody/callback' })).toBe(404);
    expect(await post({ ...notice, caseId: 'case-2' })).toBe(404);
    expect(world.heard.filter((one) => one.kind === 'event' && one.data.transaction !== 'T1')).toEqual([]);
  });

  it('are refused when they are no message at all', async () => {
    for (const body of [
      '',
      '{',
      '[]',
      'null',
      '"text"',
      '{"caseId":1}',
      '{"caseId":"case-1"}',
      '{"caseId":"case-1","event":"notice","data":[]}',
    ])
      expect(await post(body), body).toBe(400);
    expect(world.heard).toEqual([]);
  });
});

describe('the clock', () => {
  const path = '/connectors/clock';
  const move = async (body: string, secret = world.sandbox.secret) =>
    (await fetch(world.base + path, { method: 'POST', body, headers: sign(secret, path, body, Date.now()) })).status;

  it('is moved by the sandbox only, forward only, a year at most', async () => {
    expect(await move('{"advance":1000}', 'another')).toBe(401);
    for (const body of ['{"advance":-1}', '{"advance":0.5}', '{"advance":"1"}', '{"advance":1e15}', '{}', 'x'])
      expect(await move(body), body).toBe(400);
    expect(world.clock.ahead).toBe(0);
    expect(await move('{"advance":1000}')).toBe(200);
    expect(world.clock.ahead).toBe(1000);
  });
});

describe('signatures', () => {
  it('bind secret, path, time and body', () => {
    const headers = sign('s', '/a', 'body', 1_000);
    expect(verify('s', '/a', 'body', headers, 1_000)).toBe(true);
    expect(verify('s', '/a', Buffer.from('body'), headers, 301_000)).toBe(true);
    expect(verify('s', '/a', 'body', headers, 301_001)).toBe(false);
    expect(verify('t', '/a', 'body', headers, 1_000)).toBe(false);
    expect(verify('s', '/b', 'body', headers, 1_000)).toBe(false);
    expect(verify('s', '/a', 'bodY', headers, 1_000)).toBe(false);
    expect(verify('s', '/a', 'body', { ...headers, 'x-certflow-time': '1001' }, 1_000)).toBe(false);
    expect(verify('s', '/a', 'body', { 'x-certflow-time': '1000', 'x-certflow-signature': '' }, 1_000)).toBe(false);
    expect(verify('s', '/a', 'body', {}, 1_000)).toBe(false);
  });
});
