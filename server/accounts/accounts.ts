import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault } from '../fault.ts';
import { newId } from '../ids.ts';
import { APPLICANT, conflictsOf, type Grant } from '../policies/roles.ts';
import { type Exclusive, exclusiveHere } from '../store/nodes.ts';
import type { Store } from '../store/store.ts';
import { type Account, type Person, personOf } from './account.ts';
import { type AccountBook, createAccountBook } from './book.ts';
import { isMobile } from './codes.ts';
import { createLimit, requireNow } from './limits.ts';
import { Busy, hashPassword, isAcceptable, isPassword } from './passwords.ts';

export { APPLICANT } from '../policies/roles.ts';
export type { Membership, Person } from './account.ts';

export interface Accounts {
  readonly book: AccountBook;
  /** Null also for whoever is disabled. */
  person(id: string): Promise<Person | null>;
  /** @throws Fault wrong-login, login-locked, too-many-requests */
  logIn(account: string, password: string, address: string): Promise<Person>;
  /** @throws Fault account-invalid, account-taken, password-weak, name-invalid, too-many-requests */
  register(given: { account: string; password: string; name: string }, address: string): Promise<Person>;
  /** @throws Fault password-wrong, password-weak, name-invalid */
  change(id: string, given: { name?: string; password?: string; newPassword?: string }): Promise<Person>;
  /** Whoever asks has proven otherwise that it is theirs. @throws Fault password-weak */
  setPassword(id: string, password: string): Promise<Person>;
  /**
   * A wrong second factor counts like a wrong password. `check` answers what changes in the account, null = wrong.
   * @throws Fault login-locked
   */
  guarded(id: string, check: (account: Account) => Partial<Account> | null): Promise<Account | null>;
  exists(account: string): Promise<boolean>;
  /**
   * Creates an account when there is none of that name, or adds roles (development and the command line).
   * @throws Fault roles-conflict
   */
  seed(given: {
    account: string;
    /** Null: the owner sets one by an invitation. */
    password: string | null;
    name: string;
    roles: readonly string[];
  }): Promise<Person>;
}

const TRIES = 5;
const LOCK = 15 * 60_000;
const ACCOUNT = /^[\p{L}\p{N}._@-]{3,40}$/u;

/**
 * @param perAddress logins of one address in ten minutes; a demonstration or a test has many behind one
 * @param words names of the house, which make no password
 * @param exclusive guesses for a name are counted one after the other, on whichever node they are made
 */
