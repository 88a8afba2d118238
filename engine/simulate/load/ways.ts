import { timerId } from '../../compile/names.ts';
import { subtractDuration } from '../../compose/duration.ts';
import type { Command } from '../../model/command.ts';
import type { Delay, Duration } from '../../model/composed.ts';
import type { Definition } from '../../model/definition.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Values } from '../../paths/choices.ts';
import { flagged, touched } from '../../paths/corrections.ts';
import { historyOf } from '../../run/configuration.ts';
import { worldOf } from '../../run/world.ts';
import { actorFor, completeCommand } from '../complete.ts';
import { nextDate } from '../dates.ts';
import { receive } from '../door.ts';
import { sampleOf } from '../sample.ts';
import { answer, begin, deliver, envOf, type Played, play, type Session, type SimulationOptions } from '../session.ts';
import { type Ahead, aheadOf } from './ahead.ts';
import { day } from './calendar.ts';
import type { Option } from './options.ts';
import { type Awaited, callsOf, keyOf, type Place, placeOf } from './places.ts';
import { usualWay } from './usual.ts';

/** What happens to a case next. */
export type Act =
  /** `mark`: which fields its dialogue marks, of the ways to do so that make a difference. */
  | { readonly kind: 'event'; readonly option: Option; readonly mark: number }
  /** An event of the applicant that belongs to no task. */
  | { readonly kind: 'aside'; readonly event: string }
  | { readonly kind: 'outcome'; readonly call: string; readonly outcome: string }
  | { readonly kind: 'outside'; readonly event: string }
  | { readonly kind: 'timer'; readonly timer: string }
  /** The day has come that the case waited for. */
  | { readonly kind: 'date' };

/** Where an act leads; every case of the same place goes the same way by it. */
export interface Way {
  readonly to: Place;
  readonly left: readonly string[];
  readonly entered: readonly string[];
  /** For each thing that is awaited then: which of those before it is; -1 for a new one. */
  readonly carried: readonly number[];
  /** New deadlines: timer -> how long it runs; null: what was left of it when it was parked. */
  readonly armed: ReadonlyMap<string, Duration | Ahead | null>;
  /** The day that it waits for from now on, where it waits for one. */
  readonly date: Ahead | null;
  /** Deadlines that stand still from now on, and by what time they count. */
  readonly parked: ReadonlyMap<string, Delay | null>;
  /** Parts of the case that whoever acts takes over. */
  readonly signed: readonly string[];
}

/**
 * The production interpreter over a whole crowd: what happens to the first case of a shape is played by real steps, and
 * remembered for the others.
 */
export class Ways {
  readonly begun: Place;
  /** Deadlines that run from the start, and the day that is waited for from then on. */
  readonly atFirst: Pick<Way, 'armed' | 'date'>;
  /** Steps of the interpreter so far. */
  played = 0;
  private readonly places = new Map<string, Place>();
  private readonly known = new WeakMap<Place, Map<string, Way | null>>();

  constructor(definition: Definition, options: SimulationOptions) {
    const session = begin(definition, options);
    this.begun = this.placeFor(session);
    const nothing = { ...session, state: { ...session.state, timers: {}, parked: {} } };
    this.atFirst = { armed: timersBetween(definition, nothing, session).armed, date: dateAhead(session) };
  }

  /** How many shapes of cases there were. */
  get shapes(): number {
    return this.places.size;
  }

  /** Null: refused, the case is where it was. */
  way(from: Place, act: Act): Way | null {
    const ways = this.known.get(from) ?? new Map<string, Way | null>();
    this.known.set(from, ways);
    const key = keyOfAct(act);
    let way = ways.get(key);
    if (way === undefined) {
      this.played += 1;
      const played = performed(from.session, act);
      way = played.kind === 'refused' ? null : this.wayOf(from, played.session);
      ways.set(key, way);
    }
    return way;
  }

  private placeFor(session: Session): Place {
    // What was done so far tells nothing about how it goes on, and grows.
    const lean: Session = { ...session, journal: [], made: [], notices: [], taken: [], commands: [], incidents: [] };
    const key = keyOf(lean);
    const place = this.places.get(key) ?? placeOf(lean);
    this.places.set(key, place);
    return place;
  }

