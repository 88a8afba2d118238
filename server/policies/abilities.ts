import type { Ability } from '../../engine/contract/session.ts';
import type { Person } from '../accounts/accounts.ts';
import { APPLICANT, type Grant, isDeskRole } from './roles.ts';

/** Who may what, beside single cases (`case-access.ts`). The one place: routes name an ability, the client is sent its own. */
const HOLDERS: { readonly [ability in Ability]: (grant: Grant) => boolean } = {
  apply: ({ role }) => role === APPLICANT,
  desk: ({ role }) => isDeskRole(role) || role === 'auditor',
  work: ({ role }) => isDeskRole(role),
  // The house's own books belong to no project.
  money: ({ role, projects }) => role === 'finance' && projects === null,
  letters: ({ role }) => role === 'operations',
  studio: ({ role }) => ['editor', 'publisher'].includes(role),
  edit: ({ role }) => role === 'editor',
  publish: ({ role }) => role === 'publisher',
  migrate: ({ role }) => ['operations', 'admin'].includes(role),
  lab: ({ role }) => ['tester', 'editor', 'publisher'].includes(role),
  sample: ({ role }) => role === 'tester',
  staff: ({ role }) => role === 'admin',
  audit: ({ role }) => role === 'auditor',
};

export const ABILITIES = Object.keys(HOLDERS) as readonly Ability[];

/** @param project narrows it to roles that count there */
export function may(person: Pick<Person, 'grants'>, ability: Ability, project?: string): boolean {
  return person.grants.some(
    (grant) =>
      HOLDERS[ability](grant) && (project === undefined || grant.projects === null || grant.projects.includes(project)),
  );
}

/** Everything that a person may, for the client: it asks for nothing else and works nothing out. */
export function abilitiesOf(person: Pick<Person, 'grants'>): readonly Ability[] {
  return ABILITIES.filter((ability) => may(person, ability));
}

/** Whether a role gives an ability at all: for the table of routes and roles. */
export function roleGives(role: string, ability: Ability): boolean {
  return HOLDERS[ability]({ role, projects: null });
}
