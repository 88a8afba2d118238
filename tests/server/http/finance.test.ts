import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { LedgerView, OpenDifference } from '../../../engine/contract/finance.ts';
import type { Running } from '../../../server/server.ts';
import { Client, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
let caseId = '';
let number = '';
const at = Date.parse('2026-11-27T02:00:00Z');
const as = (account: string) => new Client(running.url).logIn(account);

beforeAll(async () => {
  running = await testServer();
  const applicant = await as('applicant');
  caseId = (await applicant.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body.id;
  ({ number } = await applicant.view(caseId));
  await move(`case:${caseId}`, 'payment/4200001', 28_000, at);
  await move(`case:${caseId}`, 'payment/4200002', 28_000, at + 1_000);
  await move(`case:${caseId}`, 'refund/R1', -28_000, at + 2_000);
  await move('suspense', 'payment/4200003', 100, at);
});
afterAll(() => running.close());

function move(account: string, id: string, amount: number, when: number): Promise<void> {
  const entries = [
    { account: 'provider:wechat', amount },
    { account, amount: -amount },
  ];
  return running.context.ledger.post(account === 'suspense' ? account : caseId, { id, at: when, entries });
}

test('the ledger tells of each case what came, what went back, what is held; and of money without an owner', async () => {
  const finance = await as('finance');
  const { body } = await finance.ask<LedgerView>('GET', '/api/operations/ledger');
  expect(body.sums).toEqual({ came: 56_100, back: 28_000, held: 28_100 });
  const own = body.accounts.find((account) => account.case?.id === caseId)!;
  expect(own).toMatchObject({ case: { number }, came: 56_000, back: 28_000, held: 28_000 });
  expect(own.movements.map(({ id, amount }) => [id, amount])).toEqual([
    ['payment/4200001', 28_000],
    ['payment/4200002', 28_000],
    ['refund/R1', -28_000],
  ]);
  expect(body.accounts.some((account) => account.case === null && account.held === 100)).toBe(true);

  const asked = async (query: string) =>
    (await finance.ask<LedgerView>('GET', `/api/operations/ledger?${query}`)).body.total;
  expect(await asked(`q=${number.slice(-6)}`)).toBe(1);
  expect(await asked('q=4200003')).toBe(1);
  expect(await asked('from=2026-11-28')).toBe(0);
  expect(await asked('from=2026-11-27&to=2026-11-27')).toBe(2);
  expect((await finance.ask('GET', '/api/operations/ledger?from=heute')).status).toBe(400);
  const { csv } = (await finance.ask<{ csv: string }>('GET', '/api/operations/ledger/csv')).body;
  expect(csv.startsWith('\uFEFF')).toBe(true);
  // A sum below zero is no formula: it is told as a text.
  expect(csv).toContain("'-280.00");
  for (const account of ['operations', 'reviewer', 'applicant'])
    expect((await (await as(account)).ask('GET', '/api/operations/ledger')).status, account).toBe(403);
});

/** The platform's bill, as it is downloaded. */
function bill(rows: readonly (readonly [transaction: string, amount: string])[]): string {
  const head =
    '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
  const lines = rows.map(
    ([transaction, amount]) =>
      `\`2026-11-27 10:00:00,\`wx1,\`1,\`0,\`,\`${transaction},\`O${transaction},\`o,\`NATIVE,\`SUCCESS,\`X,\`CNY,\`${amount},\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`x,\`,\`0.1,\`0.6%,\`${amount},\`0.00,\``,
  );
  return [
    head,
    ...lines,
    '总交易单数,应结订单总金额,退款总金额',
    `\`${rows.length},\`${rows.reduce((sum, [, amount]) => sum + Number(amount), 0).toFixed(2)},\`0.00`,
  ].join('\n');
}

test('a difference is named with its case, settled by one person, confirmed by another, and gone when both sides agree', async () => {
  const [one, two] = [await as('finance'), await as('finance2')];
  const compare = (rows: Parameters<typeof bill>[0]) =>
    one.ask('POST', '/api/operations/statements', { csv: bill(rows), from: at - 1_000, to: at + 1_500 });
  const listed = async () =>
    (await two.ask<{ differences: OpenDifference[] }>('GET', '/api/operations/differences')).body.differences;
  const answer = await compare([
    ['4200001', '279.00'],
    ['4200009', '5.00'],
    ['4200003', '1.00'],
  ]);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const found = await listed();
  expect(found.map(({ kind, id, case: named }) => [kind, id, named?.number ?? null]).sort()).toEqual([
    ['amount', 'payment/4200001', number],
    ['missing', 'payment/4200002', number],
    ['unknown', 'payment/4200009', null],
  ]);
  const key = found.find(({ kind }) => kind === 'amount')!.key;
  const settle = (client: Client, note: string) =>
    client.ask('POST', `/api/operations/differences/${key}/settle`, { note });
  const confirm = (client: Client) => client.ask('POST', `/api/operations/differences/${key}/confirm`, {});
  expect((await confirm(two)).status).toBe(404);
  expect((await settle(one, ' ')).status).toBe(400);
  expect((await settle(one, '平台少记 1 元，已致电')).status).toBe(200);
  expect((await confirm(one)).status).toBe(400);
  expect((await confirm(two)).status).toBe(200);
  expect((await settle(one, '又改')).status).toBe(400);

  // The same file again changes nothing; another sum is another difference; what agrees is gone.
  await compare([
    ['4200001', '279.00'],
    ['4200002', '280.00'],
    ['4200009', '6.00'],
    ['4200003', '1.00'],
  ]);
  const after = await listed();
  expect(after.find(({ id }) => id === 'payment/4200001')?.settled?.confirmed).toBeDefined();
  expect(after.find(({ id }) => id === 'payment/4200009')).toMatchObject({ theirs: 600 });
  expect(after.some(({ id }) => id === 'payment/4200002')).toBe(false);
});
