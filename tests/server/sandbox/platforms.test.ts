import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { balance } from '../../../server/connectors/payment/ledger.ts';
import type { Running } from '../../../server/server.ts';
import { company } from '../../e2e/support/hall.ts';
import { press } from '../../support/filling.ts';
import { Client, eventually, newDataDir, testServer } from '../../support/server.ts';
import { ordered } from '../connectors/payment/wechat-server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A development server as `npm start` has it: it pays by the real clients, at platforms that speak their protocols. */
let server: Running;
let dataDir: string;
beforeAll(async () => {
  dataDir = await newDataDir();
  server = await testServer({ sandbox: true, dataDir });
});
afterAll(() => server.close());

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${server.url}/sandbox/api${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  return (await answer.json()) as T;
}
interface Shown {
  readonly number: string;
  readonly caseNumber: string;
  readonly provider: string;
  readonly status: string;
  readonly amount: number;
  readonly refused: number;
  readonly payments: readonly { readonly transaction: string; readonly refunded: boolean }[];
}
const shown = async (number: string) =>
  (await api<Shown[]>('GET', '/orders')).find((one) => one.number === number) as Shown;
const pay = (order: string, deed = 'pay') => api('POST', '/pay', { order, do: deed });
const documentOf = async (id: string) => (await server.context.cases.read(id)).document;
const heard = async (id: string) =>
  (await documentOf(id)).journal.filter(({ what }) => what === 'outside:PAY_NOTICE').length;
const isPaid = (id: string) =>
  eventually(async () => (await documentOf(id)).state.facts.paid !== undefined || null, 'the payment');

/** An order that waits; each is another company's. */
async function waiting(provider = 'wechat', project = 'szmg') {
  return ordered(server, 'applicant', company().number, {}, { project, provider });
}

describe('payment in development', () => {
  test('an order is the platform’s own, with the number of the case beside it; its notice is signed and believed', async () => {
    const { id, number } = await waiting();
    const document = await documentOf(id);
    expect(number).toMatch(/^[0-9a-f]{28}$/);
    expect(document.state.records.codes?.at(-1)?.data.codeUrl).toBe(`${server.url}/sandbox/wallet/${number}`);
    expect(await shown(number)).toMatchObject({
      ...{ caseNumber: document.state.number, provider: 'wechat', amount: 28_000, status: 'open', payments: [] },
    });
    await pay(number, 'refuse');
    expect((await shown(number)).refused).toBe(1);
    await pay(number, 'duplicate');
    await isPaid(id);
    expect((await shown(number)).status).toBe('paid');
    const postings = await server.context.ledger.read(id);
    expect(balance(postings, 'provider:wechat')).toBe(28_000);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await heard(id)).toBe(1);
    expect(server.context.outside.refusals.counts()).toEqual({});
  });

  test('Alipay: scanned, paid, believed', async () => {
    const { id, number } = await waiting('alipay', 'weigu');
    expect(await shown(number)).toMatchObject({ provider: 'alipay', status: 'open', amount: 28_000 });
    await pay(number);
    await isPaid(id);
    expect(balance(await server.context.ledger.read(id), 'provider:alipay')).toBe(28_000);
    expect((await shown(number)).payments).toHaveLength(1);
  });

  test('a notice of another amount is refused, and the money waits for a decision', async () => {
    const { id, number } = await waiting();
    await pay(number, 'other');
    await eventually(
      async () => (server.context.outside.refusals.counts()['payment.amount'] ?? 0) > 0 || null,
      'the refusal',
    );
    expect(await heard(id)).toBe(0);
    const [stray] = await server.context.ledger.read('suspense');
    expect(stray?.open?.reason).toBe('amount');
    expect(stray?.entries[0]?.amount).toBe(27_999);
  });

  test('a second payment goes back by itself, over a refund that the platform closed and one that took its time', async () => {
    const { id, number } = await waiting();
    await pay(number);
    await isPaid(id);
    await api('POST', '/next', { operation: 'payment.refund', outcome: 'FAILED' });
    await pay(number, 'again');
    await eventually(
      async () => ((await documentOf(id)).state.records.returnFailures ?? []).length > 0 || null,
      'failed',
    );
    await api('POST', '/next', { operation: 'payment.refund', manner: 'late', seconds: 1 });
    await press(server, await new Client(server.url).logIn('finance'), id, 'RETRY_SURPLUS');
    await eventually(async () => ((await documentOf(id)).state.records.returned ?? []).length > 0 || null, 'returned');
    const { payments } = await shown(number);
    expect(payments.map(({ refunded }) => refunded)).toEqual([false, true]);
    expect(balance(await server.context.ledger.read(id), 'provider:wechat')).toBe(28_000);
  });

  test('what is paid while the server is away is told when it is back: orders and messages outlive both processes', async () => {
    const { id, number } = await waiting();
    await pay(number, 'quiet');
    expect((await shown(number)).status).toBe('paid');
    expect(await heard(id)).toBe(0);
    await server.close();
    server = await testServer({ sandbox: true, dataDir });
    expect((await shown(number)).status).toBe('paid');
    await pay(number, 'repeat');
    await isPaid(id);
    expect(await heard(id)).toBe(1);
  });

  test('a platform that is down makes no code; the process says so', async () => {
    await api('POST', '/next', { operation: 'payment.createOrder', manner: 'unavailable', left: 1 });
    const { number } = await waiting();
    expect((await shown(number)).status).toBe('open');
    const asked = await api<{ connector: string; operation: string; outcome: string }[]>('GET', '/requests');
    expect(asked.filter(({ connector }) => connector === 'payment').at(-1)).toMatchObject({
      ...{ operation: 'createOrder', outcome: 'CREATED' },
    });
  });
});