  private wayOf(from: Place, after: Session): Way {
    const before = from.session;
    const entry = after.journal.at(-1);
    const place = this.placeFor(after);
    const { entered = [], left = [] } = entry ?? {};
    const { definition } = after;
    const at = new Map(from.awaited.map(({ id }, index) => [id, index]));
    const carried = place.awaited.map((awaited) => carriedFrom(awaited, before, after, entered, at));
    const signed = after.taken.flatMap((branch) => signatures(definition).get(branch) ?? []);
    const date = dateAhead(after);
    return { to: place, left, entered, carried, ...timersBetween(definition, before, after), date, signed };
  }
}

/** Which of the things that were awaited before this is; -1 for a new one. @param at id -> index before */
function carriedFrom(
  awaited: Awaited,
  before: Session,
  after: Session,
  entered: readonly string[],
  at: ReadonlyMap<string, number>,
): number {
  const index = at.get(awaited.id) ?? -1;
  switch (awaited.kind) {
    case 'timer': {
      const [was, is] = [before.state.timers[awaited.timer], after.state.timers[awaited.timer]];
      return was?.generation === is?.generation ? index : -1;
    }
    case 'call': {
      const made = callsOf(after).find(({ id }) => id === awaited.id)?.call;
      const same = callsOf(before).find(({ call }) => call.call === made?.call && call.generation === made.generation);
      return same === undefined ? -1 : (at.get(same.id) ?? -1);
    }
    case 'task': {
      const { state } = awaited.task;
      const isSame = before.state.entered[state] === after.state.entered[state];
      return isSame && !entered.includes(state) ? index : -1;
    }
    case 'date':
      return awaitedDate(before) === awaitedDate(after) ? index : -1;
    case 'outside':
      return entered.includes(usualWay(after.definition).outside.get(awaited.event) ?? '') ? -1 : index;
  }
}

function keyOfAct(act: Act): string {
  switch (act.kind) {
    case 'event':
      return `event ${act.option.id} ${act.mark} ${JSON.stringify(act.option.fill)}`;
    case 'aside':
      return `aside ${act.event}`;
    case 'outcome':
      return `outcome ${act.call} ${act.outcome}`;
    case 'outside':
      return `outside ${act.event}`;
    case 'timer':
      return `timer ${act.timer}`;
    case 'date':
      return 'date';
  }
}

const nobody = { event: {}, actor: null };

/** The act by a real step of the interpreter. */
export function performed(session: Session, act: Act): Played {
  switch (act.kind) {
    case 'event': {
      const { event, fill, edit, marks } = act.option;
      const { definition, state } = session;
      const form = definition.declared.events[event]?.form;
      const world = worldOf(state, historyOf(state), nobody, envOf(session));
      const changed = edit === null ? {} : touched(session, world, edit);
      const marked = marks && form !== undefined ? flagged(session, world, form) : [];
      const dialogue = { ...marked[act.mark % marked.length]?.[form ?? ''], ...fill.event };
      const send = (values: Values, said: JsonObject = {}): Played => {
        const fills = { ...values, ...fill.forms, ...(form === undefined ? {} : { [form]: { ...dialogue, ...said } }) };
        return play(session, completeCommand(session, event, actorFor(session, event), fills));
      };
      const sent = send(changed);
      if (sent.kind === 'played') return sent;
      // What cannot be changed any more is explained instead, by a button that asks for no change.
      if (edit !== null) return send({});
      const mended = form === undefined ? {} : mendedBy(definition, form, sent);
      return Object.keys(mended).length === 0 ? sent : send(changed, mended);
    }
    case 'aside':
      return play(session, completeCommand(session, act.event, actorFor(session, act.event)));
    case 'outcome': {
      const open = callsOf(session).find(({ id }) => id === act.call)?.call;
      if (open === undefined) return { kind: 'refused', blockers: [], session };
      const isNewest = session.calls.findLast(({ call }) => call === open.call) === open;
      return isNewest ? answer(session, open.call, act.outcome) : deliver(session, open, act.outcome);
    }
    case 'outside':
      return receive(session, act.event);
    case 'timer': {
      const timer = session.state.timers[act.timer];
      if (timer === undefined) return { kind: 'refused', blockers: [], session };
      const command: Command = { kind: 'timer', timer: act.timer, generation: timer.generation };
      return play({ ...session, now: Math.max(session.now, timer.due) }, command);
    }
    case 'date':
      return { kind: 'played', session: { ...session, now: awaitedDate(session) ?? session.now } };
  }
}

