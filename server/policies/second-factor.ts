import { type Account, isStaff } from '../accounts/account.ts';

/** Whether the staff has to have one; whoever has set one up is asked for it in any case. */
export type SecondFactorRule = 'required' | 'optional';

/** Asked for after the password. Whoever comes by the house's identity provider has done it there. */
export function needsSecond(account: Account, rule: SecondFactorRule): boolean {
  return account.second?.confirmed === true || mustHaveSecond(account, rule);
}

/** May not be without. */
export function mustHaveSecond(account: Account, rule: SecondFactorRule): boolean {
  return rule === 'required' && isStaff(account) && !account.provided;
}
