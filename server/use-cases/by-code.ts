import { type Person, personOf } from '../accounts/account.ts';
import { cleanName } from '../accounts/accounts.ts';
import type { TypedCode } from '../accounts/codes.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import { APPLICANT } from '../policies/roles.ts';

type Typed = Omit<TypedCode, 'purpose'>;

/**
 * Logs in whoever has the phone. One that nobody is known by is registered, once a name is given: that it is not known is
 * told only to whoever has it.
 * @throws Fault mobile-unknown, wrong-login, and those of the code
 */
export function logInByCode(context: Context, typed: Typed, name: string | undefined): Promise<Person> {
  const { book } = context.accounts;
  return taken(context, { ...typed, purpose: 'login' }, async () => {
    const found = await book.find('mobile', typed.mobile);
    if (found?.disabled) return { fault: new Fault(403, 'not-allowed') };
    if (found) return { person: personOf(found) };
    if (name === undefined || name.trim() === '') return { fault: new Fault(404, 'mobile-unknown'), keep: true };
    const grants = [{ role: APPLICANT, projects: null }];
    const account = await book.create({
      ...{ account: '', name: cleanName(name), grants, password: null },
      mobile: typed.mobile,
    });
    return { person: personOf(account) };
  });
}

/**
 * A new password for whoever has the phone; everybody who is logged in to the account is logged out.
 * @throws Fault mobile-unknown, password-weak, and those of the code
 */
export function resetByCode(context: Context, typed: Typed, password: string): Promise<Person> {
  const { accounts, sessions } = context;
  return taken(context, { ...typed, purpose: 'reset' }, async () => {
    const found = await accounts.book.find('mobile', typed.mobile);
    if (!found || found.disabled) return { fault: new Fault(404, 'mobile-unknown') };
    try {
      const person = await accounts.setPassword(found.id, password);
      await sessions.closeOthers(person.id, null);
      return { person };
    } catch (error) {
      // Another password is chosen with the same code.
      if (error instanceof Fault && error.code === 'password-weak') return { fault: error, keep: true };
      throw error;
    }
  });
}

/** Binds a phone to the account, in place of the one before. @throws Fault mobile-taken, and those of the code */
export async function bindMobile(context: Context, id: string, typed: Typed): Promise<Person> {
  const { book } = context.accounts;
  return taken(context, { ...typed, purpose: 'mobile' }, async () => {
    const before = await book.read(id);
    if (!before) return { fault: new Fault(404, 'not-found') };
    await book.lead('mobile', typed.mobile, id, before.mobile);
    return { person: personOf(await book.update(id, (now) => ({ ...now, mobile: typed.mobile }))) };
  });
}

type Result =
  | { readonly person: Person }
  /** `keep`: the code was right and is good for one more request. */
  | { readonly fault: Fault; readonly keep?: true };

async function taken(context: Context, typed: TypedCode, use: () => Promise<Result>): Promise<Person> {
  const result = await context.sms.codes.take(typed, async () => {
    const value = await use();
    return { value, ...('fault' in value && value.keep && { keep: true as const }) };
  });
  if ('fault' in result) throw result.fault;
  return result.person;
}