/** Fields of a dialogue that were filled in beforehand with what an invented answer held: valid values for them. */
function mendedBy(
  definition: Definition,
  form: string,
  { blockers }: Extract<Played, { kind: 'refused' }>,
): JsonObject {
  const wrong = blockers.flatMap(({ fields = [] }) => fields.map(({ path }) => path.split('.')));
  const schema = definition.forms[form]?.properties ?? {};
  return Object.fromEntries(
    wrong.flatMap(([root, name = '']) => (root === form && schema[name] ? [[name, sampleOf(schema[name], name)]] : [])),
  );
}

function timersBetween(definition: Definition, before: Session, after: Session): Pick<Way, 'armed' | 'parked'> {
  const wasParked = new Set(Object.values(before.state.parked).flatMap(({ timers }) => Object.keys(timers)));
  const armed = new Map<string, Duration | Ahead | null>();
  for (const [id, timer] of Object.entries(after.state.timers)) {
    if (timer.kind !== 'after' || before.state.timers[id]?.generation === timer.generation) continue;
    armed.set(id, wasParked.has(id) ? null : durationOf(delayOf(definition, timer.state, id), after, timer.due));
  }
  const parked = new Map<string, Delay | null>();
  for (const { timers } of Object.values(after.state.parked))
    for (const [id, timer] of Object.entries(timers))
      if (!wasParked.has(id) && timer.kind === 'after') parked.set(id, delayOf(definition, timer.state, id));
  return { armed, parked };
}

function delayOf(definition: Definition, state: string, timer: string): Delay | null {
  const { after = [] } = definition.chart.states[state] ?? {};
  return after.find(({ key }) => timerId(state, 'after', key) === timer)?.duration ?? null;
}

/** A date that the case holds is invented here: it lies as far ahead as it does in the played case, and a day at least. */
function durationOf(delay: Delay | null, { state, now, calendar }: Session, due: number): Duration | Ahead {
  if (delay?.kind === 'elapsed' || delay?.kind === 'working') return delay;
  if (delay?.kind === 'nth') {
    const count = state.counters[delay.counter]?.count ?? 0;
    const each = delay.each[Math.min(count, delay.each.length - 1)];
    if (each !== undefined) return each;
  }
  if (due <= now) return { kind: 'elapsed', ms: day };
  return delay?.kind === 'moment' ? aheadOf(now, due, calendar) : { kind: 'elapsed', ms: due - now };
}

function dateAhead(session: Session): Ahead | null {
  const date = awaitedDate(session);
  return date === null ? null : aheadOf(session.now, date, session.calendar);
}

/**
 * When the day that a case waits for brings it on: a deadline that counts from a moment of that day (`2 hours after visit.starts`)
 * says when people come; where none does, the day's first moment.
 */
function awaitedDate(session: Session): number | null {
  const date = nextDate(session);
  if (date === null) return null;
  const { definition, state, calendar } = session;
  const moments = Object.entries(state.timers).flatMap(([id, { kind, state: owner, due }]) => {
    const delay = kind === 'after' ? delayOf(definition, owner, id) : null;
    if (delay?.kind !== 'moment' || delay.side !== 'after' || delay.offset === null) return [];
    return [subtractDuration(due, delay.offset, calendar)];
  });
  return Math.max(date, ...moments.filter((at) => at < date + day));
}

const signing = new WeakMap<Definition, ReadonlyMap<string, readonly string[]>>();

/** Branch -> parts of the case that whoever takes it signs for. */
function signatures(definition: Definition): ReadonlyMap<string, readonly string[]> {
  const found =
    signing.get(definition) ??
    new Map(
      Object.values(definition.chart.states).flatMap(({ on }) =>
        Object.values(on).flatMap(({ branches }) =>
          branches.map(({ address, words }) => [address, words.sign] as const),
        ),
      ),
    );
  signing.set(definition, found);
  return found;
}
