import { describe, expect, test } from 'vitest';
import type { CaseState, JournalEntry } from '../../../engine/model/case.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { createBooks } from './books.ts';
import { answerProblem } from './invariants/answers.ts';
import { ledgerProblem, moneyProblem } from './invariants/money.ts';
import { processInvariants, type Step } from './invariants/process.ts';
import { waitsForNobody } from './invariants/waiting.ts';

/** What the campaign looks at after every step must be able to fail: each check is shown something that is wrong. */
const entry = (given: Partial<JournalEntry>): JournalEntry => ({
  ...{ revision: 2, at: 5, by: 'reviewer/one', part: 'reviewer', what: 'event:X', title: 'X' },
  ...{ left: [], entered: [], proved: [], voided: [], counted: [], recorded: [], notified: [], changed: [] },
  ...given,
});
const records = (given: { [record: string]: readonly JsonObject[] }) =>
  Object.fromEntries(
    Object.entries(given).map(([record, list]) => [record, list.map((data) => ({ at: 1, by: null, data }))]),
  );
const state = (given: object): CaseState =>
  ({
    id: 'c',
    number: '1',
    over: false,
    active: [],
    forms: {},
    facts: {},
    records: {},
    people: {},
    calls: {},
    ...given,
  }) as never;

describe('the process', () => {
  const outcome = (name: string, given: { before?: object; after?: object; definition?: object; view?: object }) =>
    processInvariants[name]!({
      definition: { settings: {}, declared: { facts: {} }, forms: {}, ...given.definition },
      before: { state: state({}), journal: [], outbox: [], secrets: {}, ...given.before },
      after: { state: state({}), journal: [], outbox: [], secrets: {}, ...given.after },
      view: { status: { label: '待审核' }, waiting: [], tasks: [], notices: [], ...given.view },
      books: createBooks(),
    } as unknown as Step);
  const produce = [{ effect: { kind: 'call', key: 'k', connector: 'ca', operation: 'produce' } }];
  const proofs = ['agentVerified', 'organizationVerified', 'approved'].map((fact) => entry({ proved: [fact] }));

  test('I1: a certificate that is asked for without a proof, or after it was void, or by no reviewer', () => {
    const asked = (journal: readonly JournalEntry[]) => outcome('I1', { after: { outbox: produce, journal } });
    expect(asked(proofs)).toBeNull();
    expect(asked(proofs.slice(1))).toContain('agentVerified');
    expect(asked([...proofs, entry({ voided: ['organizationVerified'] })])).toContain('organizationVerified');
    expect(asked([...proofs, entry({ proved: ['approved'], part: 'operations' })])).toContain('operations');
  });

  test('I2: one person who decides twice', () => {
    const people = (secondReviewer: string) => ({
      after: { state: state({ people: { reviewer: 'a', secondReviewer } }) },
    });
    expect(outcome('I2', people('b'))).toBeNull();
    expect(outcome('I2', people('a'))).toContain('twice');
  });

  test('I6: a secret that is used twice, and a code that proves without being burnt', () => {
    const secrets = (usedAt: number | null) => ({ organizationCode: { generation: 1, usedAt } });
    const used = (before: number | null, after: number) =>
      outcome('I6', { before: { secrets: secrets(before) }, after: { secrets: secrets(after) } });
    expect(used(null, 5)).toBeNull();
    expect(used(4, 5)).toContain('twice');
    const journal = [entry({ what: 'event:CODE', proved: ['organizationVerified'] })];
    expect(outcome('I6', { after: { journal, secrets: secrets(null) } })).toContain('not burnt');
    expect(outcome('I6', { after: { journal, secrets: secrets(5) } })).toContain('never came');
  });

  test('I7: a field that was not flagged and is another one after the correction', () => {
    const changed = (field: string) =>
      outcome('I7', {
        before: { state: state({ forms: { agent: { email: 'a', name: 'b' } } }) },
        after: {
          state: state({
            forms: { agent: { email: 'a', name: 'b', [field]: 'c' } },
            records: records({ rejections: [{ flags: [{ field: 'agent.email' }] }] }),
          }),
          journal: [entry({ what: 'event:RESUBMIT' })],
        },
      });
    expect(changed('email')).toBeNull();
    expect(changed('name')).toContain('agent.name');
  });

  test('I8: what the project closed is offered or pressed', () => {
    const definition = { settings: { legalRepAuth: false } };
    const tasks = [{ offers: [{ event: 'LEGAL_REP' }] }];
    expect(outcome('I8', { definition })).toBeNull();
    expect(outcome('I8', { definition, view: { tasks } })).not.toBeNull();
    expect(outcome('I8', { definition, after: { journal: [entry({ what: 'event:LEGAL_REP' })] } })).not.toBeNull();
  });

  test('I9: a text with a hole', () => {
    const outbox = (text: string) => ({ after: { outbox: [{ effect: { kind: 'notice', text } }] } });
    expect(outcome('I9', outbox('请登录办理。'))).toBeNull();
    expect(outcome('I9', outbox('请登录{menu.hall}办理。'))).toContain('menu.hall');
    expect(outcome('I9', { view: { status: { label: '' } } })).not.toBeNull();
  });

  test('I3: a case that waits for nobody, and a request that nobody was asked for', () => {
    const waiting = (given: object, view: object) =>
      waitsForNobody({ state: state(given), outbox: [] } as never, { waiting: [], ...view } as never);
    const somebody = { waiting: [{ who: { title: '财务' }, what: '核对汇款', state: 's' }] };
    expect(waiting({}, somebody)).toBeNull();
    expect(waiting({}, {})).toContain('nobody');
    const calls = { a: { generation: 1, status: 'waiting' } };
    expect(waiting({ calls, parked: {} }, somebody)).toContain('nobody was asked');
  });
});

