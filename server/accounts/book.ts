import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault } from '../fault.ts';
import { newId } from '../ids.ts';
import { changeDocument } from '../store/change.ts';
import { KeyedQueue } from '../store/queue.ts';
import { Conflict, type Store } from '../store/store.ts';
import { type Account, accountOf, isStaff } from './account.ts';

/** What leads to an account: a name, a phone, the word of an identity provider or a portal. */
export type Way = 'login' | 'mobile' | 'identity';

/** Accounts in the store. Every change of one goes through `update`, one after another. */
export interface AccountBook {
  read(id: string): Promise<Account | null>;
  find(way: Way, value: string): Promise<Account | null>;
  /** @throws Fault account-taken, mobile-taken */
  create(given: NewAccount): Promise<Account>;
  /** `change` may run again when another node was faster. @returns what is stored now. @throws Fault not-found */
  update(id: string, change: (now: Account) => Account | Promise<Account>): Promise<Account>;
  /** Lets this lead to the account; `from` leads there no more. @throws Fault account-taken, mobile-taken */
  lead(way: Way, value: string, id: string, from?: string | null): Promise<void>;
  /** Everybody with a role that is more than an applicant's. */
  staff(): Promise<readonly Account[]>;
}

export type NewAccount = Pick<Account, 'account' | 'name' | 'grants' | 'password'> &
  Partial<Pick<Account, 'mobile' | 'provided'>> & { readonly identity?: string };

export function createAccountBook(store: Store, crypto: Crypto, clock: Clock): AccountBook {
  const queue = new KeyedQueue();
  const keyOf = (way: Way, value: string): string =>
    crypto.digest(way, way === 'login' ? value.normalize('NFKC').toLowerCase() : value);

  const read = async (id: string): Promise<Account | null> => {
    const stored = await store.readDocument('account', id);
    return stored && accountOf(stored.data);
  };
  /** The list of the staff is short and looked at; that of all accounts is neither. */
  const list = async (account: Account): Promise<void> => {
    if (isStaff(account)) await store.writeDocument('staff', account.id, {});
    else await store.removeDocument('staff', account.id);
  };
  const find = async (way: Way, value: string): Promise<Account | null> => {
    const found = await store.readDocument(way, keyOf(way, value));
    return found && read((found.data as { person: string }).person);
  };
  const lead: AccountBook['lead'] = async (way, value, id, from = null) => {
    const key = keyOf(way, value);
    try {
      await store.writeDocument(way, key, { person: id }, 0);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // A crash between the two writes leaves a name without an account: it may be taken again.
      const taken = await find(way, value);
      if (taken && taken.id !== id) throw new Fault(409, way === 'mobile' ? 'mobile-taken' : 'account-taken');
      await store.writeDocument(way, key, { person: id });
    }
    if (from !== null && from !== value) await store.removeDocument(way, keyOf(way, from));
  };

  return {
    read,
    find,
    lead,
    async create({ identity, mobile = null, provided = false, ...given }) {
      const id = newId();
      if (given.account !== '') await lead('login', given.account, id);
      if (mobile !== null) await lead('mobile', mobile, id);
      if (identity !== undefined) await lead('identity', identity, id);
      const account: Account = {
        ...given,
        ...{
          id,
          mobile,
          provided,
          disabled: false,
          second: null,
          companies: [],
          seenAt: null,
          failures: 0,
          lockedUntil: 0,
        },
        createdAt: clock.now(),
      };
      await list(account);
      await store.writeDocument('account', id, account as unknown as Json);
      return account;
    },
    update: (id, change) =>
      queue.run(id, async () => {
        const stored = await changeDocument(store, 'account', id, async (data) => {
          if (data === null) throw new Fault(404, 'not-found');
          const now = accountOf(data);
          const next = await change(now);
          if (next === now) return undefined;
          await list(next);
          return next as unknown as Json;
        });
        return accountOf(stored);
      }),
    async staff() {
      const ids: string[] = [];
      for await (const { id } of store.listDocuments('staff')) ids.push(id);
      const found = await Promise.all(ids.map(read));
      return found.flatMap((one) => one ?? []);
    },
  };
}
