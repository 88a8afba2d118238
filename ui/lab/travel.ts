import { wayFrom } from '../../engine/explain/main-way.ts';
import { type Definition, type Session, type Wanted, walkTo } from '../../engine/index.ts';

/** How many other worlds are tried when the usual one does not lead there. Each search takes a second or two. */
const MAX_WORLDS = 3;

/** Where somebody wants to be taken: a state, and counters as often as they shall have counted. */
export interface Destination {
  readonly state: string;
  readonly counters: { readonly [counter: string]: number };
}

/** Where the search came to, and the answers that were needed on the way. */
export interface Arrival {
  readonly session: Session;
  readonly world: { readonly [operation: string]: string };
}

/**
 * The engine's search to a state: first in a world where everything goes well, then in worlds where one system answers
 * otherwise; the answers that lead nearest to the state come first. Null when none of these ways leads there.
 */
export function travel(
  session: Session,
  { state, counters }: Destination,
  looked: () => void = () => undefined,
): Arrival | null {
  const wanted: Wanted = { looked, counters };
  for (const world of [{}, ...worldsTowards(session.definition, state).slice(0, MAX_WORLDS)]) {
    const arrived = walkTo({ ...session, world }, state, wanted);
    if (arrived) return { session: arrived, world };
  }
  return null;
}

/** Whether the chart has edges that lead from somewhere in the case to the state, whatever their conditions say. */
export function isWalkable({ definition, state }: Session, target: string): boolean {
  const facts = new Set(Object.keys(state.facts));
  return state.active.some((leaf) => wayFrom(definition, leaf, facts, [target]) !== null);
}

/** Outcomes other than the first on the ways back from a state, nearest first. */
export function worldsTowards(
  definition: Definition,
  target: string,
): readonly { readonly [operation: string]: string }[] {
  const states = Object.values(definition.states);
  const worlds: { [operation: string]: string }[] = [];
  const seen = new Set<string>();
  let front = [target];
  while (front.length > 0) {
    const before: string[] = [];
    for (const id of front) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const state of states) {
        for (const edge of state.edges) {
          if (edge.to === null || !(edge.to === id || id.startsWith(`${edge.to}.`))) continue;
          before.push(state.address);
          if (edge.kind !== 'outcome' || state.call === null || edge.name === 'UNAVAILABLE') continue;
          const { connector, operation } = state.call;
          const usual = Object.keys(definition.connectors[connector]?.operations[operation]?.outcomes ?? {})[0];
          if (edge.name !== usual) worlds.push({ [`${connector}.${operation}`]: edge.name });
        }
      }
    }
    front = before;
  }
  const texts = new Set<string>();
  return worlds.filter((world) => {
    const text = JSON.stringify(world);
    return !texts.has(text) && texts.add(text);
  });
}
