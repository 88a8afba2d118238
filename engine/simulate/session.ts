import { addDuration } from '../compose/duration.ts';
import type { Blocker } from '../model/blocker.ts';
import type { CaseState, JournalEntry, StepResult } from '../model/case.ts';
import type { Calendar, Command, Environment } from '../model/command.ts';
import type { Duration } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Effect } from '../model/effect.ts';
import type { JsonObject } from '../model/json.ts';
import { environmentFor } from '../run/calendar.ts';
import { start, step } from '../run/index.ts';
import { weekends } from './calendar.ts';
import { outcomeData } from './sample.ts';
import { type Reply, replyAt, withReplies } from './world.ts';

export interface SimulationOptions {
  /** Epoch ms of the start. Default: Monday 2026-01-05 09:00 +08:00. */
  readonly start?: number;
  /** Default: weekends are off, nothing else. */
  readonly calendar?: Calendar;
  /** Every state goes through JSON text before the next step, as if each step ran in a process of its own. */
  readonly restore?: boolean;
}

export type CallEffect = Extract<Effect, { readonly kind: 'call' }>;
/** A call that was made at `since`. `givenUp`: its contract gave up on it, and the reply is still on its way. */
export type OpenCall = CallEffect & { readonly since: number; readonly reply?: Reply; readonly givenUp?: boolean };
export type NoticeEffect = Extract<Effect, { readonly kind: 'notice' }>;

/**
 * One played case with its virtual clock and world: the production interpreter, nothing outside is touched. Plain JSON
 * but for the definition; every function returns a new one.
 */
export interface Session {
  readonly definition: Definition;
  readonly state: CaseState;
  readonly journal: readonly JournalEntry[];
  readonly now: number;
  readonly calendar: Calendar;
  readonly restore: boolean;
  /** `connector.operation` -> outcome that the world gives; null or `none`: no answer. Default: the first that is listed. */
  readonly world: { readonly [operation: string]: string | null };
  /** `connector.operation` -> what the world has ready for the next calls, in turn; wins over `world`. */
  readonly script?: { readonly [operation: string]: readonly Reply[] };
  /** Messages from outside that connectors passed on, as `connector.event:id`: the same one is not passed on twice. */
  readonly heard?: readonly string[];
  /** What the case was told after its start, and when: `step` over these gives the same case again. */
  readonly commands?: readonly { readonly command: Command; readonly at: number }[];
  /** Calls that wait for an answer, oldest first; `since` is when they were made. */
  readonly calls: readonly OpenCall[];
  /** Every call that was made, oldest first. */
  readonly made: readonly CallEffect[];
  /** What was said so far, oldest first. */
  readonly notices: readonly (NoticeEffect & { readonly at: number })[];
  /** Incidents of all steps: broken laws, events that nobody heard, inputs and notices that could not be made. */
  readonly incidents: readonly string[];
  /** Addresses of the branches, obligations and reminders that all steps took, oldest first. */
  readonly taken: readonly string[];
}

export type Played =
  | { readonly kind: 'played'; readonly session: Session }
  | {
      readonly kind: 'refused';
      readonly blockers: readonly Blocker[];
      /** The branch with the `refuse` that decided, where one did. */
      readonly branch?: string;
      readonly session: Session;
    };

const defaultStart = Date.UTC(2026, 0, 5, 1);

export function envOf(session: Pick<Session, 'now' | 'calendar'>): Environment {
  return { now: session.now, calendar: session.calendar };
}

/** The person who starts a case: the first of the role that has the first task. */
export function ownerOf(definition: Definition): string {
  const first = Object.values(definition.chart.states).find((each) => each.task !== null)?.task;
  return `${first?.by ?? Object.keys(definition.roles)[0] ?? 'owner'}/one`;
}

/** Begins a case in a virtual world. @throws when the definition cannot start at all. */
export function begin(definition: Definition, options: SimulationOptions = {}): Session {
  const now = options.start ?? defaultStart;
  const { calendar } = environmentFor(definition, { now, calendar: options.calendar ?? weekends });
  const number = `${definition.project.number.padStart(3, '0')}26010509000001`.slice(-17);
  const result = start(definition, { id: 'case-1', number, owner: ownerOf(definition) }, { now, calendar });
  if (result.kind === 'refused') throw new Error(result.blockers[0]?.message ?? 'refused');
  const empty = { definition, journal: [], now, calendar, restore: options.restore === true, world: {} };
  return taken({ ...empty, state: result.next, calls: [], made: [], notices: [], incidents: [], taken: [] }, result);
}

/** Gives a command to the case. Calls stay open until `answer` or `settleCalls`. */
export function play(session: Session, command: Command): Played {
  const result = step(session.definition, session.state, command, envOf(session));
  if (result.kind === 'refused') return { ...result, session };
  const commands = [...(session.commands ?? []), { command, at: session.now }];
  return { kind: 'played', session: { ...taken(session, result), commands } };
}

function taken(session: Session, result: Extract<StepResult, { readonly kind: 'stepped' }>): Session {
  const calls = [...session.calls];
  const made = [...session.made];
  const notices = [...session.notices];
  for (const effect of result.effects) {
    if (effect.kind === 'call') {
      calls.push({ ...effect, since: session.now });
      made.push(effect);
    } else if (effect.kind === 'notice') notices.push({ ...effect, at: session.now });
  }
  const next = result.next;
  return {
    ...session,
    state: session.restore ? (JSON.parse(JSON.stringify(next)) as CaseState) : next,
    journal: [...session.journal, result.entry],
    calls,
    made,
    notices,
    incidents: [...session.incidents, ...result.incidents],
    taken: [...session.taken, ...result.taken],
  };
}

