import { transitions } from '../check/walk.ts';
import type { Transition } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import { activeStates, chainOf, configurationOf, within } from '../run/configuration.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';
import type { Session } from '../simulate/session.ts';
import type { Move, Plan } from './moves.ts';
import { type Shape, shapeOf, valueIn } from './shape.ts';
import { namesAskedIn, namesOfTransition } from './terms.ts';

/** What a plan will do to a case, by what it did to others. */
export interface Expected {
  readonly steps: readonly ScenarioStep[];
  /** Null: the case stays as it is, or the step breaks a law. */
  readonly shape: Shape | null;
}

/** What one move did: what is another one afterwards. */
interface Change {
  readonly steps: readonly ScenarioStep[];
  /** Region -> its active leaves afterwards, where they are others. */
  readonly at: ReadonlyMap<string, readonly string[]>;
  /** Name -> its value afterwards; null: it is no more. */
  readonly holds: ReadonlyMap<string, string | null>;
  readonly counts: ReadonlyMap<string, string>;
  /** Refused, or it broke a law: it leads nowhere. */
  readonly ends: boolean;
}

interface Known {
  /** What it was seen to depend on. */
  readonly names: Set<string>;
  /** Names and regions that it was seen to change. */
  readonly changed: Set<string>;
  /** Values of all that -> what it did. */
  readonly cases: Map<string, Case>;
}

/** A case in which a plan was carried out. */
interface Case {
  readonly hearing: readonly Transition[];
  readonly shape: Shape;
  readonly changes: readonly Change[];
}

/**
 * Foretells moves instead of carrying them out: a plan does to a case what it did to another one in which everything that
 * it depends on is the same. It depends on who hears it, on what conditions on the way look at, and on the conditions
 * of the other active states that look at what it changes. [PTH-2]
 */
export class Forecast {
  private readonly definition: Definition;
  private readonly known = new Map<string, Known>();
  private readonly taken: ReadonlyMap<string, Transition>;

  constructor(definition: Definition) {
    this.definition = definition;
    this.taken = new Map(
      transitions(definition.chart).flatMap(({ transition }) =>
        transition.branches.map((branch) => [branch.address, transition]),
      ),
    );
  }

  /** What the plan will do; null where it was never carried out in such a case. */
  of({ key, hearing }: Plan, shape: Shape): readonly Expected[] | null {
    const known = this.known.get(key);
    const before = known?.cases.get(this.circumstances(hearing, known, shape));
    if (before === undefined) return null;
    return before.changes.map((change) => ({
      steps: change.steps,
      shape: change.ends ? null : changed(shape, change),
    }));
  }

  /** Notes what a plan that was carried out did. */
  learn(plan: Plan, session: Session, shape: Shape, moves: readonly Move[]): void {
    const known = this.known.get(plan.key) ?? { names: new Set(), changed: new Set(), cases: new Map() };
    this.known.set(plan.key, known);
    const size = known.names.size + known.changed.size;
    const changes = moves.map((move) => changeOf(session, shape, move));
    for (const name of this.dependences(plan, session, moves)) known.names.add(name);
    for (const { at, holds, counts } of changes) {
      for (const region of at.keys()) known.changed.add(`at ${region}`);
      for (const name of [...holds.keys(), ...counts.keys()]) {
        known.changed.add(name);
        known.names.add(name);
      }
    }
    const cases = [...known.cases.values()];
    if (known.names.size + known.changed.size > size) known.cases.clear();
    else cases.length = 0;
    const { hearing } = plan;
    for (const each of [...cases, { hearing, shape, changes }])
      known.cases.set(this.circumstances(each.hearing, known, each.shape), each);
  }

  /** What conditions look at that were asked on the way. */
  private *dependences(plan: Plan, session: Session, moves: readonly Move[]): Generator<string> {
    for (const transition of plan.hearing) yield* namesOfTransition(this.definition, transition);
    const before = new Set(session.state.active.flatMap(chainOf));
    for (const move of moves) {
      for (const branch of move.session.taken.slice(session.taken.length)) {
        const transition = this.taken.get(branch);
        if (transition !== undefined) yield* namesOfTransition(this.definition, transition);
      }
      for (const address of move.session.state.active.flatMap(chainOf)) {
        const state = before.has(address) ? undefined : this.definition.chart.states[address];
        if (state !== undefined) yield* namesAskedIn(this.definition, state);
      }
    }
  }

  /** Everything that the plan depends on, with its values in this case. */
  private circumstances(hearing: readonly Transition[], known: Known, shape: Shape): string {
    const values = (names: Iterable<string>) => [...names].map((name) => valueIn(shape, name) ?? null);
    const watching = activeStates(this.definition, configurationOf(shape.at)).flatMap((state) => {
      const names = namesAskedIn(this.definition, state);
      return names.some((name) => touches(known.changed, name)) ? [state.address, ...values(names)] : [];
    });
    return JSON.stringify([hearing.map((each) => each.address), values(known.names), watching]);
  }
}

function touches(changed: ReadonlySet<string>, name: string): boolean {
  if (!name.startsWith('at ')) return changed.has(name);
  return changed.has(`at ${regionOf(name.slice(3))}`);
}

function regionOf(address: string): string {
  return address.split('.')[0] as string;
}

function changeOf(before: Session, shape: Shape, move: Move): Change {
  const incident = move.session.incidents.length > before.incidents.length;
  const after = move.refused === null && !incident ? shapeOf(move.session) : shape;
  const regions = new Set([...shape.at, ...after.at].map(regionOf));
  const at = new Map<string, readonly string[]>();
  for (const region of regions) {
    const now = after.at.filter((leaf) => within(leaf, region));
    if (now.join(' ') !== shape.at.filter((leaf) => within(leaf, region)).join(' ')) at.set(region, now);
  }
  const holds = new Map<string, string | null>();
  for (const name of new Set([...shape.holds.keys(), ...after.holds.keys()])) {
    const now = after.holds.get(name) ?? null;
    if (now !== (shape.holds.get(name) ?? null)) holds.set(name, now);
  }
  const counts = new Map<string, string>();
  for (const [index, { name, count }] of after.counts.entries())
    if (count !== shape.counts[index]?.count) counts.set(name, count);
  return { steps: move.steps, at, holds, counts, ends: move.refused !== null || incident };
}

function changed(shape: Shape, { at, holds, counts }: Change): Shape {
  const stay = shape.at.filter((leaf) => !at.has(regionOf(leaf)));
  const held = new Map(shape.holds);
  for (const [name, value] of holds) {
    if (value === null) held.delete(name);
    else held.set(name, value);
  }
  return {
    at: [...stay, ...[...at.values()].flat()],
    holds: held,
    counts: shape.counts.map((each) => ({ ...each, count: counts.get(each.name) ?? each.count })),
  };
}
