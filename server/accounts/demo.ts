import type { Accounts, Person } from './accounts.ts';
import { APPLICANT } from './accounts.ts';

export const DEMO_PASSWORD = 'demo-certflow';

/** Roles of the product itself, beside those of the workflows. */
const PRODUCT_ROLES: { readonly [role: string]: { readonly title: string } } = {
  [APPLICANT]: { title: '申请人' },
  admin: { title: '管理员' },
  tester: { title: '测试员' },
  operations: { title: '运营' },
};

/**
 * Two people for every role of every workflow (`reviewer`, `reviewer2` …), so that four eyes can be tried out.
 * Development only. @returns them in the order to be printed.
 */
export async function seedDemoAccounts(
  accounts: Accounts,
  workflowRoles: { readonly [role: string]: { readonly title: string } },
): Promise<readonly Person[]> {
  const roles = { ...PRODUCT_ROLES, ...workflowRoles };
  const people: Person[] = [];
  for (const [role, { title }] of Object.entries(roles)) {
    for (const [suffix, name] of [
      ['', '甲'],
      ['2', '乙'],
    ]) {
      const account = `${role}${suffix}`;
      people.push(await accounts.seed({ account, password: DEMO_PASSWORD, name: `${title}${name}`, roles: [role] }));
    }
  }
  return people;
}
