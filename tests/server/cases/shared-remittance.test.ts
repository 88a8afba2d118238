import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor, Command } from '../../../engine/model/command.ts';
import { actorFor, begin, completeCommand, type Fill } from '../../../engine/simulate/index.ts';
import type { Applied } from '../../../server/cases/cases.ts';
import type { Connectors } from '../../../server/connectors/index.ts';
import type { Running } from '../../../server/server.ts';
import { testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** One company applies in three projects and remits once. The voucher is uploaded to each; the money is counted once. */
const applicant: Actor = { id: 'applicant-one', roles: ['applicant'] };
const finance: Actor = { id: 'finance-one', roles: ['finance'] };
const silent: Connectors = { perform: async () => 'pending', poll: async () => 'pending', send: async () => undefined };
const fee = 28_000;

let running: Running;
beforeAll(async () => {
  running = await testServer({}, { connectors: silent });
});
afterAll(() => running.close());

const tell = (id: string, command: Command): Promise<Applied> => running.context.cases.apply(id, () => ({ command }));

/** `actor`: whoever may, by the link of the task where it has one. */
async function press(id: string, event: string, actor: Actor | null, fill: Fill = {}): Promise<Applied> {
  const { document, definition } = await running.context.cases.read(id);
  const session = { ...begin(definition), state: document.state, now: running.context.clock.now() };
  return tell(id, completeCommand(session, event, actor ?? actorFor(session, event), fill));
}

/** A case that waits for finance to compare its voucher with the statement. @returns its id */
async function remitted(project: string): Promise<string> {
  const definition = running.context.inForce().find((one) => one.project.id === project)!;
  const { id } = (await running.context.cases.start(definition, applicant.id)).state;
  for (let page = 0; page < 5; page++) await press(id, 'NEXT', applicant);
  await tell(id, { kind: 'outside', event: 'SCANNED', data: { agentQr: 'right' } });
  await press(id, 'ID_UPLOADED', null);
  await tell(id, { kind: 'outcome', call: 'main.work.agent.check', generation: 1, outcome: 'MATCH' });
  await press(id, 'ORDER', applicant, { order: { mode: 'remittance' } });
  await press(id, 'VOUCHER', applicant);
  expect((await running.context.cases.read(id)).document.state.active).toContain('main.work.payment.remitCheck');
  return id;
}

const matched = (id: string, amount = fee) =>
  press(id, 'REMIT_MATCHED', finance, { receipt: { transaction: 'flow-2026-1', total: 3 * fee, amount } });

test('U-33 one remittance pays three orders of a company, and no fourth', async () => {
  const orders = await Promise.all(['inner-mongolia', 'weigu', 'everbright'].map(remitted));
  for (const id of orders) {
    expect((await matched(id)).kind).toBe('applied');
    const { state } = (await running.context.cases.read(id)).document;
    expect(Object.keys(state.facts)).toContain('paid');
    expect(state.active).toContain('main.work.review.queue');
    expect(state.records.receipts).toHaveLength(1);
  }
  const fourth = await remitted('example-exchange');
  const refused = await matched(fourth);
  expect(refused.kind).toBe('refused');
  expect(refused.kind === 'refused' && refused.blockers.map(({ code, message }) => [code, message])).toEqual([
    ['reserved', expect.stringContaining('余下的金额不够')],
  ]);
  const { state } = (await running.context.cases.read(fourth)).document;
  expect([state.active.includes('main.work.payment.remitCheck'), state.facts.paid]).toEqual([true, undefined]);
});
