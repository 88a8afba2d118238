import { parseDuration } from '../compose/duration.ts';
import { view } from '../explain/view.ts';
import type { Blocker } from '../model/blocker.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { available } from '../run/offers.ts';
import { actorFor, completeCommand, type Fill, personOf } from './complete.ts';
import { isAt, walkTo } from './path.ts';
import { outsideData } from './sample.ts';
import {
  advance,
  begin,
  envOf,
  type Played,
  play,
  type Session,
  type SimulationOptions,
  settleCalls,
} from './session.ts';

/** A scenario file as data (language.md 14); its shape is checked when the file is read. */
export interface Scenario {
  readonly scenario: string;
  readonly project: string;
  /** ISO date and time at which it begins. */
  readonly now?: string;
  readonly steps: readonly ScenarioStep[];
}

export interface ScenarioStep {
  /** A person's event; `as: operations/two`, `fill: complete` or values by form, `times`. */
  readonly do?: string;
  readonly as?: string;
  readonly fill?: Fill;
  readonly times?: number;
  /** An event from outside with its data. */
  readonly notice?: string;
  readonly with?: JsonObject;
  /** Walks to that state. */
  readonly through?: string;
  /** `connector.operation` -> outcome from now on, or `{ outcome, data }`; `none`: no answer. */
  readonly world?: { readonly [operation: string]: Json };
  /** A duration in words. */
  readonly advance?: string;
  /** A person's event that must be refused; `why` is a part of the sentence. */
  readonly refused?: string;
  readonly why?: string;
  readonly expect?: Expectation;
  /** A remark for the reader. */
  readonly say?: string;
}

export interface Expectation {
  readonly at?: string | readonly string[];
  readonly offers?: readonly string[] | { readonly has?: readonly string[]; readonly not?: readonly string[] };
  readonly facts?: readonly string[] | { readonly has?: readonly string[]; readonly not?: readonly string[] };
  readonly counters?: { readonly [counter: string]: number };
  readonly records?: { readonly [record: string]: number };
  /** Notices that were sent since the last `expect`. */
  readonly notified?: string | readonly string[];
  /** The applicant's word for where the case is. */
  readonly label?: string;
  readonly over?: boolean;
  /** A part of one of the waiting sentences. */
  readonly waiting?: string;
}

export interface ScenarioFailure {
  /** 0-based index of the step. */
  readonly step: number;
  /** The step as written. */
  readonly written: string;
  readonly expected: string;
  readonly found: string;
}

export interface ScenarioResult {
  readonly title: string;
  readonly project: string;
  readonly passed: boolean;
  readonly failure: ScenarioFailure | null;
  /** Where it ended; null when it could not even begin. */
  readonly session: Session | null;
}

type Outcome = { readonly session: Session; readonly wrong?: { readonly expected: string; readonly found: string } };

/**
 * Plays a scenario on the production interpreter with a virtual clock and world. Calls are answered at once as the world
 * says. A law that breaks fails the scenario, whatever it expects. Never throws.
 */
export function runScenario(
  definition: Definition,
  scenario: Scenario,
  options: SimulationOptions = {},
): ScenarioResult {
  const { scenario: title, project } = scenario;
  let session: Session | null = null;
  let index = 0;
  let mark = 0;
  const failed = (expected: string, found: string): ScenarioResult => {
    const written = JSON.stringify(scenario.steps[index] ?? {});
    return { title, project, passed: false, failure: { step: index, written, expected, found }, session };
  };
  try {
    const begins = scenario.now === undefined ? undefined : Date.parse(scenario.now);
    session = settleCalls(begin(definition, begins === undefined ? options : { ...options, start: begins }));
    for (; index < scenario.steps.length; index++) {
      const step = scenario.steps[index] as ScenarioStep;
      const before: Session = session;
      const outcome: Outcome =
        step.expect === undefined ? perform(before, step) : expectation(before, step.expect, mark);
      session = outcome.session;
      if (step.expect !== undefined) mark = session.notices.length;
      if (outcome.wrong !== undefined) return failed(outcome.wrong.expected, outcome.wrong.found);
      const incident = session.incidents[before.incidents.length];
      if (incident !== undefined) return failed('没有违反规则，没有异常', incidentText(definition, incident));
    }
  } catch (error) {
    return failed('可以执行', error instanceof Error ? error.message : 'error');
  }
  return { title, project, passed: true, failure: null, session };
}

