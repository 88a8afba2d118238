import { outcomeEvent, timerEvent } from '../../../engine/compile/names.ts';
import { situationOf } from '../../../engine/explore/situation.ts';
import type { Situation, Space } from '../../../engine/explore/space.ts';
import type { CaseState } from '../../../engine/model/case.ts';
import type { Command } from '../../../engine/model/command.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { activeStates, configurationOf } from '../../../engine/run/configuration.ts';
import {
  actorFor,
  advanceTo,
  answer,
  begin,
  completeCommand,
  nextDue,
  outsideData,
  play,
  type Session,
} from '../../../engine/simulate/index.ts';

/** Picks one of so many. */
export type Dice = (options: number) => number;

/** A small repeatable generator: the same seed gives the same walk on every host. */
export function dice(seed: number): Dice {
  let state = seed >>> 0 || 1;
  return (options) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * options);
  };
}

/** One more step of a case under the production interpreter, whatever may come next; null when it was refused. */
export function stumble(session: Session, roll: Dice): Session | null {
  const { definition, state } = session;
  const ways: (() => Session | null)[] = [];
  const events = new Set(
    activeStates(definition, configurationOf(state.active)).flatMap((each) => Object.keys(each.on)),
  );
  for (const event of events) {
    const declared = definition.declared.events[event];
    if (declared === undefined) continue;
    ways.push(() => {
      const command: Command =
        declared.by === undefined
          ? { kind: 'outside', event, data: shaken(outsideData(definition, state, event, envOf(session)), roll) }
          : shakenCommand(session, event, roll);
      const played = play(session, command);
      return played.kind === 'played' ? played.session : null;
    });
  }
  for (const call of session.calls) {
    const outcomes = definition.connectors[call.connector]?.operations[call.operation]?.outcomes ?? {};
    for (const outcome of [...Object.keys(outcomes), 'UNAVAILABLE'])
      ways.push(() => {
        const played = answer(session, call.call, outcome);
        return played.kind === 'played' ? played.session : null;
      });
  }
  const due = nextDue(session, Number.POSITIVE_INFINITY);
  if (due !== null && roll(ways.length === 0 ? 1 : 4) === 0) {
    ways.push(() => advanceTo(session, due.at));
  }
  return ways.length === 0 ? null : (ways[roll(ways.length)] as () => Session | null)();
}

function envOf(session: Session) {
  return { now: session.now, calendar: session.calendar };
}

/** Nobody answers by himself. */
export function silent(definition: Definition): { [operation: string]: string | null } {
  const world: { [operation: string]: string | null } = {};
  for (const [connector, { operations }] of Object.entries(definition.connectors))
    for (const operation of Object.keys(operations)) world[`${connector}.${operation}`] = 'none';
  return world;
}

function shaken<T>(data: T, roll: Dice): T {
  if (data === null || typeof data !== 'object' || roll(3) > 0) return data;
  const entries = Object.entries(data);
  const chosen = entries[roll(Math.max(1, entries.length))];
  if (chosen === undefined) return data;
  const other = ['right', 'wrong', 'expired', 'used', 'delivered', 'returned', 7][roll(7)];
  return { ...data, [chosen[0]]: typeof chosen[1] === 'number' ? 7 : other };
}

function shakenCommand(session: Session, event: string, roll: Dice): Command {
  const able = actorFor(session, event);
  const other = { ...able, id: able.id.replace('/one', '/two') };
  const command = completeCommand(session, event, roll(3) === 0 ? other : able, roll(2) === 0 ? {} : 'complete');
  if (command.kind !== 'event') return command;
  const forms = Object.fromEntries(
    Object.entries(command.forms ?? {}).map(([id, values]) => [id, roll(3) > 0 ? values : renamed(values, roll)]),
  );
  return { ...command, forms, ...(command.data === undefined ? {} : { data: shaken(command.data, roll) }) };
}

