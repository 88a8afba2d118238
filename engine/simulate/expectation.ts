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
  const wrong = (want: string, found: string): Outcome => ({ session, wrong: { expected: want, found } });
  for (const place of listOf(expected.at))
    if (!isAt(session, place)) return wrong(`在 ${place}`, `在 ${where(session)}`);

  const facts = bothOf(expected.facts);
  for (const fact of facts.has) {
    if (state.facts[fact] === undefined) return wrong(`事实 ${fact}`, `有 ${Object.keys(state.facts).join('、')}`);
  }
  for (const fact of facts.not) if (state.facts[fact] !== undefined) return wrong(`没有事实 ${fact}`, `有 ${fact}`);

  if (expected.offers !== undefined) {
    const offers = bothOf(expected.offers);
    const offered = offeredNow(session);
    for (const event of offers.has) {
      if (!offered.has(event)) return wrong(`可以 ${event}`, `可以 ${[...offered].join('、')}`);
    }
    for (const event of offers.not) if (offered.has(event)) return wrong(`不能 ${event}`, `可以 ${event}`);
  }
  const values = valuesOf(session);
  for (const [name, count] of Object.entries(expected.counters ?? {})) {
    if (values.counters[name] !== count)
      return wrong(`${name} 是 ${count}`, `${values.counters[name] ?? '没有这个计数'}`);
  }
  for (const [name, count] of Object.entries(expected.records ?? {})) {
    const found = state.records[name]?.length ?? 0;
    if (found !== count) return wrong(`${name} 有 ${count} 条`, `${found} 条`);
  }
  for (const [part, person] of Object.entries(expected.people ?? {})) {
    if (state.people[part] !== person) return wrong(`${part} 是 ${person}`, state.people[part] ?? '没有人');
  }
  for (const [operation, input] of Object.entries(expected.asked ?? {})) {
    const call = session.made.findLast((each) => `${each.connector}.${each.operation}` === operation);
    if (input === null) {
      if (call !== undefined) return wrong(`没有调用 ${operation}`, JSON.stringify(call.input));
    } else if (call === undefined || !Object.entries(input).every(([name, value]) => equal(call.input[name], value)))
      return wrong(
        `${operation} ${JSON.stringify(input)}`,
        call === undefined ? '没有调用' : JSON.stringify(call.input),
      );
  }
  const sent = session.notices.slice(mark).map((notice) => notice.notice);
  const notified = notifiedOf(expected.notified);
  for (const notice of notified.has) {
    if (!sent.includes(notice))
      return wrong(`发出 ${notice}`, sent.length === 0 ? '没有发出通知' : `发出 ${sent.join('、')}`);
  }
  for (const notice of notified.not) if (sent.includes(notice)) return wrong(`没有发出 ${notice}`, `发出 ${notice}`);
  if (expected.label !== undefined || expected.waiting !== undefined) {
    const seen = view(definition, state, personOf(state.owner), session.journal, envOf(session));
    if (expected.label !== undefined && seen.status.label !== expected.label) {
      return wrong(`显示“${expected.label}”`, `显示“${seen.status.label}”`);
    }
    const said = seen.waiting.map((each) => each.sentence.replaceAll('**', ''));
    if (expected.waiting !== undefined && !said.some((text) => text.includes(expected.waiting as string))) {
      return wrong(`等待句里有“${expected.waiting}”`, said.join(' / '));
    }
  }
  for (const what of typeof expected.erased === 'string' ? [expected.erased] : (expected.erased ?? []))
    if (state.erased?.[what] === undefined)
      return wrong(`已删除 ${what}`, `已删除 ${Object.keys(state.erased ?? {}).join('、') || '无'}`);
  if (expected.over !== undefined && state.over !== expected.over) {
    return wrong(expected.over ? '已办结' : '未办结', state.over ? '已办结' : `未办结，在 ${where(session)}`);
  }
  return { session };
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
