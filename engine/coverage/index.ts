/**
 * What stories show of a project: coverage of its effective definition, and mutants of it that no story notices.
 *
 * playAll(definition, scenarios) -> PlayedStory[]   on a watched machine, step by step
 * coverageOf(definition, stories) -> Coverage       states, transitions, guards, timers, outcomes, forms
 * mutantsOf(definition) -> Mutant[]                 one guard, timer, edge or word changed in each
 * killedBy(mutant, stories) -> Kill | null
 */
export { type Count, type Coverage, coverageOf, playAll } from './count.ts';
export { type ElementKind, kinds } from './elements.ts';
export { type Kill, killedBy } from './kill.ts';
export { type Mutant, mutantsOf } from './mutants.ts';
export type { PlayedStory } from './play.ts';
