import { asIs, type Said, said } from '../errors/index.ts';
import { view } from '../explain/view.ts';
import { equal } from '../run/commit.ts';
import { available } from '../run/offers.ts';
import { actorFor, personOf } from './complete.ts';
import { isAt } from './path.ts';
import { where } from './perform.ts';
import type { Expectation, Outcome } from './scenario.ts';
import { envOf, type Session } from './session.ts';

/** Compares a case with what a scenario expects. `mark`: how many notices had been sent at the last `expect`. */
export function expectation(session: Session, expected: Expectation, mark: number): Outcome {
  const { definition, state } = session;
  const wrong = (expected: Said, found: Said): Outcome => ({ session, wrong: { expected, found } });
  for (const place of listOf(expected.at))
    if (!isAt(session, place))
      return wrong(said('scenario-at', { place }), said('scenario-at', { place: where(session) }));

  const facts = bothOf(expected.facts);
  for (const fact of facts.has) {
    if (state.facts[fact] === undefined)
      return wrong(
        said('scenario-fact', { fact }),
        said('scenario-has', { names: Object.keys(state.facts).join('、') }),
      );
  }
  for (const fact of facts.not)
    if (state.facts[fact] !== undefined)
      return wrong(said('scenario-no-fact', { fact }), said('scenario-has', { names: fact }));

  if (expected.offers !== undefined) {
    const offers = bothOf(expected.offers);
    const offered = offeredNow(session);
    for (const event of offers.has) {
      if (!offered.has(event))
        return wrong(said('scenario-may', { event }), said('scenario-may', { event: [...offered].join('、') }));
    }
    for (const event of offers.not)
      if (offered.has(event)) return wrong(said('scenario-may-not', { event }), said('scenario-may', { event }));
  }
  const values = valuesOf(session);
  for (const [name, count] of Object.entries(expected.counters ?? {})) {
    if (values.counters[name] !== count)
      return wrong(
        said('scenario-counter', { name, value: count }),
        values.counters[name] === undefined ? said('scenario-no-counter') : asIs(String(values.counters[name])),
      );
  }
  for (const [name, count] of Object.entries(expected.records ?? {})) {
    const found = state.records[name]?.length ?? 0;
    if (found !== count)
      return wrong(said('scenario-records', { name, count }), said('scenario-entries', { count: found }));
  }
  for (const [part, person] of Object.entries(expected.people ?? {})) {
    if (state.people[part] !== person)
      return wrong(said('scenario-counter', { name: part, value: person }), personIn(state.people[part]));
  }
  for (const [operation, input] of Object.entries(expected.asked ?? {})) {
    const call = session.made.findLast((each) => `${each.connector}.${each.operation}` === operation);
    if (input === null) {
      if (call !== undefined)
        return wrong(said('scenario-no-call-of', { operation }), asIs(JSON.stringify(call.input)));
    } else if (call === undefined || !Object.entries(input).every(([name, value]) => equal(call.input[name], value)))
      return wrong(
        asIs(`${operation} ${JSON.stringify(input)}`),
        call === undefined ? said('scenario-no-call') : asIs(JSON.stringify(call.input)),
      );
  }
  const sent = session.notices.slice(mark).map((notice) => notice.notice);
  const notified = notifiedOf(expected.notified);
  for (const notice of notified.has) {
    if (!sent.includes(notice))
      return wrong(
        said('scenario-sent', { notice }),
        sent.length === 0 ? said('scenario-none-sent') : said('scenario-sent', { notice: sent.join('、') }),
      );
  }
  for (const notice of notified.not)
    if (sent.includes(notice)) return wrong(said('scenario-not-sent', { notice }), said('scenario-sent', { notice }));
  if (expected.label !== undefined || expected.waiting !== undefined) {
    const seen = view(definition, state, personOf(state.owner), session.journal, envOf(session));
    if (expected.label !== undefined && seen.status.label !== expected.label) {
      return wrong(
        said('scenario-label', { label: expected.label }),
        said('scenario-label', { label: seen.status.label }),
      );
    }
    const sentences = seen.waiting.map((each) => each.sentence.replaceAll('**', ''));
    if (expected.waiting !== undefined && !sentences.some((text) => text.includes(expected.waiting as string))) {
      return wrong(said('scenario-waiting', { text: expected.waiting }), asIs(sentences.join(' / ')));
    }
  }
  for (const what of typeof expected.erased === 'string' ? [expected.erased] : (expected.erased ?? []))
    if (state.erased?.[what] === undefined)
      return wrong(
        said('scenario-erased', { what }),
        said('scenario-erased', { what: Object.keys(state.erased ?? {}).join('、') || said('scenario-nothing') }),
      );
  if (expected.over !== undefined && state.over !== expected.over) {
    return wrong(
      said(expected.over ? 'scenario-over' : 'scenario-open'),
      state.over ? said('scenario-over') : said('scenario-open-at', { place: where(session) }),
    );
  }
  return { session };
}

/** Who signed, or that nobody did. */
function personIn(person: string | undefined): Said {
  return person === undefined ? said('scenario-nobody') : asIs(person);
}

/** Events that somebody could send now. */
function offeredNow(session: Session): ReadonlySet<string> {
  const { definition, state } = session;
  const found = new Set<string>();
  const events = Object.keys(definition.declared.events).filter((event) => definition.declared.events[event]?.by);
  for (const event of events) {
    const actor = actorFor(session, event);
    const offer = available(definition, state, actor, envOf(session)).find((each) => each.event === event);
    if (offer !== undefined && offer.blockers.length === 0) found.add(event);
  }
  return found;
}

function valuesOf(session: Session): { readonly counters: { readonly [counter: string]: number } } {
  const { definition, state } = session;
  const counters: { [counter: string]: number } = {};
  for (const name of Object.keys(definition.declared.counters)) counters[name] = state.counters[name]?.count ?? 0;
  return { counters };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

function notifiedOf(value: Expectation['notified']): ReturnType<typeof bothOf> {
  return typeof value === 'string' ? bothOf([value]) : bothOf(value);
}

function bothOf(value: Expectation['facts']): { readonly has: readonly string[]; readonly not: readonly string[] } {
  if (value === undefined) return { has: [], not: [] };
  if ('has' in value || 'not' in value) return { has: value.has ?? [], not: value.not ?? [] };
  return { has: value as readonly string[], not: [] };
}
