import { describe, expect, test } from 'vitest';
import { available, loadAll, runScenario, type ScenarioStep, type Session, step } from '../../engine/index.ts';
import type { Actor } from '../../engine/model/command.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { publishedCalendar } from '../../server/calendar.ts';
import { definitionFiles } from './definition-files.ts';

/**
 * Where two people are wanted, one person is refused by the engine, also one who has every role there is; another one is not. The shells
 * never decide it.
 */
const projects = loadAll(definitionFiles()).projects;
const calendar = publishedCalendar();
const one = (role: string, id: string): Actor => ({ id, roles: [role] });

function played(project: string, steps: readonly ScenarioStep[]): Session {
  const scenario = { scenario: project, project, now: '2026-11-23T10:00:00+08:00', steps };
  const { session, failure } = runScenario(projects[project]!, scenario, { calendar });
  expect(failure).toBeNull();
  return session!;
}

/** What the engine says to this person: the codes of its refusal, or null. */
function refusal(session: Session, event: string, actor: Actor, data: JsonObject = {}): readonly string[] | null {
  const env = { now: session.now, calendar };
  const result = step(session.definition, session.state, { kind: 'event', event, actor, data }, env);
  return result.kind === 'refused' ? result.blockers.map(({ code }) => code) : null;
}

const offers = (session: Session, actor: Actor): readonly string[] =>
  available(session.definition, session.state, actor, { now: session.now, calendar })
    .filter(({ blockers }) => blockers.length === 0)
    .map(({ event }) => event);

const paid: readonly ScenarioStep[] = [
  { do: 'NEXT', times: 5 },
  { notice: 'SCANNED', with: { agentQr: 'right' } },
  { do: 'ID_UPLOADED' },
  { do: 'ORDER' },
  { notice: 'PAY_NOTICE', with: { transaction: 'pay-1', orderNumber: 'order-1', amount: 28_000 } },
];
const inReview: readonly ScenarioStep[] = [...paid, { do: 'CODE', fill: { randomCode: { code: 'right' } } }];
const note = { text: '已核对' };

describe('never the same person', () => {
  test('the second review, and a refusal for good', () => {
    for (const first of ['ESCALATE', 'REFUSE_FINAL']) {
      const session = played('szmg', [
        ...inReview,
        { do: 'CLAIM', as: 'reviewer/one' },
        { do: first, as: 'reviewer/one' },
        { expect: { at: 'main.work.review.second' } },
      ]);
      for (const event of ['APPROVE', 'OVERTURN', 'REFUSE_FINAL']) {
        const data = event === 'APPROVE' ? {} : note;
        expect(refusal(session, event, one('reviewer', 'reviewer/one'), data), `${first} ${event}`).not.toBeNull();
        expect(refusal(session, event, one('reviewer', 'reviewer/two'), data), `${first} ${event}`).toBeNull();
      }
      expect(offers(session, one('reviewer', 'reviewer/one'))).not.toContain('APPROVE');
    }
  });

  test('a refund, whoever reviewed it and has finance as well', () => {
    const session = played('szmg', [
      ...inReview,
      { do: 'CLAIM', as: 'reviewer/one' },
      { do: 'REJECT', as: 'reviewer/one' },
      { do: 'REFUND_ASK', fill: { refund: { cause: 'other', text: '招标项目取消了' } } },
      { expect: { at: 'money.refundReview' } },
    ]);
    for (const event of ['REFUND_APPROVE', 'REFUND_REJECT']) {
      expect(refusal(session, event, one('finance', 'reviewer/one'), note), event).not.toBeNull();
      expect(refusal(session, event, one('finance', 'finance/one'), note), event).toBeNull();
    }
  });

  test('a proof by hand, and the review after it', () => {
    const session = played('inner-mongolia', [
      ...paid.slice(0, 4),
      { world: { 'bank.microDeposit': 'FAILED' } },
      paid[4]!,
      { do: 'EDIT_FINANCE' },
      { advance: '1 minute' },
      { do: 'EDIT_FINANCE' },
      { advance: '1 minute' },
      { do: 'MANUAL' },
      { do: 'ACCEPT', as: 'operations/one' },
      { expect: { at: 'main.work.organization.manual.second' } },
    ]);
    for (const event of ['ACCEPT', 'REFUSE']) {
      expect(refusal(session, event, one('operations', 'operations/one'), note), event).not.toBeNull();
      expect(refusal(session, event, one('operations', 'operations/two'), note), event).toBeNull();
    }
    const env = { now: session.now, calendar };
    const command = { kind: 'event', event: 'ACCEPT', actor: one('operations', 'operations/two'), data: note } as const;
    const accepted = step(session.definition, session.state, command, env);
    if (accepted.kind !== 'stepped') throw new Error('refused');
    const next = { ...session, state: accepted.next } as Session;
    for (const person of ['operations/one', 'operations/two'])
      expect(refusal(next, 'CLAIM', one('reviewer', person)), person).not.toBeNull();
    expect(refusal(next, 'CLAIM', one('reviewer', 'reviewer/one'))).toBeNull();
  });
});
