import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault } from '../fault.ts';
import { newId } from '../ids.ts';
import { KeyedQueue } from '../store/queue.ts';
import { Conflict, type Store } from '../store/store.ts';
import { createLimit, requireNow } from './limits.ts';
import { Busy, hashPassword, isAcceptable, isPassword } from './passwords.ts';

/** Whoever registers gets this role; it stands for "the owner of a case" in every workflow. */
export const APPLICANT = 'applicant';

export interface Person {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
}

interface Account extends Person {
  readonly password: string;
  readonly createdAt: number;
  readonly failures: number;
  readonly lockedUntil: number;
}

export interface Accounts {
  person(id: string): Promise<Person | null>;
  /** @throws Fault wrong-login, login-locked, too-many-requests */
  logIn(account: string, password: string, address: string): Promise<Person>;
  /** @throws Fault account-invalid, account-taken, password-weak, name-invalid, too-many-requests */
  register(given: { account: string; password: string; name: string }, address: string): Promise<Person>;
  /** @throws Fault password-wrong, password-weak, name-invalid */
  change(id: string, given: { name?: string; password?: string; newPassword?: string }): Promise<Person>;
  exists(account: string): Promise<boolean>;
  /** Creates an account when there is none of that name (development and the command line). */
  seed(given: { account: string; password: string; name: string; roles: readonly string[] }): Promise<Person>;
}

const TRIES = 5;
const LOCK = 15 * 60_000;
const ACCOUNT = /^[\p{L}\p{N}._@-]{3,40}$/u;

/** @param perAddress logins of one address in ten minutes; a demonstration or a test has many behind one */
export function createAccounts(store: Store, crypto: Crypto, clock: Clock, perAddress = 60): Accounts {
  const queue = new KeyedQueue();
  const logins = createLimit(perAddress, 10 * 60_000, clock.real);
  const registrations = createLimit(perAddress, 60 * 60_000, clock.real);
  // Compared when there is no such account, so that the time tells nothing.
  const nobody = hashPassword(newId());

  const loginKey = (account: string): string => crypto.digest('login', account.normalize('NFKC').toLowerCase());
  const read = async (id: string): Promise<Account | null> =>
    ((await store.readDocument('account', id))?.data ?? null) as Account | null;
  const write = async (account: Account): Promise<void> => {
    await store.writeDocument('account', account.id, { ...account, roles: [...account.roles] } as unknown as Json);
  };
  const find = async (account: string): Promise<Account | null> => {
    const login = await store.readDocument('login', loginKey(account));
    return login && read((login.data as { person: string }).person);
  };
  const publicPart = ({ id, account, name, roles, disabled }: Account): Person => ({
    id,
    account,
    name,
    roles,
    disabled,
  });

  async function orBusy<T>(job: Promise<T>): Promise<T> {
    try {
      return await job;
    } catch (error) {
      if (error instanceof Busy) throw new Fault(429, 'too-many-requests', { seconds: 5 });
      throw error;
    }
  }

  async function create(given: {
    account: string;
    password: string;
    name: string;
    roles: readonly string[];
  }): Promise<Account> {
    const id = newId();
    const key = loginKey(given.account);
    const password = await orBusy(hashPassword(given.password));
    try {
      await store.writeDocument('login', key, { person: id }, 0);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // A crash between the two writes leaves a name without an account: it may be taken again.
      if (await find(given.account)) throw new Fault(409, 'account-taken');
      await store.writeDocument('login', key, { person: id });
    }
    const account: Account = {
      id,
      account: given.account,
      name: given.name,
      roles: given.roles,
      disabled: false,
      password,
      createdAt: clock.now(),
      failures: 0,
      lockedUntil: 0,
    };
    await write(account);
    return account;
  }

  return {
    async person(id) {
      const account = await read(id);
      return account && !account.disabled ? publicPart(account) : null;
    },

    logIn(account, password, address) {
      requireNow(logins.take(address));
      // One after another for a name: parallel guesses are counted like any others.
      return queue.run(loginKey(account), async () => {
        const found = await find(account);
        if (found && found.lockedUntil > clock.real()) {
          throw new Fault(423, 'login-locked', { minutes: Math.ceil((found.lockedUntil - clock.real()) / 60_000) });
        }
        const right = await orBusy(isPassword(found?.password ?? (await nobody), password));
        if (found && right && !found.disabled) {
          if (found.failures > 0) await write({ ...found, failures: 0, lockedUntil: 0 });
          return publicPart(found);
        }
        if (!found || found.disabled) throw new Fault(401, 'wrong-login', { left: TRIES - 1 });
        const failures = found.failures + 1;
        const locked = failures >= TRIES;
        await write({ ...found, failures: locked ? 0 : failures, lockedUntil: locked ? clock.real() + LOCK : 0 });
        if (locked) throw new Fault(423, 'login-locked', { minutes: LOCK / 60_000 });
        throw new Fault(401, 'wrong-login', { left: TRIES - failures });
      });
    },

    async register(given, address) {
      const account = given.account.trim();
      if (!ACCOUNT.test(account)) throw new Fault(422, 'account-invalid');
      if (!isAcceptable(given.password, account)) throw new Fault(422, 'password-weak');
      const name = cleanName(given.name);
      requireNow(registrations.take(address));
      return publicPart(await create({ account, password: given.password, name, roles: [APPLICANT] }));
    },

    change: (id, given) =>
      queue.run(id, async () => {
        const account = await read(id);
        if (!account) throw new Fault(404, 'not-found');
        let next = account;
        if (given.name !== undefined) next = { ...next, name: cleanName(given.name) };
        if (given.newPassword !== undefined) {
          requireNow(logins.take(id));
          const right = await orBusy(isPassword(account.password, given.password ?? ''));
          if (!right) throw new Fault(422, 'password-wrong');
          if (!isAcceptable(given.newPassword, account.account)) throw new Fault(422, 'password-weak');
          next = { ...next, password: await orBusy(hashPassword(given.newPassword)) };
        }
        await write(next);
        return publicPart(next);
      }),

    exists: async (account) => (await find(account)) !== null,

    async seed(given) {
      const found = await find(given.account);
      if (!found) {
        if (!ACCOUNT.test(given.account)) throw new Fault(422, 'account-invalid');
        return publicPart(await create(given));
      }
      const missing = given.roles.filter((role) => !found.roles.includes(role));
      if (missing.length === 0) return publicPart(found);
      const next = { ...found, roles: [...found.roles, ...missing] };
      await write(next);
      return publicPart(next);
    },
  };
}

function cleanName(name: string): string {
  const clean = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (clean === '' || clean.length > 40) throw new Fault(422, 'name-invalid');
  return clean;
}
