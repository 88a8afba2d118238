import type { Edge, Searched } from './nodes.ts';
import type { Choice } from './oracle.ts';
import { type Move, type Outcome, type Situation, Space, type SpaceOptions } from './space.ts';

/** A step of the search: from one state to another. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly move: Move;
  readonly choices: readonly Choice[];
  readonly taken: readonly Edge[];
  readonly voided: readonly string[];
}

/** What a move leads to when what is not followed may have any value: a tree of choices; -1 = nothing happens. */
export type Tree = number | { readonly given: boolean; readonly about: string; readonly ways: readonly Tree[] };

export interface ExploreOptions extends SpaceOptions {
  /** Gives up beyond so many states. Default: 1,000,000. */
  readonly limit?: number;
  /** Told of every outcome, refusals too; returns true to end the search. */
  readonly see?: (outcome: Outcome, from: number, to: number) => boolean | undefined;
  /** Leave out the edges: only states and the way to each are kept. */
  readonly lean?: boolean;
}

/**
 * What was found, breadth first: the way to each state is a shortest one.
 *
 *     const found = explore(definition);
 *     found.situations[i]      // { configuration, values }; found.space.addresses(configuration) -> active leaves
 *     found.wayTo(i)           // the steps from the start to it: Step[]
 *     found.trees[i]           // what can happen in it, for "can always"
 *     concreteScenario(definition, found.space, found.wayTo(i)) -> a scenario that plays   (engine/explore/concrete.ts)
 */
export interface Exploration {
  readonly space: Space;
  readonly situations: readonly Situation[];
  /** The step by which each state was first found; null for first states. */
  readonly first: readonly (Step | null)[];
  /** How a case begins, for first states. */
  readonly begun: ReadonlyMap<number, Outcome>;
  /** For each state, what can happen in it: where each way of each move leads. */
  readonly trees: readonly (readonly Tree[])[];
  /** The moves of the trees. */
  readonly moves: readonly (readonly Move[])[];
  readonly steps: number;
  /** False when it gave up or was ended. */
  readonly whole: boolean;
  wayTo(state: number): readonly Step[];
}

/** Every state that a case may get into. [PRV-1] */
export function explore(searched: Searched, options: ExploreOptions = {}): Exploration {
  return exploreIn(new Space(searched, options), options);
}

export function exploreIn(space: Space, options: ExploreOptions = {}): Exploration {
  const limit = options.limit ?? 1_000_000;
  const index = new Map<string, number>();
  const situations: Situation[] = [];
  const first: (Step | null)[] = [];
  const begun = new Map<number, Outcome>();
  const trees: Tree[][] = [];
  const moved: Move[][] = [];
  let steps = 0;
  let whole = true;
  const placeOf = (next: Situation): number => {
    const key = `${next.configuration.id} ${next.values.join(' ')}`;
    let place = index.get(key);
    if (place === undefined) {
      place = situations.length;
      situations.push(next);
      first.push(null);
      index.set(key, place);
    }
    return place;
  };
  const wayTo = (state: number): readonly Step[] => {
    const way: Step[] = [];
    for (let step = first[state] ?? null; step !== null; step = first[step.from] ?? null) way.push(step);
    return way.reverse();
  };
  const result = () => ({ space, situations, first, begun, trees, moves: moved, steps, whole, wayTo });

  for (const outcome of space.start()) {
    if (outcome.next !== null) begun.set(placeOf(outcome.next), outcome);
    if (options.see?.(outcome, -1, outcome.next === null ? -1 : placeOf(outcome.next)) === true) whole = false;
  }
  for (let state = 0; state < situations.length && whole; state++) {
    const from = situations[state] as Situation;
    const ways: Tree[] = [];
    const by: Move[] = [];
    for (const move of space.moves(from.configuration)) {
      const outcomes = space.outcomes(from, move);
      const leaves: number[] = [];
      for (const outcome of outcomes) {
        steps += 1;
        const before = situations.length;
        const to = outcome.next === null ? -1 : placeOf(outcome.next);
        leaves.push(to);
        if (to === before) {
          const { choices, taken, voided } = outcome;
          first[to] = { from: state, to, move, choices, taken, voided };
        }
        if (options.see?.(outcome, state, to) === true) whole = false;
      }
      if (options.lean === true) continue;
      for (const tree of treesOf(outcomes, leaves)) {
        ways.push(tree);
        by.push(move);
      }
    }
    trees.push(ways);
    moved.push(by);
    if (situations.length > limit) whole = false;
  }
  return result();
}

/** Without values that are given by the world, each outcome is a way of its own. */
function treesOf(outcomes: readonly Outcome[], leaves: readonly number[]): Tree[] {
  if (!outcomes.some((outcome) => outcome.choices.some((choice) => choice.given)))
    return [...new Set(leaves)].filter((leaf) => leaf >= 0);
  return [treeOf(outcomes, leaves, 0, outcomes.length, 0)];
}

/** The outcomes from `start` to `end` agree in their first `depth` choices. */
function treeOf(
  outcomes: readonly Outcome[],
  leaves: readonly number[],
  start: number,
  end: number,
  depth: number,
): Tree {
  const choice = outcomes[start]?.choices[depth];
  if (choice === undefined) return leaves[start] as number;
  const ways: Tree[] = [];
  for (let from = start; from < end; ) {
    const option = outcomes[from]?.choices[depth]?.option;
    let to = from + 1;
    while (to < end && outcomes[to]?.choices[depth]?.option === option) to += 1;
    ways.push(treeOf(outcomes, leaves, from, to, depth + 1));
    from = to;
  }
  return { given: choice.given, about: choice.about, ways };
}
