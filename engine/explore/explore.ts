import type { Course } from './courses.ts';
import type { Move } from './moves.ts';
import type { Edge, Searched } from './nodes.ts';
import type { Choice } from './oracle.ts';
import { Situations } from './situations.ts';
import { type Situation, Space, type SpaceOptions } from './space.ts';

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
  /**
   * Told of every step, refusals too; `to` is -1 when it leads nowhere, `from` for a first state. Returns true to end the
   * search.
   */
  readonly see?: (course: Course, from: number, to: number, situations: readonly Situation[]) => boolean | undefined;
  /** Leaves out steps. Default: every step may be taken. */
  readonly pass?: (course: Course) => boolean;
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
  readonly begun: ReadonlyMap<number, Course>;
  /** For each state, what can happen in it: where each way of each move leads. */
  readonly trees: readonly (readonly Tree[])[];
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
  const known = new Situations(space);
  const { situations } = known;
  const first: (Step | null)[] = [];
  const begun = new Map<number, Course>();
  const trees: Tree[][] = [];
  const leaves: number[] = [];
  let steps = 0;
  let whole = true;

  for (const course of space.start()) {
    const to = known.after(-1, course);
    if (to >= 0 && !begun.has(to)) {
      begun.set(to, course);
      first[to] = null;
    }
    if (options.see?.(course, -1, to, situations) === true) whole = false;
  }
  for (let state = 0; state < situations.length && whole; state++) {
    const from = known.at(state);
    const ways: Tree[] = [];
    const moves = space.moves(from.configuration);
    // The hottest place of a proof: no iterators, nothing made for a step that leads to a known state.
    for (let at = 0; at < moves.length; at++) {
      const move = moves[at] as Move;
      const courses = space.courses(from, move);
      for (let each = 0; each < courses.all.length; each++) {
        const course = courses.all[each] as Course;
        if (options.pass?.(course) === false) {
          leaves[each] = -1;
          continue;
        }
        steps += 1;
        const before = situations.length;
        const to = known.after(state, course);
        leaves[each] = to;
        if (to === before) {
          const { choices, taken, voided } = course;
          first[to] = { from: state, to, move, choices, taken, voided };
        }
        if (options.see?.(course, state, to, situations) === true) whole = false;
      }
      if (options.lean === true) continue;
      if (courses.given) ways.push(treeOf(courses.all, leaves, 0, courses.all.length, 0));
      else addWays(ways, leaves, courses.all.length);
    }
    trees.push(ways);
    if (situations.length > limit) whole = false;
  }
  const wayTo = (state: number): readonly Step[] => {
    const way: Step[] = [];
    for (let step = first[state] ?? null; step !== null; step = first[step.from] ?? null) way.push(step);
    return way.reverse();
  };
  return { space, situations, first, begun, trees, steps, whole, wayTo };
}

/** Without values that are given by the world, each course is a way of its own. */
function addWays(ways: Tree[], leaves: readonly number[], count: number): void {
  for (let at = 0; at < count; at++) {
    const leaf = leaves[at] as number;
    if (leaf >= 0 && leaves.indexOf(leaf) === at) ways.push(leaf);
  }
}

/** The courses from `start` to `end` agree in their first `depth` choices. */
function treeOf(
  courses: readonly Course[],
  leaves: readonly number[],
  start: number,
  end: number,
  depth: number,
): Tree {
  const choice = courses[start]?.choices[depth];
  if (choice === undefined) return leaves[start] as number;
  const ways: Tree[] = [];
  for (let from = start; from < end; ) {
    const option = courses[from]?.choices[depth]?.option;
    let to = from + 1;
    while (to < end && courses[to]?.choices[depth]?.option === option) to += 1;
    ways.push(treeOf(courses, leaves, from, to, depth + 1));
    from = to;
  }
  return { given: choice.given, about: choice.about, ways };
}
