import { PRODUCT_ROLES } from '../policies/roles.ts';
import type { Accounts, Person } from './accounts.ts';

export const DEMO_PASSWORD = 'demo-certflow';

/** What a demo account may besides its name: the administrator also prepares changes, which somebody else publishes. */
const MORE: { readonly [role: string]: readonly string[] } = { admin: ['editor'] };

/**
 * Two people for every role of every workflow (`reviewer`, `reviewer2` …), so that four eyes can be tried out.
 * Development only. @returns them in the order to be printed.
 */
export async function seedDemoAccounts(
  accounts: Accounts,
  workflowRoles: { readonly [role: string]: { readonly title: string } },
): Promise<readonly Person[]> {
  const own = Object.entries(PRODUCT_ROLES).map(([role, { zh }]) => [role, { title: zh }] as const);
  const roles = { ...Object.fromEntries(own), ...workflowRoles };
  const people: Person[] = [];
  for (const [role, { title }] of Object.entries(roles)) {
    for (const [suffix, name] of [
      ['', '甲'],
      ['2', '乙'],
    ]) {
      const account = `${role}${suffix}`;
      const given = { account, password: DEMO_PASSWORD, name: `${title}${name}` };
      people.push(await accounts.seed({ ...given, roles: [role, ...(MORE[role] ?? [])] }));
    }
  }
  return people;
}
