import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BankLineView, Imported, Proposal } from '../../../engine/contract/routes.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Running } from '../../../server/server.ts';
import { holding, keptBy } from '../../support/hall-store.ts';
import { remitted, silent } from '../../support/remitted.ts';
import { Client, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fee = 28_000;
const head = '交易日期,交易流水号,对方户名,对方账号,贷方发生额,附言';
const row = (transaction: string, payer: string, yuan: string, remark: string) =>
  `2026-03-02,${transaction},${payer},4000021009200012345,${yuan},${remark}`;

let running: Running;
let finance: Client;
beforeAll(async () => {
  running = await testServer({}, { connectors: silent });
  finance = await new Client(running.url).logIn('finance');
});
afterAll(() => running.close());

const bring = (...rows: readonly string[]) =>
  finance.ask<Imported>('POST', '/api/operations/bank-lines', { csv: [head, ...rows].join('\n') });
const lines = async (view: 'open' | 'all') =>
  (await finance.ask<{ lines: BankLineView[] }>('GET', `/api/operations/bank-lines?view=${view}`)).body.lines;
const proposals = async (id: string) =>
  (await finance.ask<{ proposals: Proposal[] }>('GET', `/api/cases/${id}/bank-lines?event=REMIT_MATCHED`)).body
    .proposals;

/** What the form starts with. */
async function startOf(id: string): Promise<JsonObject> {
  const offers = (await finance.view(id)).tasks.flatMap((task) => task.offers);
  return offers.find(({ event }) => event === 'REMIT_MATCHED')?.formValues ?? {};
}

describe('the bank statement', () => {
  test('is imported once; a line that says something else later is told and not taken', async () => {
    const first = row('IMPORT-1', '示例一公司', '12.30', '');
    expect((await bring(first, row('IMPORT-2', '示例二公司', '1', ''))).body).toEqual({
      added: 2,
      known: 0,
      changed: [],
    });
    expect((await bring(first)).body).toEqual({ added: 0, known: 1, changed: [] });
    expect((await bring(first.replace('12.30', '99.30'))).body).toMatchObject({ added: 0, changed: ['IMPORT-1'] });
    expect((await lines('all')).find(({ transaction }) => transaction === 'IMPORT-1')?.amount).toBe(1_230);
  });

  test('a file that cannot be read leaves nothing behind and says what is wrong', async () => {
    const answer = await bring(row('BAD-1', '示例公司', '5', ''), row('BAD-2', '示例公司', 'x', ''));
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringContaining('第 3 行的金额')]);
    expect((await lines('all')).map(({ transaction }) => transaction)).not.toContain('BAD-1');
  });

  test('the line with the number of the case comes first, fills the form, and pays it', async () => {
    const id = await remitted(running, 'example-exchange');
    const { number } = (await running.context.cases.lists.get(id))!;
    await bring(
      row('PAY-1', '别的公司', '280', ''),
      row('PAY-2', '又一公司', '999', '货款'),
      // People write the number as it is shown, in groups.
      row('PAY-3', '深圳市示例科技有限公司', '280.00', `证书费 ${number.slice(0, 6)} ${number.slice(6)}`),
    );
    const found = await proposals(id);
    expect(found.map(({ transaction }) => transaction)).toEqual(['PAY-3', 'PAY-1']);
    expect(found.map(({ fits }) => [fits.number, fits.amount])).toEqual([
      [true, true],
      [false, true],
    ]);
    expect((await lines('open')).find(({ transaction }) => transaction === 'PAY-3')?.named).toEqual({ id, number });
    const start = await startOf(id);
    const data = { ...start, ...found[0]?.values, payer: String(start.payer) };
    expect((await finance.send(id, 'REMIT_MATCHED', { data })).status).toBe(200);
    expect((await running.context.cases.read(id)).document.state.facts.paid).toBeDefined();
    expect((await lines('open')).map(({ transaction }) => transaction)).not.toContain('PAY-3');
    expect((await lines('all')).find(({ transaction }) => transaction === 'PAY-3')).toMatchObject({
      left: 0,
      taken: [{ id, number }],
    });
  });

  test('what one case left of a line is there for the next, and no more', async () => {
    const [one, two] = [await remitted(running, 'weigu'), await remitted(running, 'everbright')];
    const start = await startOf(one);
    await bring(row('SHARED-1', String(start.payer), '300', ''));
    const of = async (id: string) => (await proposals(id)).find(({ transaction }) => transaction === 'SHARED-1');
    const first = await of(one);
    expect(first?.fits).toEqual({ number: false, payer: true, amount: false });
    expect(first?.values).toMatchObject({ total: 30_000, amount: fee });
    const paid = await finance.send(one, 'REMIT_MATCHED', { data: { ...start, ...first?.values } });
    expect(paid.status).toBe(200);
    const left = 30_000 - fee;
    expect((await lines('open')).find(({ transaction }) => transaction === 'SHARED-1')?.left).toBe(left);
    expect((await of(two))?.values).toMatchObject({ total: 30_000, amount: left });
  });

  test('is for finance alone, and only for a case that waits for a remittance', async () => {
    const id = await remitted(running, 'inner-mongolia');
    for (const account of ['applicant', 'reviewer', 'operations', 'admin']) {
      const other = await new Client(running.url).logIn(account);
      for (const [method, path, body] of [
        ['GET', '/api/operations/bank-lines', undefined],
        ['POST', '/api/operations/bank-lines', { csv: head }],
      ] as const)
        expect((await other.ask(method, path, body)).status, `${account} ${method} ${path}`).toBe(403);
      // A case of others does not exist for whoever has no business with it.
      const { status } = await other.ask('GET', `/api/cases/${id}/bank-lines?event=REMIT_MATCHED`);
      expect(status, account).toBe(account === 'operations' ? 403 : 404);
    }
    expect((await finance.ask('GET', `/api/cases/${id}/bank-lines?event=REMIT_MISMATCH`)).status).toBe(404);
    expect((await finance.ask('GET', '/api/cases/none/bank-lines?event=REMIT_MATCHED')).status).toBe(404);
  });

  test('accounts are masked in the list, and nothing of a line stands on the disk in the clear', async () => {
    const secret = '示例保密有限公司';
    await bring(row('SECRET-1', secret, '77', ''));
    const line = (await lines('all')).find(({ transaction }) => transaction === 'SECRET-1');
    expect(line?.payerAccount).not.toContain('21009200012');
    const kept = await keptBy(running.context.config.dataDir);
    expect(kept.length).toBeGreaterThan(0);
    expect(holding(kept, secret)).toEqual([]);
    expect(holding(kept, 'SECRET-1')).toEqual([]);
  });
});
