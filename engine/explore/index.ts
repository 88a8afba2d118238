/**
 * Every state that a case may get into, by search: configurations x facts x counters and records x what is not known.
 * The search needs no machine, only what composition gives, so that a whole family of settings can be looked at.
 *
 * explore(definition, options) -> Exploration      breadth first; `wayTo(state)` is a shortest way
 *   options.regions   which regions take part; `groupsOf` says which ones have to be looked at together
 *   options.follow    which counters and sizes are followed ('all', the default, may be many states; an empty set lets
 *                     each have any value: more ways than there really are, and very few states)
 *   options.see       told of every step: branches taken, refusals
 * new Space(definition, options) -> Space          moves(configuration), outcomes(situation, move), start()
 * situationOf(space, caseState) -> Situation       where a real case stands among the searched states
 */
export { type Exploration, type ExploreOptions, explore, exploreIn, type Step, type Tree } from './explore.ts';
export type { Move } from './moves.ts';
export type { Edge, Searched } from './nodes.ts';
export { situationOf } from './situation.ts';
export { type Outcome, type Situation, Space, type SpaceOptions } from './space.ts';
