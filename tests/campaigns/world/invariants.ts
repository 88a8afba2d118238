import { view } from '../../../engine/index.ts';
import type { CaseState } from '../../../engine/model/case.ts';
import type { Calendar } from '../../../engine/model/command.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { ownerOf } from '../../../server/cases/cases.ts';
import type { CaseDocument } from '../../../server/store/store.ts';
import type { Books } from './books.ts';
import type { Answers } from './outside.ts';

/**
 * What the provider holds of a case is what the case says of its money, once everything has come to rest: nothing
 * when it says that nothing was paid or everything went back, its price when it says paid. What finance still has to
 * pay back by hand is owned by a task.
 */
export function moneyProblem(state: CaseState, books: Books): string | null {
  const held = books.held(state.id);
  // Money that finance has to send back by hand is owned by a task.
  const owned = state.active.some((address) => /^(money|surplus)\..*(failed|review)$/i.test(address));
  if (!owned) {
    const isPaidOnline = state.active.includes('money.paid') && state.facts.remitted === undefined;
    const price = state.records.orders?.at(-1)?.data.price;
    const expected = isPaidOnline ? Number(price ?? 0) : 0;
    if (held !== expected)
      return `the provider holds ${held} fen, the case at ${state.active.join(' ')} has ${expected}`;
  }
  const receipts = (state.records.receipts ?? []).reduce((sum, { data }) => sum + Number(data.amount ?? 0), 0);
  const sentBack = books.sentBack
    .filter(({ caseId }) => caseId === state.id)
    .reduce((sum, { amount }) => sum + amount, 0);
  if (sentBack > receipts) return `the bank sent back ${sentBack} fen of ${receipts}`;
  const valid = books.certificates.filter((one) => one.caseId === state.id && !one.revoked);
  return valid.length > 1 ? `${valid.length} certificates are valid at the same time` : null;
}

/** What an answer may do: to an earlier request nothing; a transfer that went through after all is taken notice of. */
export function answerProblem(answers: Answers, before: CaseDocument, after: CaseDocument): string | null {
  const { call, generation, what } = answers;
  const known = before.state.calls[call];
  // It came before: nothing is told.
  if (before.consumed.includes(`outcome:${call}:${generation}`)) return null;
  // Others may have told the case something at the same time: one of these entries is about this answer.
  const told = after.journal
    .filter((entry) => entry.revision > before.state.revision && entry.what.split(':')[1] === call)
    .map((entry) => entry.what.split(':')[0] ?? '');
  if (known === undefined || told.length === 0) return null;
  const moved = (what: string) => what === 'outcome' || what === 'late';
  if (generation !== known.generation && told.every(moved))
    return `the answer to request ${generation} of ${call} was taken for that of request ${known.generation}`;
  const stage = `${call.slice(0, call.lastIndexOf('.'))}.`;
  const isThere = before.state.active.some((address) => address.startsWith(stage));
  if (
    isThere &&
    generation === known.generation &&
    known.status === 'left' &&
    what === 'bank.microDeposit:OK' &&
    !told.some(moved)
  )
    return 'a transfer went through after all, and the case took no notice';
  return null;
}

/** A case that has not ended names somebody who has to act, or a moment at which it goes on. */
export function waitsForNobody(
  definition: Definition,
  document: CaseDocument,
  now: number,
  calendar: Calendar,
): string | null {
  const { state, journal } = document;
  if (state.over) return null;
  for (const [call, { generation, status }] of Object.entries(state.calls)) {
    const isOut = document.outbox.some(
      ({ effect }) => effect.kind === 'call' && effect.call === call && effect.generation === generation,
    );
    // Its answer is there, for when the case comes back.
    const isParked = Object.values(state.parked).some((parked) =>
      parked.outcomes.some((answer) => answer.call === call),
    );
    if (status === 'waiting' && !isOut && !isParked) return `waits for ${call}, which nobody was asked for`;
  }
  const { waiting } = view(definition, state, ownerOf(state), journal, { now, calendar });
  return waiting.length === 0 ? `waits at ${state.active.join(', ')} for nobody` : null;
}