describe('answers', () => {
  const call = 'main.work.organization.transfer.marked';
  const known = { generation: 2, status: 'left', connector: 'bank', operation: 'microDeposit' };
  const told = (given: {
    generation?: number;
    truth?: string | null;
    entered?: string[];
    active?: string[];
    status?: string;
  }) => {
    const active = ['main.work.organization.failed.rested'];
    const before = state({ active, calls: { [call]: { ...known, status: given.status ?? 'left' } } });
    const next = state({ active: given.active ?? active });
    const result = { kind: 'stepped', next, entry: entry({ entered: given.entered ?? [] }) };
    const command = { kind: 'outcome', call, generation: given.generation ?? 2, outcome: 'OK' } as const;
    return answerProblem(before, command, result as never, given.truth === undefined ? 'OK' : given.truth);
  };

  test('I4: an old one that has an effect, a second one, one that nobody gave, a late success that is ignored', () => {
    const code = { active: ['main.work.organization.code.handler.sent'], entered: ['x'] };
    expect(told(code)).toBeNull();
    expect(told({ generation: 1 })).toBeNull();
    expect(told({ ...code, generation: 1 })).toContain('request 1');
    expect(told({ ...code, status: 'over' })).toContain('second answer');
    expect(told({ ...code, truth: null })).toContain('nothing');
    expect(told({})).toContain('went through after all');
  });
});

describe('money', () => {
  const orders = [{ price: 100 }];
  const paid = { active: ['money.paid'], records: records({ orders, payments: [{ transaction: 'T1', amount: 100 }] }) };
  function world(...amounts: number[]) {
    const books = createBooks();
    const order = { number: 'O', caseId: 'c', amount: 100, closed: false, payments: [] };
    books.orders.push(order);
    const payments = amounts.map((amount, n) => books.pay(order, amount, `T${n + 1}`));
    return { books, payments };
  }

  test('I5: a payment that nobody made, of another sum, twice, forgotten, given back or kept without a reason', () => {
    const { books, payments } = world(100);
    expect(ledgerProblem(state(paid), books)).toBeNull();
    expect(ledgerProblem(state(paid), createBooks())).toContain('nobody made');
    expect(ledgerProblem(state(paid), world(99).books)).toContain('99');
    const twice = {
      ...paid,
      records: { ...paid.records, ...records({ surplus: [{ transaction: 'T1', amount: 100 }] }) },
    };
    expect(ledgerProblem(state(twice), books)).toContain('twice');
    expect(ledgerProblem(state({ ...paid, active: ['money.unpaid'] }), books)).toContain('neither');
    const second = world(100, 100);
    expect(ledgerProblem(state(paid), second.books)).toBeNull();
    second.payments[1]!.told = true;
    expect(ledgerProblem(state(paid), second.books)).toContain('does not know');
    payments[0]!.refunded = 100;
    expect(ledgerProblem(state(paid), books)).toContain('was given back');
    expect(moneyProblem(state(paid), books)).toContain('the provider holds 0');
  });

  test('I5: a remittance that did not come, more sent back than came, too little left', () => {
    const books = createBooks();
    const remitted = {
      ...{ active: ['money.paid'], facts: { remitted: { at: 1 } } },
      records: records({ orders, receipts: [{ transaction: 'B1', amount: 100 }] }),
    };
    expect(ledgerProblem(state(remitted), books)).toContain('did not come');
    books.remittances.push({ caseId: 'c', transaction: 'B1', amount: 100 });
    expect(ledgerProblem(state(remitted), books)).toBeNull();
    books.sentBack.push({ caseId: 'c', amount: 60 });
    expect(ledgerProblem(state(remitted), books)).toContain('40 are there');
    books.sentBack.push({ caseId: 'c', amount: 60 });
    expect(ledgerProblem(state(remitted), books)).toContain('more than came');
  });
});
