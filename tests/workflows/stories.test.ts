import { describe, expect, test, vi } from 'vitest';
import {
  type Actor,
  type Definition,
  load,
  row,
  runScenario,
  type ScenarioStep,
  type Session,
} from '../../engine/index.ts';
import { definitionFiles } from './definition-files.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What the shipped projects do not do, but the process can: fees that nobody pays here, and who sees a case first. */
const files = definitionFiles();
const years = '{ "1": 0, "2": 0, "3": 0, "4": 0, "5": 0 }';
const free = `{ prices: { organization: ${years}, organizationPerson: ${years}, person: ${years} } }`;

/** A project of `certificate-new` with these settings; it has to be sound. */
function projectWith(settings: string): Definition {
  const path = 'workflows/projects/trial.project.yaml';
  const text = `language: 2\nproject: trial\ntitle: 试验项目\nextends: certificate-new\nnumber: "999"\nsettings: ${settings}\n`;
  const { definition, issues } = load({ ...files, [path]: text }, 'trial');
  expect(issues).toEqual([]);
  return definition!;
}

/** @returns where the story ends; a step that is not as written, or a law that breaks, fails the test. */
function played(definition: Definition, steps: readonly ScenarioStep[]): Session {
  const { failure, session } = runScenario(definition, { scenario: 'story', project: definition.project.id, steps });
  expect(failure).toBeNull();
  return session!;
}

const proven: readonly ScenarioStep[] = [
  { do: 'NEXT', times: 5 },
  { notice: 'SCANNED', with: { agentQr: 'right' } },
  { do: 'ID_UPLOADED' },
];
const received: readonly ScenarioStep[] = [
  { do: 'HANDED_OVER' },
  { notice: 'TRACK', with: { id: 't-1', status: 'delivered' } },
  { notice: 'ACTIVATED' },
  { expect: { at: 'main.done', over: true } },
];

describe('row 24: nothing to pay here', () => {
  test.each([
    ['a price of 0', free],
    ['a partner who collects the fee', '{ feeCollection: partner }'],
  ])('%s: the proof of the company follows the agent’s, and everything else is as ever', (_title, settings) => {
    played(projectWith(settings), [
      ...proven,
      {
        expect: {
          at: ['main.work.organization.code', 'money.unpaid'],
          facts: { has: ['agentVerified'], not: ['paid'] },
        },
      },
      { refused: 'REFUND_ASK' },
      { do: 'CODE', fill: { randomCode: { code: 'right' } } },
      { do: 'CLAIM' },
      { do: 'APPROVE' },
      { expect: { at: ['main.work.fulfilment.deliver', 'pin.sent', 'invoice.none'], records: { certificates: 1 } } },
      { expect: { asked: { 'payment.createOrder': null, 'invoice.issue': null } } },
      ...received,
    ]);
  });

  test('without anything to pay it can be withdrawn until it is reviewed', () => {
    played(projectWith(free), [
      ...proven,
      { do: 'WITHDRAW' },
      { expect: { at: 'main.withdrawn', label: '已撤销', over: true } },
    ]);
  });

  test('what a time limit ends is called otherwise than what somebody withdrew', () => {
    played(projectWith(free), [{ advance: '31 days' }, { expect: { at: 'main.closed', label: '已失效', over: true } }]);
  });
});

test('row 72: who reviewed an application sees it first when it comes back, others see it before new ones', () => {
  const definition = load(files, 'szmg').definition!;
  const session = played(definition, [
    ...proven,
    { do: 'ORDER' },
    { notice: 'PAY_NOTICE', with: { transaction: 'pay-1', orderNumber: 'order-1', amount: 28_000 } },
    { do: 'CODE', fill: { randomCode: { code: 'right' } } },
    { do: 'CLAIM', as: 'reviewer/two' },
    {
      do: 'REJECT',
      as: 'reviewer/two',
      fill: { rejection: { flags: [{ field: 'delivery.address', reason: '详细地址不完整，无法投递' }] } },
    },
    { do: 'EDIT' },
    { do: 'RESUBMIT', fill: { delivery: { address: '示例路 100 号 2 栋 301 室' } } },
    { expect: { at: 'main.work.review.queue' } },
  ]);
  const env = { now: session.now, calendar: session.calendar };
  const markFor = (id: string) => {
    const viewer: Actor = { id, roles: ['reviewer'] };
    return row(definition, session.state, viewer, env).mark;
  };
  expect([markFor('reviewer/two'), markFor('reviewer/one')]).toEqual(['known', 'first']);
});

test('a renewal replaces the certificate that the issuing system found, whatever was typed in', () => {
  const definition = load(files, 'szmg-renew').definition!;
  const found = { serial: '3A01', organization: '示例机构有限公司', number: '91990000MA0000001B', daysLeft: 60 };
  played(definition, [
    { world: { 'ca.find': { outcome: 'FOUND', data: found } } },
    { do: 'NEXT', times: 2 },
    { do: 'NEXT', fill: { bidding: { running: 'no' } } },
    { do: 'NEXT', fill: { organization: { name: found.organization, number: found.number } } },
    { notice: 'SCANNED', with: { agentQr: 'right' } },
    { do: 'ID_UPLOADED' },
    { do: 'ORDER' },
    { notice: 'PAY_NOTICE', with: { transaction: 'pay-1', orderNumber: 'order-1', amount: 28_000 } },
    { do: 'CLAIM' },
    { do: 'APPROVE' },
    { expect: { at: 'main.work.install', asked: { 'ca.produce': { replaces: '3A01', number: found.number } } } },
    { notice: 'ACTIVATED' },
    { expect: { at: ['main.done', 'expiry.valid'], over: true } },
  ]);
});
