/**
 * The gate before publishing: what must not be is looked for in every state that a case may get into.
 *
 * prove(definition, options) -> Proof              violations found by the search, laws that it leaves to production
 * tell(definition, violation) -> Told              the violation as a scenario, played on the production interpreter
 */
export { type Proof, type ProveOptions, prove, type Violation, type ViolationKind } from './prove.ts';
export { type Told, tell } from './told.ts';