function perform(session: Session, step: ScenarioStep): Outcome {
  if (step.do !== undefined) {
    let now = session;
    for (let count = 0; count < (step.times ?? 1); count++) {
      const played = send(now, step.do, step);
      if (played.kind === 'refused') {
        return { session: now, wrong: { expected: `可以 ${step.do}`, found: `被拒绝：${sentences(played.blockers)}` } };
      }
      now = settleCalls(played.session);
    }
    return { session: now };
  }
  if (step.refused !== undefined) {
    const played = send(session, step.refused, step);
    if (played.kind === 'played') {
      return { session, wrong: { expected: `拒绝 ${step.refused}`, found: `没有拒绝，到了 ${where(played.session)}` } };
    }
    const said = sentences(played.blockers);
    if (step.why !== undefined && !said.includes(step.why)) {
      return { session, wrong: { expected: `拒绝的理由里有“${step.why}”`, found: said } };
    }
    return { session };
  }
  if (step.notice !== undefined) {
    const made = outsideData(session.definition, session.state, step.notice, envOf(session));
    const played = play(session, { kind: 'outside', event: step.notice, data: { ...made, ...step.with } });
    if (played.kind === 'refused') {
      return { session, wrong: { expected: `收到 ${step.notice}`, found: sentences(played.blockers) } };
    }
    return { session: settleCalls(played.session) };
  }
  if (step.through !== undefined) {
    const arrived = walkTo(session, step.through);
    if (arrived !== null) return { session: arrived };
    return { session, wrong: { expected: `走到 ${step.through}`, found: `没有找到路，停在 ${where(session)}` } };
  }
  if (step.world !== undefined) {
    const world = { ...session.world };
    const said: { [operation: string]: JsonObject } = { ...session.said };
    for (const [operation, answer] of Object.entries(step.world)) {
      const full = answer !== null && typeof answer === 'object' && !Array.isArray(answer) ? answer : null;
      const outcome = full === null ? answer : (full.outcome ?? null);
      world[operation] = typeof outcome === 'string' ? outcome : null;
      delete said[operation];
      const data = full?.data;
      if (data !== null && typeof data === 'object' && !Array.isArray(data)) said[operation] = data;
    }
    return { session: settleCalls({ ...session, world, said }) };
  }
  if (step.advance !== undefined) {
    const duration = parseDuration(step.advance);
    if (duration === null) return { session, wrong: { expected: '一个时长', found: step.advance } };
    return { session: advance(session, duration) };
  }
  return { session };
}

function send(session: Session, event: string, step: ScenarioStep): Played {
  const actor =
    step.as === undefined ? actorFor(session, event) : { ...actorFor(session, event), ...personOf(step.as) };
  return play(session, completeCommand(session, event, actor, step.fill));
}

function expectation(session: Session, expected: Expectation, mark: number): Outcome {
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
  const sent = session.notices.slice(mark).map((notice) => notice.notice);
  for (const notice of listOf(expected.notified)) {
    if (!sent.includes(notice))
      return wrong(`发出 ${notice}`, sent.length === 0 ? '没有发出通知' : `发出 ${sent.join('、')}`);
  }
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

function where(session: Session): string {
  return session.state.active.join('、');
}

function sentences(blockers: readonly Blocker[]): string {
  return blockers
    .map((blocker) =>
      [blocker.message, ...(blocker.fields ?? []).map((each) => `${each.path} ${each.message}`)].join('；'),
    )
    .join('；');
}

function incidentText(definition: Definition, incident: string): string {
  const [kind, id = ''] = incident.split(':');
  if (kind === 'law') return `违反“${definition.declared.laws[id]?.title ?? id}”（${id}）`;
  return incident;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

function bothOf(value: Expectation['facts']): { readonly has: readonly string[]; readonly not: readonly string[] } {
  if (value === undefined) return { has: [], not: [] };
  if ('has' in value || 'not' in value) return { has: value.has ?? [], not: value.not ?? [] };
  return { has: value as readonly string[], not: [] };
}
