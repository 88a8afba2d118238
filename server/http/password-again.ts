import type { Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import { bodyOf, type Call, personOf, textOf } from './request.ts';

/**
 * Whoever holds a session for a moment must not carry everything away, nor the account: the password is asked for again, and
 * counted.
 * @throws Fault wrong-login, account-locked, invalid
 */
export async function requirePassword(context: Context, call: Call): Promise<Person> {
  const person = personOf(call);
  // Whoever never had one (by phone, by a portal) has proven who they are by being logged in.
  const account = await context.accounts.book.read(person.id);
  if (!account || account.password === null) return person;
  const password = textOf(bodyOf(call), 'password');
  const found = await context.accounts.logIn(account.account || (account.mobile ?? ''), password, call.address);
  if (found.id !== person.id) throw new Fault(401, 'not-logged-in');
  return person;
}
