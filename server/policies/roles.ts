import { inLocale, type Locale, type Said } from '../../engine/errors/index.ts';
import type { Definition } from '../../engine/model/definition.ts';

/** Whoever registers gets this role; it stands for "the owner of a case" in every workflow. */
export const APPLICANT = 'applicant';

/** Roles of the product itself, beside those that workflows declare. What they may do stands in `abilities.ts`. */
export const PRODUCT_ROLES: { readonly [role: string]: Said } = {
  [APPLICANT]: { zh: '申请人', en: 'Applicant' },
  admin: { zh: '管理员', en: 'Administrator' },
  editor: { zh: '配置员', en: 'Editor' },
  publisher: { zh: '发布员', en: 'Publisher' },
  tester: { zh: '测试员', en: 'Tester' },
  auditor: { zh: '审计员', en: 'Auditor' },
  operations: { zh: '运营', en: 'Operations' },
};

/** Roles that can be given, and their titles: those of the processes, then the product's own. Whoever registers is an applicant. */
export function rolesToGive(
  definitions: readonly Pick<Definition, 'roles'>[],
  locale: Locale = 'zh-CN',
): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const { roles } of definitions) for (const [id, { title }] of Object.entries(roles)) titles.set(id, title);
  for (const [id, title] of Object.entries(PRODUCT_ROLES)) titles.set(id, inLocale(title, locale));
  titles.delete(APPLICANT);
  return titles;
}

/** Product roles whose work are cases: workflows give them tasks as well. */
const WORKS_ON_CASES: ReadonlySet<string> = new Set(['operations']);

/** A role, in these projects; null = in all of them. */
export interface Grant {
  readonly role: string;
  readonly projects: readonly string[] | null;
}

/** A role of the desk: its work are other people's cases. */
export function isDeskRole(role: string): boolean {
  return !Object.hasOwn(PRODUCT_ROLES, role) || WORKS_ON_CASES.has(role);
}

export interface RoleConflict {
  /** The role that stays in force when somebody holds both all the same. */
  readonly kept: string;
  readonly lost: string;
}

/**
 * Separated duties: whoever administers accounts does not work on cases, whoever changes a definition does not publish
 * it, whoever looks at what others did does nothing else. Being an applicant is no duty.
 */
function excludes(kept: string, lost: string): boolean {
  if (kept === lost || kept === APPLICANT || lost === APPLICANT) return false;
  if (kept === 'auditor') return true;
  if (kept === 'admin') return isDeskRole(lost);
  return kept === 'editor' && lost === 'publisher';
}

function overlap(one: Grant, other: Grant): boolean {
  // An administrator's and an auditor's duty has no project.
  if (['admin', 'auditor'].includes(one.role) || one.projects === null || other.projects === null) return true;
  return one.projects.some((project) => other.projects?.includes(project));
}

/** Pairs of duties that one person must not have. */
export function conflictsOf(grants: readonly Grant[]): readonly RoleConflict[] {
  return grants.flatMap((kept) =>
    grants.filter((lost) => excludes(kept.role, lost.role) && overlap(kept, lost)).map((lost) => pair(kept, lost)),
  );
}

const pair = (kept: Grant, lost: Grant): RoleConflict => ({ kept: kept.role, lost: lost.role });

/**
 * What of the given roles counts. Roles that exclude each other are refused when they are given; where somebody has them
 * all the same (an identity provider's claims, an older folder) only one of them opens doors.
 */
export function inForce(grants: readonly Grant[]): readonly Grant[] {
  return grants.filter(
    (lost) => !grants.some((kept) => kept !== lost && excludes(kept.role, lost.role) && overlap(kept, lost)),
  );
}

/** Ids of the roles, each once. */
export function rolesIn(grants: readonly Grant[]): readonly string[] {
  return [...new Set(grants.map(({ role }) => role))];
}

/** Whether a role is held, in this project where one is named. */
export function holds(grants: readonly Grant[], role: string, project?: string): boolean {
  return grants.some(
    (grant) =>
      grant.role === role && (project === undefined || grant.projects === null || grant.projects.includes(project)),
  );
}