/** Answers an open call; where no data is given it is made from the contract's schema. */
export function answer(session: Session, call: string, outcome: string, data?: JsonObject): Played {
  const open = session.calls.findLast((each) => each.call === call);
  if (open === undefined) return { kind: 'refused', blockers: [], session };
  return deliver(session, open, outcome, data);
}

/** An answer to a call that was made, whether it still waits or not: late, or once more. [SIM-7] */
export function deliver(session: Session, made: CallEffect, outcome: string, data?: JsonObject): Played {
  const { call, generation } = made;
  const waiting = (each: CallEffect) => each.call === call && each.generation === generation;
  const rest = { ...session, calls: session.calls.filter((each) => !waiting(each)) };
  const given = data ?? outcomeData(rest.definition, rest.state, made, outcome, envOf(rest));
  return play(rest, { kind: 'outcome', call, generation, outcome, ...(given === null ? {} : { data: given }) });
}

/** What the world says to a call now: an outcome, or null for no answer. */
export function worldOutcome(session: Session, call: Session['calls'][number]): string | null {
  if (call.reply !== undefined) return call.reply.after === null ? call.reply.outcome : null;
  const name = `${call.connector}.${call.operation}`;
  const chosen = session.world[name];
  if (chosen !== undefined) return chosen === 'none' ? null : chosen;
  const operation = session.definition.connectors[call.connector]?.operations[call.operation];
  return Object.keys(operation?.outcomes ?? {})[0] ?? null;
}

const maxAnswers = 100;

/** Answers open calls as the world says, and the calls that follow, until none is left that has an answer. */
export function settleCalls(session: Session): Session {
  let now = withReplies(session);
  for (let count = 0; count < maxAnswers; count++) {
    const next = now.calls.find((call) => worldOutcome(now, call) !== null);
    if (next === undefined) return now;
    now = withReplies(replied(now, next, worldOutcome(now, next) as string).session);
  }
  return now;
}

/** The world's answer comes, as often as it says. A refusal of the first is the result; another one changes nothing. */
function replied(session: Session, call: Session['calls'][number], outcome: string): Played {
  const made = outcomeData(session.definition, session.state, call, outcome, envOf(session));
  const data = made === null || outcome === 'UNAVAILABLE' ? made : { ...made, ...call.reply?.data };
  const first = deliver(session, call, outcome, data ?? undefined);
  let now = first.session;
  for (let count = 1; count < (call.reply?.times ?? 1); count++)
    now = deliver(now, call, outcome, data ?? undefined).session;
  return first.kind === 'refused' ? { ...first, session: now } : { kind: 'played', session: now };
}

/** Moves the clock by a duration, firing on the way what falls due, in its order, each at its own time. */
export function advance(session: Session, duration: Duration): Session {
  return advanceTo(session, addDuration(session.now, duration, session.calendar));
}

const maxFirings = 1000;

/** Moves the clock to a moment. */
export function advanceTo(session: Session, until: number): Session {
  let now = session;
  for (let count = 0; count < maxFirings; count++) {
    const next = nextDue(now, until);
    if (next === null) break;
    now = { ...now, now: Math.max(now.now, next.at) };
    const played = fired(now, next);
    // A refused firing would come again and again: the definition cannot go on.
    if (played.kind === 'refused') return { ...played.session, incidents: [...played.session.incidents, 'stuck'] };
    now = settleCalls(played.session);
  }
  return { ...now, now: Math.max(now.now, until) };
}

interface Due {
  readonly kind: 'timer' | 'call' | 'reply';
  readonly id: string;
  readonly generation: number;
  readonly at: number;
}

function fired(session: Session, due: Due): Played {
  if (due.kind === 'timer') return play(session, { kind: 'timer', timer: due.id, generation: due.generation });
  const call = session.calls.find((each) => each.call === due.id && each.generation === due.generation);
  if (call === undefined) return { kind: 'refused', blockers: [], session };
  if (due.kind === 'reply') return replied(session, call, call.reply?.outcome ?? 'UNAVAILABLE');
  const { reply, ...unanswered } = call;
  const played = replied(session, unanswered, 'UNAVAILABLE');
  if (reply?.outcome == null) return played;
  const calls = [...played.session.calls, { ...call, givenUp: true }];
  return { ...played, session: { ...played.session, calls } };
}

/** The earliest timer, call whose contract gives up on it, or reply that comes late, that falls due by then. */
export function nextDue(session: Session, until: number): Due | null {
  const due: Due[] = [];
  for (const [id, timer] of Object.entries(session.state.timers)) {
    due.push({ kind: 'timer', id, generation: timer.generation, at: timer.due });
  }
  for (const call of session.calls) {
    const limit = session.definition.connectors[call.connector]?.operations[call.operation]?.limit ?? null;
    const { call: id, generation } = call;
    if (limit !== null && call.givenUp !== true && call.reply?.lost !== true)
      due.push({ kind: 'call', id, generation, at: call.since + limit });
    const at = replyAt(session, call);
    if (at !== null) due.push({ kind: 'reply', id, generation, at });
  }
  const soon = due.filter((each) => each.at <= until).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return soon[0] ?? null;
}