export function createAccounts(
  store: Store,
  crypto: Crypto,
  clock: Clock,
  perAddress = 60,
  words: () => readonly string[] = () => [],
  exclusive: Exclusive = exclusiveHere(),
): Accounts {
  const book = createAccountBook(store, crypto, clock);
  const logins = createLimit(perAddress, 10 * 60_000, clock.real);
  const registrations = createLimit(perAddress, 60 * 60_000, clock.real);
  // Compared when there is no such account, so that the time tells nothing.
  const nobody = hashPassword(newId());

  const requireUnlocked = ({ lockedUntil }: Account): void => {
    const left = lockedUntil - clock.real();
    if (left > 0) throw new Fault(423, 'login-locked', { minutes: Math.ceil(left / 60_000) });
  };
  /** Counts a wrong try. @throws Fault login-locked when it was one too many @returns how many are left */
  async function failed(id: string): Promise<number> {
    const { failures, lockedUntil } = await book.update(id, (now) => {
      const count = now.failures + 1;
      if (count < TRIES) return { ...now, failures: count };
      return { ...now, failures: 0, lockedUntil: clock.real() + LOCK };
    });
    if (lockedUntil > clock.real()) throw new Fault(423, 'login-locked', { minutes: LOCK / 60_000 });
    return TRIES - failures;
  }

  return {
    book,
    async person(id) {
      const account = await book.read(id);
      return account && !account.disabled ? personOf(account) : null;
    },

    logIn(account, password, address) {
      requireNow(logins.take(address));
      // One after another for a name: parallel guesses are counted like any others.
      return exclusive(`login ${crypto.digest('login', account.toLowerCase())}`, async () => {
        // A phone is a name, too; nobody can register one as their name.
        const byPhone = isMobile(account.trim()) ? await book.find('mobile', account.trim()) : null;
        const found = byPhone ?? (await book.find('login', account));
        if (found) requireUnlocked(found);
        const right = await orBusy(isPassword(found?.password ?? (await nobody), password));
        if (found && right && found.password !== null && !found.disabled) {
          const wasWrong = found.failures > 0;
          return personOf(wasWrong ? await book.update(found.id, (now) => ({ ...now, failures: 0 })) : found);
        }
        if (!found || found.disabled) throw new Fault(401, 'wrong-login', { left: TRIES - 1 });
        throw new Fault(401, 'wrong-login', { left: await failed(found.id) });
      });
    },

    async register(given, address) {
      const account = requireAccount(given.account);
      if (!isAcceptable(given.password, account, words())) throw new Fault(422, 'password-weak');
      const name = cleanName(given.name);
      requireNow(registrations.take(address));
      const password = await orBusy(hashPassword(given.password));
      const grants = [{ role: APPLICANT, projects: null }];
      return personOf(await book.create({ account, password, name, grants }));
    },

    async change(id, given) {
      const next: { name?: string; password?: string } = {};
      if (given.name !== undefined) next.name = cleanName(given.name);
      if (given.newPassword !== undefined) {
        const account = await book.read(id);
        if (!account) throw new Fault(404, 'not-found');
        requireNow(logins.take(id));
        // Whoever never had one (by phone, by a portal) has proven who they are by being logged in.
        const right = account.password === null || (await orBusy(isPassword(account.password, given.password ?? '')));
        if (!right) throw new Fault(422, 'password-wrong');
        if (!isAcceptable(given.newPassword, account.account, words())) throw new Fault(422, 'password-weak');
        next.password = await orBusy(hashPassword(given.newPassword));
      }
      return personOf(await book.update(id, (now) => ({ ...now, ...next })));
    },

    async setPassword(id, password) {
      const account = await book.read(id);
      if (!account) throw new Fault(404, 'not-found');
      if (!isAcceptable(password, account.account, words())) throw new Fault(422, 'password-weak');
      const hashed = await orBusy(hashPassword(password));
      return personOf(await book.update(id, (now) => ({ ...now, password: hashed, failures: 0, lockedUntil: 0 })));
    },

    guarded: (id, check) =>
      exclusive(`guarded ${id}`, async () => {
        const before = await book.read(id);
        if (!before) throw new Fault(404, 'not-found');
        requireUnlocked(before);
        const passed = check(before);
        if (passed === null) {
          await failed(id);
          return null;
        }
        return book.update(id, (now) => ({ ...now, ...passed, failures: 0 }));
      }),

    exists: async (account) => (await book.find('login', account)) !== null,

    async seed(given) {
      const found = await book.find('login', given.account);
      const had: readonly Grant[] = found?.grants ?? [];
      const missing = given.roles.filter(
        (role) => !had.some((grant) => grant.role === role && grant.projects === null),
      );
      if (found && missing.length === 0) return personOf(found);
      const grants = [...had, ...missing.map((role) => ({ role, projects: null }))];
      requireSeparated(grants);
      if (found) return personOf(await book.update(found.id, (now) => ({ ...now, grants })));
      const account = requireAccount(given.account);
      return personOf(
        await book.create({
          ...{ account, name: given.name, grants },
          password: given.password === null ? null : await orBusy(hashPassword(given.password)),
        }),
      );
    },
  };
}

async function orBusy<T>(job: Promise<T>): Promise<T> {
  try {
    return await job;
  } catch (error) {
    if (error instanceof Busy) throw new Fault(429, 'too-many-requests', { seconds: 5 });
    throw error;
  }
}

/** @throws Fault account-invalid */
export function requireAccount(account: string): string {
  const clean = account.trim();
  if (!ACCOUNT.test(clean) || isMobile(clean)) throw new Fault(422, 'account-invalid');
  return clean;
}

/** Separated duties are separated when roles are given. @throws Fault roles-conflict */
export function requireSeparated(grants: readonly Grant[], titleOf = (role: string): string => role): void {
  const [conflict] = conflictsOf(grants);
  if (conflict) throw new Fault(422, 'roles-conflict', { one: titleOf(conflict.kept), other: titleOf(conflict.lost) });
}

/** @throws Fault name-invalid */
export function cleanName(name: string): string {
  const clean = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (clean === '' || clean.length > 40) throw new Fault(422, 'name-invalid');
  return clean;
}
