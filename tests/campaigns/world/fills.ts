import type { CaseState } from '../../../engine/model/case.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { creditCode } from '../../support/credit-code.ts';
import type { Books, Remittance } from './books.ts';
import type { Chance } from './chance.ts';

/** Values by form, to be laid over the smallest ones that a form allows. */
export type Values = { readonly [form: string]: JsonObject };

/** What people change when they are asked to, or without being asked. */
const changes: readonly { readonly field: string; value(n: number): Json }[] = [
  { field: 'organization.address', value: (n) => `示例路 ${n} 号` },
  { field: 'organization.name', value: (n) => `示例第${n}有限公司` },
  { field: 'agent.email', value: (n) => `agent${n}@example.com` },
  { field: 'agent.name', value: (n) => `示例人${'甲乙丙丁'[n % 4]}` },
  { field: 'agent.position', value: (n) => (n % 2 === 0 ? 'clerk' : 'manager') },
  { field: 'bank.branch', value: (n) => `示例银行第${n}支行` },
  { field: 'certificate.years', value: (n) => 1 + (n % 3) },
];

/** Fields that a reviewer may send back. */
export function flags(how: Chance, forms: CaseState['forms']): JsonObject {
  const possible = changes.filter(({ field }) => forms[field.split('.')[0] ?? ''] !== undefined);
  const first = possible.length === 0 ? 0 : how.below(possible.length);
  const some = possible.slice(first, first + 1 + how.below(2));
  const named = some.length > 0 ? some.map(({ field }) => field) : ['agent.email'];
  return { flags: named.map((field) => ({ field, reason: '请核对后修改' })) };
}

/** What somebody types who has to correct a case: what was flagged, and now and then something else. */
export function corrections(state: CaseState, how: Chance): Values {
  const rounds = ['rejections', 'openings'].flatMap((record) => state.records[record]?.slice(-1) ?? []);
  const flagged = new Set(rounds.flatMap(({ data }) => (data.flags as JsonObject[]).map(({ field }) => String(field))));
  const typed: { [form: string]: { [name: string]: Json } } = {};
  for (const { field, value } of changes) {
    const [form = '', name = ''] = field.split('.');
    if (state.forms[form] === undefined) continue;
    if (flagged.has(field) ? how.percent(90) : how.percent(3))
      typed[form] = { ...typed[form], [name]: value(how.below(90)) };
  }
  return typed;
}

/** What people type that the smallest form does not say: a company and a certificate of their own, years, a way to pay. */
export function ownValues(how: Chance, person: number): Values {
  const number = creditCode(person);
  return {
    organization: { number },
    heldCertificate: { serial: `5C${String(person).padStart(10, '0')}`, number },
    ...(how.percent(40) ? { certificate: { years: 1 + how.below(3) } } : {}),
    ...(how.percent(30) ? { order: { mode: 'remittance' } } : {}),
  };
}

/** What came for the case and nobody has registered yet. */
export function unregistered(state: CaseState, books: Books): Remittance | null {
  const known = new Set((state.records.receipts ?? []).map(({ data }) => data.transaction));
  return books.remittances.find((one) => one.caseId === state.id && !known.has(one.transaction)) ?? null;
}

/** Finance writes down what the bank's statement says. */
export function receiptOf(state: CaseState, remittance: Remittance): JsonObject {
  const account = state.forms.remittance?.payerAccount ?? state.forms.bank?.accountNumber;
  return {
    payer: state.forms.organization?.name ?? '示例有限公司',
    ...(account === undefined ? {} : { payerAccount: account }),
    total: remittance.amount,
    amount: remittance.amount,
    transaction: remittance.transaction,
  };
}
