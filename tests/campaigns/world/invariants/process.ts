import type { CaseView } from '../../../../engine/contract/view.ts';
import type { CaseState, JournalEntry } from '../../../../engine/model/case.ts';
import type { Definition } from '../../../../engine/model/definition.ts';
import type { JsonObject } from '../../../../engine/model/json.ts';
import type { CaseDocument } from '../../../../server/store/store.ts';
import type { Books } from '../books.ts';

export interface Step {
  readonly definition: Definition;
  /** Null for the first document of a case. */
  readonly before: CaseDocument | null;
  readonly after: CaseDocument;
  readonly view: CaseView;
  readonly books: Books;
}

/** What must hold after every step, whatever happened; by the names of docs/state-machine.md. @returns what does not */
export const processInvariants: { readonly [name: string]: (step: Step) => string | null } = {
  I1: madeTooEarly,
  I2: ({ after: { state } }) => samePerson(state),
  I6: usedTwice,
  I7: changedUnflagged,
  I8: offersWhatIsClosed,
  I9: brokenText,
  certificates: ({ after: { state }, books }) => {
    const valid = books.certificates.filter((one) => one.caseId === state.id && one.valid);
    return valid.length > 1 ? `${valid.length} certificates are valid at the same time` : null;
  },
};

/** The step that proved a fact for the last time, unless it was voided since. */
function proofOf(journal: readonly JournalEntry[], fact: string): JournalEntry | null {
  const last = journal.findLast(({ proved, voided }) => proved.includes(fact) || voided.includes(fact));
  return last?.proved.includes(fact) ? last : null;
}

/** What is asked of the issuing system was paid for, proven and approved by a person before. */
function madeTooEarly({ definition, before, after }: Step): string | null {
  const asked = after.outbox.find(
    ({ effect }) => effect.kind === 'call' && effect.connector === 'ca' && effect.operation === 'produce',
  );
  if (!asked || before?.outbox.some(({ effect }) => effect.key === asked.effect.key)) return null;
  const { state, journal } = after;
  const { settings, declared } = definition;
  const fee = Number(state.forms.certificate?.fee ?? state.forms.reissue?.fee ?? 0);
  const needed = [
    'agentVerified',
    'approved',
    ...(settings.organizationAuth === 'byRemark' ? [] : ['organizationVerified']),
    ...(declared.facts.paid !== undefined && settings.feeCollection === 'online' && fee > 0 ? ['paid'] : []),
  ];
  for (const fact of needed) if (!proofOf(journal, fact)) return `a certificate was asked for without ${fact}`;
  const approval = proofOf(journal, 'approved');
  return approval?.part === 'reviewer' ? null : `${approval?.by} of ${approval?.part} approved it`;
}

function samePerson({ people }: CaseState): string | null {
  const parts = ['reviewer', 'secondReviewer', 'refundApprover'].flatMap((part) => people[part] ?? []);
  return new Set(parts).size === parts.length ? null : `one person decided twice: ${JSON.stringify(people)}`;
}

function usedTwice({ before, after, books }: Step): string | null {
  for (const [name, now] of Object.entries(after.secrets)) {
    const then = before?.secrets[name];
    if (then?.generation === now.generation && then.usedAt !== null && then.usedAt !== now.usedAt)
      return `${name} was used twice`;
  }
  const entry = after.journal.at(-1);
  if (!entry?.proved.includes('organizationVerified') || !/^event:(FINANCE_)?CODE$/.test(entry.what)) return null;
  const { organizationCode } = after.secrets;
  if (organizationCode?.usedAt !== entry.at) return 'the account was proven by a code that was not burnt';
  const came = books.deposits.some((one) => one.caseId === after.state.id);
  return came ? null : 'the account was proven by the code of a transfer that never came';
}

/** After a rejection only what was flagged, and what follows from it, is different. */
function changedUnflagged({ definition, before, after }: Step): string | null {
  const entry = after.journal.at(-1);
  if (!before || !entry || !/^event:(RESUBMIT|ANSWER)$/.test(entry.what)) return null;
  const { records } = after.state;
  const lists = [records.rejections, records.openings].flatMap((list) => list?.at(-1)?.data.flags ?? []);
  const flagged = (lists as JsonObject[]).map(({ field }) => String(field));
  const isFlagged = (path: string) =>
    flagged.some((one) => one === path || path.startsWith(`${one}.`) || one.startsWith(`${path}.`));
  for (const [form, values] of Object.entries(after.state.forms)) {
    const was = before.state.forms[form] ?? {};
    for (const name of new Set([...Object.keys(values), ...Object.keys(was)])) {
      const path = `${form}.${name}`;
      if (JSON.stringify(values[name]) === JSON.stringify(was[name]) || isFlagged(path)) continue;
      // Asked for anew, no longer asked for, or worked out from others.
      const isNewlyAsked = !(name in was) || !(name in values);
      const isComputed = definition.forms[form]?.properties[name]?.['x-compute'] !== undefined;
      if (!isNewlyAsked && !isComputed) return `${path} was changed, flagged were ${flagged.join(', ')}`;
    }
  }
  return null;
}

function offersWhatIsClosed({ definition, after, view }: Step): string | null {
  if (definition.settings.legalRepAuth !== false) return null;
  const pressed = after.journal.at(-1)?.what === 'event:LEGAL_REP';
  const offered = view.tasks.some(({ offers }) => offers.some(({ event }) => event === 'LEGAL_REP'));
  return pressed || offered ? 'the project has no LEGAL_REP, and it was there' : null;
}

/** Nothing that people read has a hole where a name should stand. */
function brokenText({ after, view }: Step): string | null {
  const told = after.outbox.flatMap(({ effect }) => (effect.kind === 'notice' ? [effect.text] : []));
  const shown = [...view.waiting.map(({ sentence }) => sentence), ...view.notices.map(({ text }) => text)];
  const broken = [view.status.label, ...told, ...shown].find(
    (text) => text === '' || /[{}]|undefined|\bnull\b|NaN|\[object/.test(text),
  );
  return broken === undefined ? null : `a text that is not whole: "${broken}"`;
}
