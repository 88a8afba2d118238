/**
 * What stories show of a project: coverage of its effective definition, and mutants of it that no story notices.
 *
 * playAll(definition, scenarios) -> PlayedStory[]          on a watched machine, step by step
 * unreachableIn(definition, shown) -> key -> reason         what no case can show
 * coverageOf(definition, stories, unreachable) -> Coverage  states, transitions, guards, timers, outcomes, forms
 * mutantsOf(definition) -> Mutant[]                        one guard, timer, edge or word changed in each
 * killedBy(mutant, stories) -> Kill | null
 * equivalence(mutant, chart, unreachable) -> reason | null  no case can tell it from the definition
 */
export { type Count, type Coverage, coverageOf, playAll, shownBy } from './count.ts';
export { type ElementKind, kinds } from './elements.ts';
export { equivalence } from './equivalent.ts';
export { isTouched, type Kill, killedBy } from './kill.ts';
export { type Mutant, mutantsOf } from './mutants.ts';
export type { PlayedStory } from './play.ts';
export { type Unreachable, unreachableIn } from './unreachable.ts';
