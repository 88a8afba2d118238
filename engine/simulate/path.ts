import { wayFrom } from '../explain/main-way.ts';
import { conjuncts, parse, pathOf } from '../expressions/index.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { activeStates, configurationOf } from '../run/configuration.ts';
import { actorFor, completeCommand, type Fill } from './complete.ts';
import { datesHeard, nextDate } from './dates.ts';
import { receive } from './door.ts';
import { advanceTo, nextDue, play, type Session, settleCalls } from './session.ts';

/** How many configurations are looked at before it is given up. */
const maxLooked = 400;

/** What a case has to have besides standing where it should. */
export interface Wanted {
  /** Counter -> how often it counted, exactly. */
  readonly counters?: { readonly [counter: string]: number };
  /** Told after each configuration that was looked at. */
  readonly looked?: () => void;
}

interface Found {
  readonly session: Session;
  readonly steps: number;
  /** Steps so far and what the chart says is still to go. */
  readonly estimate: number;
}

/**
 * Walks a short way to a state with complete forms, by real steps of the production interpreter: buttons of whoever may
 * press them, words from outside, and time (a deadline, the day that a condition asks for) only where nothing else leads
 * on. Calls are answered as the world says.
 * The chart's own shortest way shows the direction.
 * A way that only opens when something has happened often enough is looked for when there is no other.
 * @returns null when none of the ways that were looked at leads there.
 */
export function walkTo(session: Session, target: string, wanted: Wanted = {}): Session | null {
  const counters = Object.entries(wanted.counters ?? {});
  if (counters.length === 0) return search(session, target, false, wanted) ?? search(session, target, true, wanted);
  return counted(session, target, counters, wanted);
}

/**
 * One count after the other: from where it counted last, the next time is near, since what counts is mostly tried again at the
 * very place. A search for all of them at once would look at each way with each count.
 */
function counted(
  session: Session,
  target: string,
  counters: readonly (readonly [counter: string, count: number])[],
  wanted: Wanted,
): Session | null {
  let here: Session | null = session;
  for (const [counter, count] of counters) {
    for (let next = countIn(here, counter) + 1; here !== null && next <= count; next += 1)
      here = search(here, target, true, { ...wanted, counters: { [counter]: next } });
    if (here === null) return null;
  }
  return search(here, target, true, wanted);
}

function countIn(session: Session, counter: string): number {
  return session.state.counters[counter]?.count ?? 0;
}

function search(session: Session, target: string, counting: boolean, wanted: Wanted): Session | null {
  const { counters = {}, looked: tell } = wanted;
  const isThere = (each: Session) =>
    isAt(each, target) && Object.entries(counters).every(([name, count]) => countIn(each, name) === count);
  const begun = settleCalls(session);
  const queue: Found[] = [{ session: begun, steps: 0, estimate: 0 }];
  const seen = new Set<string>();
  const estimates = new Map<string, number>();
  for (let looked = 0; queue.length > 0 && looked < maxLooked; looked++) {
    queue.sort((a, b) => a.estimate - b.estimate);
    const found = queue.shift() as Found;
    tell?.();
    if (isThere(found.session)) return found.session;
    for (const move of movesOf(found.session)) {
      const next = move.make();
      if (next === null) continue;
      const key = keyOf(next, counting);
      if (seen.has(key)) continue;
      seen.add(key);
      const steps = found.steps + move.price;
      queue.push({ session: next, steps, estimate: steps + 2 * distance(next, target, estimates) });
    }
  }
  return null;
}

export function isAt(session: Session, target: string): boolean {
  return configurationOf(session.state.active).all.has(target);
}

/** What makes a case another one for this search: where it is, what is proven, which days have come, and maybe how often something happened. */
function keyOf(session: Session, counting: boolean): string {
  const { active, facts } = session.state;
  const counted = counting ? JSON.stringify(session.state.counters) : '';
  const calls = session.calls.map(({ call }) => call).join(' ');
  return `${counted} ${active.join(' ')} | ${Object.keys(facts).sort().join(' ')} | ${calls} | ${datesHeard(session)}`;
}

/** How far it is to a state by the chart alone; `known` remembers it for this target. */
export function distance(session: Session, target: string, known: Map<string, number>): number {
  const region = target.split('.')[0] as string;
  const leaf = session.state.active.find((each) => each.split('.')[0] === region);
  if (leaf === undefined) return 0;
  const key = `${leaf} ${Object.keys(session.state.facts).sort().join(' ')}`;
  let cost = known.get(key);
  if (cost === undefined) {
    cost = wayFrom(session.definition, leaf, new Set(Object.keys(session.state.facts)), [target])?.cost ?? 40;
    known.set(key, cost);
  }
  return cost;
}

interface Move {
  readonly price: number;
  make(): Session | null;
}

function movesOf(session: Session): Move[] {
  const { definition, state } = session;
  const events = new Set<string>();
  for (const each of activeStates(definition, configurationOf(state.active))) {
    for (const event of Object.keys(each.on)) events.add(event);
  }
  const moves: Move[] = [...events].flatMap((event) =>
    variantsOf(session, event).map((fill) => ({ price: 1, make: () => send(session, event, fill) })),
  );
  const due = nextDue(session, Number.POSITIVE_INFINITY);
  if (due !== null) moves.push({ price: 8, make: () => advanceTo(session, due.at) });
  const date = nextDate(session);
  if (date !== null) moves.push({ price: 8, make: () => advanceTo(session, date) });
  return moves;
}

function send(session: Session, event: string, fill: Variant): Session | null {
  const { definition } = session;
  const declared = definition.declared.events[event];
  if (declared === undefined) return null;
  const fills: Fill = declared.form === undefined ? fill.forms : { ...fill.forms, [declared.form]: fill.event };
  // By the connector's own door: the same message is not passed on twice there either.
  const played =
    declared.by === undefined
      ? receive(session, event, fill.event)
      : play(session, completeCommand(session, event, actorFor(session, event), fills));
  return played.kind === 'played' ? settleCalls(played.session) : null;
}

/** Values that a branch asks for: of the event's own data, and of forms. */
export interface Variant {
  readonly event: JsonObject;
  readonly forms: { readonly [form: string]: JsonObject };
}

/** The usual way of sending an event, and one more for each branch that asks for other words (`event.mode == 'post'`). */
function variantsOf(session: Session, event: string): readonly Variant[] {
  const variants: Variant[] = [{ event: {}, forms: {} }];
  const seen = new Set<string>([JSON.stringify(variants[0])]);
  for (const state of activeStates(session.definition, configurationOf(session.state.active))) {
    for (const branch of state.on[event]?.branches ?? []) {
      if (branch.refuse !== null) continue;
      const variant = variantOf(session.definition, branch.if);
      const key = JSON.stringify(variant);
      if (seen.has(key)) continue;
      seen.add(key);
      variants.push(variant);
    }
  }
  return variants;
}

export function variantOf(definition: Definition, text: string | null): Variant {
  const event: JsonObject = {};
  const forms: { [form: string]: JsonObject } = {};
  const parsed = text === null ? null : parse(text);
  if (parsed?.kind !== 'parsed') return { event, forms };
  for (const term of conjuncts(parsed.expression.ast)) {
    if (term.op !== '==' || term.args[1].op !== 'value' || typeof term.args[1].args !== 'string') continue;
    const [root = '', name, more] = pathOf(term.args[0]) ?? [];
    if (name === undefined || more !== undefined) continue;
    if (root === 'event') event[name] = term.args[1].args;
    else if (definition.forms[root] !== undefined) forms[root] = { ...forms[root], [name]: term.args[1].args };
  }
  return { event, forms };
}
