import { leadsOf } from '../../engine/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { APPLICANT, type Person } from '../accounts/accounts.ts';
import { may } from './abilities.ts';
import { holds } from './roles.ts';

/** The product's own role: whoever keeps the hall running. */
export const OPERATIONS = 'operations';

/** Roles of a process that this person leads; `operations` see to all of them. */
export function ledRoles(definition: Definition, person: Person): ReadonlySet<string> {
  const has = (role: string): boolean => holds(person.grants, role, definition.project.id);
  if (has(OPERATIONS)) return new Set(Object.keys(definition.roles).filter((role) => role !== APPLICANT));
  const led = [...leadsOf(definition)].flatMap(([leader, roles]) => (has(leader) ? [...roles] : []));
  return new Set(led.filter((role) => role !== APPLICANT));
}

/** Whether they see the reports of a project. */
export function leads(definition: Definition, person: Person): boolean {
  return ledRoles(definition, person).size > 0;
}

/** Pages of the desk beside the queue. */
export type Door = 'money' | 'letters' | 'running' | 'reports' | 'board' | 'portals' | 'health';

/** Where this person may go in. The server decides; the pages only show what they are told. */
export function doorsOf(definitions: readonly Definition[], person: Person): readonly Door[] {
  const isLeader = definitions.some((definition) => leads(definition, person));
  const runs = may(person, 'letters');
  const doors: readonly (readonly [Door, boolean])[] = [
    ['money', may(person, 'money')],
    ['letters', runs],
    ['running', isLeader],
    ['reports', isLeader],
    ['board', isLeader],
    ['portals', runs],
    ['health', runs],
  ];
  return doors.flatMap(([door, isOpen]) => (isOpen ? [door] : []));
}
