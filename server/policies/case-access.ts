import type { Locale } from '../../engine/errors/index.ts';
import type { Actor } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { APPLICANT, type Person } from '../accounts/accounts.ts';
import type { Linked } from '../accounts/sessions.ts';
import type { IndexEntry, OpenTask } from '../cases/index-of-cases.ts';

/** Who sends a request: a person, a one-time link, both, or nobody. */
export interface Caller {
  readonly person: Person | null;
  readonly link: Linked | null;
  /** Language in which they are told things; zh-CN when absent. */
  readonly locale?: Locale;
}

/**
 * As whom the caller may look at this case, or null: then it does not exist for them. Applicants have their own cases
 * and are nothing but applicants in them (nobody reviews their own case); staff have the cases in which their role had,
 * has or could take a task. A browser that opened a one-time link acts by it while that task is active, also when its
 * person is logged in.
 */
export function actorOf(caller: Caller, entry: IndexEntry, definition: Definition): Actor | null {
  const actor = whoActs(caller, entry, definition);
  return actor === null || caller.locale === undefined ? actor : { ...actor, locale: caller.locale };
}

function whoActs(caller: Caller, entry: IndexEntry, definition: Definition): Actor | null {
  const { person, link } = caller;
  const isOpen = link?.caseId === entry.id && link.generation === entry.generations[link.via];
  const linked = isOpen ? linkActor(link.via, entry, definition) : null;
  if (linked && (!person || entry.tasks.some(({ state }) => definition.states[state]?.task?.via === link?.via))) {
    return linked;
  }
  if (!person) return null;
  if (entry.owner === person.id) return { id: person.id, roles: [APPLICANT] };
  const roles = staffRoles(person).filter((role) => entry.roles.has(role));
  return roles.length > 0 ? { id: person.id, roles } : null;
}

/** The link stands for its owner, in that one task. */
function linkActor(via: string, entry: IndexEntry, definition: Definition): Actor {
  const by = Object.values(definition.states).find(({ task }) => task?.via === via)?.task?.by ?? APPLICANT;
  return { id: entry.owner, roles: [by], via };
}

export function staffRoles(person: Person): readonly string[] {
  return person.roles.filter((role) => role !== APPLICANT);
}

/** A task that this person could do now. */
export function mayDo(task: OpenTask, person: Person, owner: string): boolean {
  if (owner === person.id || !staffRoles(person).includes(task.by)) return false;
  if (task.only !== null && task.only !== person.id) return false;
  return !task.not.includes(person.id);
}
