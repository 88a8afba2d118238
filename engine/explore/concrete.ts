import type { Definition } from '../model/definition.ts';
import { begin, type ScenarioStep, type Session, type SimulationOptions } from '../simulate/index.ts';
import { perform } from '../simulate/perform.ts';
import { candidates } from './candidates.ts';
import type { Course } from './courses.ts';
import type { Step } from './explore.ts';
import { situationOf } from './situation.ts';
import type { Situation, Space } from './space.ts';

/** A way of the search: how it begins, its steps with the states that they lead to, and maybe a last one. */
export interface Way {
  readonly begun: Course;
  readonly way: readonly (Step & { readonly into: Situation })[];
  /** A step that leads into no new state: unheard, refused, endless. */
  readonly last: Course | null;
}

export interface Concrete {
  /** Steps of a scenario, the silent world first. */
  readonly steps: readonly ScenarioStep[];
  /** Where it ends. */
  readonly session: Session;
  /** Steps of the way that were made; all of them when the way is one that a case can take with data that was found. */
  readonly made: number;
}

interface Played {
  readonly session: Session;
  readonly steps: readonly ScenarioStep[];
}

/** How many plays of the same way are gone on with: they differ in the data that was filled in. */
const kept = 6;
const tried = 60;

/**
 * Makes a way of the search into steps of a scenario, with forms that are filled in so that the conditions come out as
 * the way has them: real steps of the production interpreter, each compared with the state that the search expects.
 * What cannot be made is told by `made`: the way is then only a suspicion. [PRV-6]
 */
export function concrete(definition: Definition, space: Space, way: Way, options: SimulationOptions = {}): Concrete {
  // Most ways play at once with the likeliest data.
  const straight = playedWith(1, definition, space, way, options);
  const all = way.way.length + (way.last === null ? 0 : 1);
  return straight.made === all ? straight : playedWith(kept, definition, space, way, options);
}

/** @param most plays of the same way that are gone on with */
function playedWith(
  most: number,
  definition: Definition,
  space: Space,
  way: Way,
  options: SimulationOptions,
): Concrete {
  const silence = silentWorld(definition);
  const first: ScenarioStep[] = Object.keys(silence).length === 0 ? [] : [{ world: silence }];
  let begun = begin(definition, options);
  for (const step of first) begun = perform(begun, step).session;
  let plays: Played[] = [{ session: begun, steps: first }];
  const all = [...way.way, ...(way.last === null ? [] : [way.last])];
  for (const index of all.keys()) {
    const into = way.way[index]?.into ?? null;
    const next: Played[] = [];
    let tries = 0;
    for (const play of plays) {
      for (const steps of candidates(definition, play.session, all, index)) {
        if (tries++ > tried || next.length >= most) break;
        const after = playOn(play, steps, into === null);
        if (after === null) continue;
        if (into === null || isAt(space, after.session, into)) next.push(after);
      }
    }
    const [best] = plays;
    if (next.length === 0) return { ...(best as Played), made: index };
    plays = next;
  }
  return { ...(plays[0] as Played), made: all.length };
}

function playOn(play: Played, steps: readonly ScenarioStep[], last: boolean): Played | null {
  let { session } = play;
  for (const step of steps) {
    const outcome = perform(session, step);
    if (outcome.wrong !== undefined) return last ? { session, steps: [...play.steps, ...steps] } : null;
    session = outcome.session;
  }
  return { session, steps: [...play.steps, ...steps] };
}

function isAt(space: Space, session: Session, into: Situation): boolean {
  const now = situationOf(space, session.state);
  return now.configuration === into.configuration && now.values.every((value, index) => value === into.values[index]);
}

function silentWorld(definition: Definition): { [operation: string]: string } {
  const silent: { [operation: string]: string } = {};
  for (const { call } of Object.values(definition.chart.states))
    if (call !== null) silent[`${call.connector}.${call.operation}`] = 'none';
  return silent;
}
