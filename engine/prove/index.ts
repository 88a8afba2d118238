/**
 * The gate before publishing: what must not be is looked for in every state that a case may get into.
 *
 * prove(definition, options) -> Proof              violations found by the search, laws that it leaves to production
 * tell(definition, violation) -> Told              the violation as a scenario, played on the production interpreter
 */
export {
  type Family,
  familyOf,
  type Member,
  memberId,
  membersOf,
  memberText,
  withMember,
  workflowIds,
} from './family.ts';
export { type Bad, type FamilyProof, familyProof, type Members, proveMembers } from './members.ts';
export { machineOf, type Proof, type ProveOptions, prove, type Undecided } from './prove.ts';
export { type Told, tell } from './told.ts';
export type { Violation, ViolationKind } from './violation.ts';
