import type { Locale } from '../../engine/errors/index.ts';
import type { Actor } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Linked } from '../accounts/sessions.ts';
import type { IndexEntry, OpenTask } from '../cases/index-of-cases.ts';
import { APPLICANT, holds, isDeskRole } from './roles.ts';

/** Who sends a request: a person, a one-time link, both, or nobody. */
export interface Caller {
  readonly person: Person | null;
  readonly link: Linked | null;
  /** Somebody whose password was right and whose second factor is not seen yet: nobody, but for that one step. */
  readonly half?: string | null;
  /** The company that the person acts for now, one of theirs. */
  readonly acting?: string | null;
  /** Language in which they are told things; zh-CN when absent. */
  readonly locale?: Locale;
}

/** What somebody is to a case. */
export type Relation =
  /** Started it. */
  | 'owner'
  /** Acts for the company that it was started for. */
  | 'colleague'
  /** Came by a one-time link that is good now. */
  | 'link'
  /** Has a role that has, had or could take a task in it, in its project. */
  | 'staff'
  /** Looks at what others did; changes nothing. */
  | 'auditor';

/** Sets of them that routes name. */
export const CASE = {
  /** Reads. */
  seen: ['owner', 'colleague', 'link', 'staff', 'auditor'],
  /** Changes something. */
  changed: ['owner', 'colleague', 'link', 'staff'],
  /** Only whoever started it. */
  own: ['owner'],
  /** Whoever looks at cases of others. */
  others: ['staff', 'auditor'],
  staff: ['staff'],
} as const satisfies { readonly [name: string]: readonly Relation[] };

/**
 * What the caller is to this case, or null: then it does not exist for them. Applicants have their own cases, and those
 * of the companies that they act for, and are nothing but applicants in them (nobody reviews their own case). A browser
 * that opened a one-time link acts by it while that task is active, also when its person is logged in.
 */
export function relationOf(caller: Caller, entry: IndexEntry, definition: Definition): Relation | null {
  const { person, link } = caller;
  const isOpen = link?.caseId === entry.id && link.generation === entry.generations[link.via];
  const isActive = () => entry.tasks.some(({ state }) => definition.states[state]?.task?.via === link?.via);
  if (isOpen && (!person || isActive())) return 'link';
  return person && personTo(person, entry);
}

/** The same for a person alone. */
export function personTo(person: Person, entry: IndexEntry): Exclude<Relation, 'link'> | null {
  if (entry.owner === person.id) return 'owner';
  const { company } = entry;
  if (company !== undefined && person.companies.some((one) => one.company === company)) return 'colleague';
  if (staffRoles(person, entry.project).some((role) => entry.roles.has(role))) return 'staff';
  return holds(person.grants, 'auditor') ? 'auditor' : null;
}

/** As whom the caller looks at this case, or null: then it does not exist for them. */
export function actorOf(caller: Caller, entry: IndexEntry, definition: Definition): Actor | null {
  const relation = relationOf(caller, entry, definition);
  const actor = relation && actorAs(relation, caller, entry, definition);
  return actor === null || caller.locale === undefined ? actor : { ...actor, locale: caller.locale };
}

function actorAs(relation: Relation, caller: Caller, entry: IndexEntry, definition: Definition): Actor | null {
  const { person, link } = caller;
  if (relation === 'link') return link && linkActor(link.via, entry, definition);
  if (person === null) return null;
  const { id } = person;
  switch (relation) {
    case 'owner':
      return { id, roles: [APPLICANT] };
    case 'colleague':
      return { id, roles: [APPLICANT], deputy: true };
    case 'staff':
      return { id, roles: staffRoles(person, entry.project).filter((role) => entry.roles.has(role)) };
    case 'auditor':
      return { id, roles: ['auditor'] };
  }
}

/** The link stands for its owner, in that one task. */
function linkActor(via: string, entry: IndexEntry, definition: Definition): Actor {
  const by = Object.values(definition.states).find(({ task }) => task?.via === via)?.task?.by ?? APPLICANT;
  return { id: entry.owner, roles: [by], via };
}

/** Roles that work on other people's cases; in this project, where one is named. */
export function staffRoles({ grants }: Person, project?: string): readonly string[] {
  const roles = grants.map(({ role }) => role).filter((role) => isDeskRole(role) && holds(grants, role, project));
  return [...new Set(roles)];
}

/** A task that this person could do now. */
export function mayDo(
  task: OpenTask,
  person: Person,
  entry: Pick<IndexEntry, 'owner' | 'project' | 'company'>,
): boolean {
  if (isOwnSide(person, entry) || !staffRoles(person, entry.project).includes(task.by)) return false;
  if (task.only !== null && task.only !== person.id) return false;
  return !task.not.includes(person.id);
}

/** A case that this person sees at the desk: as staff, or as whoever looks at what staff did. */
export function isSeenAtDesk(person: Person, entry: IndexEntry): boolean {
  const relation = personTo(person, entry);
  return relation === 'staff' || relation === 'auditor';
}

/** Whose case it is, alone or by a company. */
export function isOwnSide(person: Person, { owner, company }: Pick<IndexEntry, 'owner' | 'company'>): boolean {
  return owner === person.id || person.companies.some((one) => one.company === company);
}