/** Another text in one of the fields: what was proven about it is void. */
function renamed<T extends object>(values: T, roll: Dice): T {
  const texts = Object.entries(values).filter(([, value]) => typeof value === 'string');
  const chosen = texts[roll(Math.max(1, texts.length))];
  return chosen === undefined ? values : { ...values, [chosen[0]]: `${chosen[1]}甲` };
}

export interface Walked {
  readonly steps: number;
  /** Steps of the production interpreter that the search does not know. */
  readonly unknown: readonly string[];
  readonly visited: ReadonlySet<string>;
}

/** Every question about people that a law may ask, and what the laws ask. */
export function askedOf({ declared }: Definition): readonly { readonly text: string; readonly at: null }[] {
  const parts = Object.keys(declared.people);
  const pairs = parts.flatMap((one, index) => parts.slice(index + 1).map((two) => [one, two] as const));
  const texts = [
    ...Object.values(declared.laws).map(({ must }) => must),
    ...parts.map((part) => `has(people.${part})`),
    ...pairs.map(([one, two]) => `distinct(people.${one}, people.${two})`),
  ];
  return texts.map((text) => ({ text, at: null }));
}

/** Parts of which the search takes for granted that they are different people. */
function apart({ known }: Space): readonly (readonly [string, string])[] {
  const parts = [...known.people];
  return parts.flatMap((one) => parts.flatMap((two) => (known.apart(one, two) ? [[one, two] as const] : [])));
}

/** Walks at random and asks of every step whether the search has it. */
export function walk(definition: Definition, space: Space, roll: Dice, length: number): Walked {
  let session: Session = { ...begin(definition), world: silent(definition) };
  const unknown: string[] = [];
  const visited = new Set<string>();
  let steps = 0;
  if (!space.start().some(({ next }) => next !== null && same(next, situationOf(space, session.state))))
    unknown.push('start');
  for (let count = 0; count < length; count++) {
    if (session.state.over && roll(3) === 0) session = { ...begin(definition), world: silent(definition) };
    const next = stumble(session, roll);
    if (next === null) continue;
    const commands = (next.commands ?? []).slice((session.commands ?? []).length);
    // Time may have made several things happen: each is a step of its own, and only the last state is at hand.
    if (commands.length === 1) {
      const { command } = commands[0] as { command: Command };
      const from = situationOf(space, session.state);
      const to = situationOf(space, next.state);
      if (!knows(space, session.state, command, from, to))
        unknown.push(
          `${session.state.active.join()} ${JSON.stringify(command).slice(0, 200)} ${next.state.active.join()} ${from.values} ${to.values}`,
        );
      for (const [one, two] of apart(space))
        if (next.state.people[one] !== undefined && next.state.people[one] === next.state.people[two])
          unknown.push(`${next.state.active.join()} ${one} ${two}`);
      visited.add(next.state.active.join());
      steps += 1;
    }
    session = next;
  }
  return { steps, unknown, visited };
}

function knows(space: Space, before: CaseState, command: Command, from: Situation, to: Situation): boolean {
  if (same(from, to)) return true;
  const type = typeOf(space, before, command);
  const reached = space
    .moves(from.configuration)
    .filter((move) => move.type === type)
    .flatMap((move) => space.outcomes(from, move).flatMap(({ next }) => next ?? []));
  if (reached.some((next) => same(next, to))) return true;
  // What came while the case was away is handed over in the step that brings it back.
  return reached.some((next) =>
    space
      .moves(next.configuration)
      .filter((move) => move.kind === 'outcome')
      .some((move) => space.outcomes(next, move).some((later) => later.next !== null && same(later.next, to))),
  );
}

function typeOf(space: Space, before: CaseState, command: Command): string {
  if (command.kind === 'event' || command.kind === 'outside') return command.event;
  if (command.kind === 'timer') return timerEvent(command.timer);
  const known = before.calls[command.call];
  const late = space.searched.chart.states[command.call]?.late[command.outcome];
  if (known?.status === 'left' && late !== undefined) return late;
  return outcomeEvent(command.call, command.outcome);
}

export function same(one: Situation, two: Situation): boolean {
  return one.configuration === two.configuration && one.values.every((value, index) => value === two.values[index]);
}
