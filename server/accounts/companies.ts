import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault, notFound } from '../fault.ts';
import { newId } from '../ids.ts';
import { type Exclusive, exclusiveHere } from '../store/nodes.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';

/** A company that people act for. Its cases are those that one of them started for it. */
export interface Company {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly members: readonly Member[];
  /** Who wants to act for it and was not let in yet. */
  readonly asks: readonly { readonly person: string; readonly at: number }[];
}

export interface Member {
  readonly person: string;
  readonly since: number;
  /** Lets others in and out. */
  readonly manager: boolean;
  /** A portal vouched for them, or a proven manager let them in. */
  readonly proven: boolean;
}

/**
 * Who acts for which company. Whoever names a company that nobody acts for yet begins it; others ask to be let in. What
 * a portal vouches for outweighs what somebody said: whoever is only said to belong has to be let in anew.
 */
export interface Companies {
  read(id: string): Promise<Company | null>;
  /** @returns whether the person acts for it now, or has asked to. @throws Fault company-invalid */
  join(person: string, given: { readonly name: string; readonly number: string }): Promise<'member' | 'asked'>;
  /** A portal says that the person belongs to it. @returns its id */
  vouch(person: string, given: { readonly name: string; readonly number: string }): Promise<string>;
  /** A manager lets somebody in who asked, or makes a member a manager. @throws Fault not-found */
  admit(manager: string, company: string, person: string, asManager: boolean): Promise<Company>;
  /** A manager sends somebody away, or a member goes. @throws Fault not-found, company-last */
  leave(by: string, company: string, person: string): Promise<Company>;
}

export function createCompanies(deps: {
  readonly store: Store;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly exclusive?: Exclusive;
}): Companies {
  const { store, crypto, clock, accounts, exclusive = exclusiveHere() } = deps;
  const keyOf = (number: string): string => crypto.digest('company', number);
  const placeOf = (number: string): string => `company ${keyOf(number)}`;
  const read = async (id: string): Promise<Company | null> =>
    ((await store.readDocument('company', id))?.data ?? null) as Company | null;

  /** The company first, then what its people's accounts say of it: those decide what is seen. */
  async function write(company: Company, before: Company | null): Promise<Company> {
    await store.writeDocument('company', company.id, company as unknown as Json);
    const all = new Set([...(before?.members ?? []), ...company.members].map(({ person }) => person));
    for (const person of all) {
      const member = company.members.find((one) => one.person === person);
      await accounts.book.update(person, (now) => {
        const others = now.companies.filter((one) => one.company !== company.id);
        const { manager = false, proven = false } = member ?? {};
        return { ...now, companies: member ? [...others, { company: company.id, manager, proven }] : others };
      });
    }
    return company;
  }
  async function change(id: string, next: (now: Company) => Company): Promise<Company> {
    const now = await read(id);
    if (!now) throw notFound();
    return exclusive(placeOf(now.number), async () => {
      const newest = (await read(id)) ?? now;
      return write(next(newest), newest);
    });
  }
  /** The company of this number, made when there is none, changed alone. */
  function ofNumber(
    given: { readonly name: string; readonly number: string },
    next: (now: Company) => Company,
  ): Promise<Company> {
    const number = given.number.normalize('NFKC').replace(/\s/g, '').toUpperCase();
    const name = given.name.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (!/^[\p{L}\p{N}-]{4,40}$/u.test(number) || name === '' || name.length > 120)
      throw new Fault(422, 'company-invalid');
    return exclusive(placeOf(number), async () => {
      const known = await store.readDocument('companyNumber', keyOf(number));
      const id = (known?.data as { company: string } | undefined)?.company ?? newId();
      if (!known) await store.writeDocument('companyNumber', keyOf(number), { company: id });
      const before = await read(id);
      return write(next(before ?? { id, name, number, members: [], asks: [] }), before);
    });
  }
  const isMember = ({ members }: Company, person: string): boolean => members.some((one) => one.person === person);
  const without = <T extends { readonly person: string }>(all: readonly T[], person: string): readonly T[] =>
    all.filter((one) => one.person !== person);
  const managerOf = ({ members }: Company, person: string): Member => {
    const found = members.find((one) => one.person === person && one.manager);
    // Whoever does not manage it is not told that there is one.
    if (!found) throw notFound();
    return found;
  };

  return {
    read,
    async join(person, given) {
      const company = await ofNumber(given, (now) => {
        if (isMember(now, person) || now.asks.some((one) => one.person === person)) return now;
        const at = clock.now();
        if (now.members.length > 0) return { ...now, asks: [...now.asks, { person, at }] };
        return { ...now, members: [{ person, since: at, manager: true, proven: false }] };
      });
      return isMember(company, person) ? 'member' : 'asked';
    },
    async vouch(person, given) {
      const company = await ofNumber(given, (now) => {
        const at = clock.now();
        const known = now.members.find((one) => one.person === person);
        if (known?.proven) return now;
        const proven = without(now.members, person).filter((one) => one.proven);
        const said = without(now.members, person).filter((one) => !one.proven);
        const manager = proven.every((one) => !one.manager);
        return {
          ...now,
          name: proven.length === 0 ? given.name : now.name,
          members: [...proven, { person, since: known?.since ?? at, manager, proven: true }],
          asks: [...without(now.asks, person), ...said.map((one) => ({ person: one.person, at }))],
        };
      });
      return company.id;
    },
    admit: (manager, id, person, asManager) =>
      change(id, (now) => {
        const { proven } = managerOf(now, manager);
        const known = now.members.find((one) => one.person === person);
        if (!known && !now.asks.some((one) => one.person === person)) throw notFound();
        const member = {
          person,
          since: known?.since ?? clock.now(),
          proven: known?.proven || proven,
          manager: asManager,
        };
        const members = known
          ? now.members.map((one) => (one.person === person ? { ...member, manager: asManager || one.manager } : one))
          : [...now.members, member];
        return { ...now, members, asks: without(now.asks, person) };
      }),
    leave: (by, id, person) =>
      change(id, (now) => {
        if (by !== person) managerOf(now, by);
        if (!isMember(now, person) && !now.asks.some((one) => one.person === person)) throw notFound();
        const members = without(now.members, person);
        if (members.length > 0 && !members.some((one) => one.manager)) throw new Fault(409, 'company-last');
        return { ...now, members, asks: without(now.asks, person) };
      }),
  };
}
