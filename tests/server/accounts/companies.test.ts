import { beforeEach, describe, expect, test } from 'vitest';
import { type Accounts, createAccounts } from '../../../server/accounts/accounts.ts';
import { type Companies, createCompanies } from '../../../server/accounts/companies.ts';
import { createClock } from '../../../server/clock.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { codeOf, testCrypto } from '../../support/accounts.ts';

const company = { name: '示例纺织有限公司', number: '91440300ma5demr12b ' };

describe('accounts that act for companies', () => {
  let accounts: Accounts;
  let companies: Companies;
  let people: { [name: string]: string } = {};
  beforeEach(async () => {
    const [store, crypto, clock] = [createMemoryStore(), testCrypto(), createClock(0, () => 1_000_000)];
    accounts = createAccounts(store, crypto, clock);
    companies = createCompanies({ store, crypto, clock, accounts });
    people = {};
    for (const name of ['anna', 'boris', 'chen', 'dora']) {
      const made = await accounts.register({ account: name, password: 'a good phrase', name }, '1.1.1.1');
      people[name] = made.id;
    }
  });
  const of = async (name: string) => (await accounts.person(people[name] ?? ''))?.companies ?? [];
  const idOf = async (name: string): Promise<string> => (await of(name))[0]?.company ?? '';

  test('the first to name one begins it; the next has to be let in by a manager', async () => {
    expect(await companies.join(people.anna!, company)).toBe('member');
    expect(await companies.join(people.boris!, { ...company, number: '91440300MA5DEMR12B' })).toBe('asked');
    expect(await of('boris')).toEqual([]);
    const id = await idOf('anna');
    expect(await codeOf(companies.admit(people.chen!, id, people.boris!, false))).toBe('not-found');
    expect(await codeOf(companies.admit(people.boris!, id, people.boris!, true))).toBe('not-found');
    expect(await codeOf(companies.admit(people.anna!, id, people.chen!, false))).toBe('not-found');
    await companies.admit(people.anna!, id, people.boris!, false);
    expect(await of('boris')).toEqual([{ company: id, manager: false, proven: false }]);
  });

  test('a member that is none of the managers lets nobody in; the last manager does not leave the others alone', async () => {
    await companies.join(people.anna!, company);
    await companies.join(people.boris!, company);
    const id = await idOf('anna');
    await companies.admit(people.anna!, id, people.boris!, false);
    await companies.join(people.chen!, company);
    expect(await codeOf(companies.admit(people.boris!, id, people.chen!, false))).toBe('not-found');
    expect(await codeOf(companies.leave(people.boris!, id, people.anna!))).toBe('not-found');
    expect(await codeOf(companies.leave(people.anna!, id, people.anna!))).toBe('company-last');
    await companies.admit(people.anna!, id, people.boris!, true);
    await companies.leave(people.anna!, id, people.anna!);
    expect(await of('anna')).toEqual([]);
    expect((await of('boris'))[0]?.manager).toBe(true);
  });

  test('whom a portal vouches for outweighs who only said so: they have to be let in anew', async () => {
    await companies.join(people.anna!, company);
    const id = await companies.vouch(people.boris!, company);
    expect(await of('anna')).toEqual([]);
    expect(await of('boris')).toEqual([{ company: id, manager: true, proven: true }]);
    expect((await companies.read(id))?.asks.map(({ person }) => person)).toEqual([people.anna]);
    await companies.admit(people.boris!, id, people.anna!, false);
    expect(await of('anna')).toEqual([{ company: id, manager: false, proven: true }]);
    // The next one from the portal changes nothing for them.
    await companies.vouch(people.chen!, company);
    expect(await of('chen')).toEqual([{ company: id, manager: false, proven: true }]);
    expect((await of('anna')).length).toBe(1);
    expect(await companies.vouch(people.chen!, company)).toBe(id);
  });

  test('somebody may act for several, and asks that come at once make one company', async () => {
    const others = [people.anna!, people.boris!, people.chen!, people.dora!];
    const states = await Promise.all(others.map((id) => companies.join(id, company)));
    expect([...states].sort()).toEqual(['asked', 'asked', 'asked', 'member']);
    await companies.join(people.dora!, { name: '另一家', number: '91440300MA5OTHER1X' });
    expect((await of('dora')).length).toBeGreaterThanOrEqual(1);
  });

  test('what is no number is refused', async () => {
    expect(await codeOf(companies.join(people.anna!, { name: 'x', number: '<b>' }))).toBe('company-invalid');
    expect(await codeOf(companies.join(people.anna!, { name: ' ', number: '12345678' }))).toBe('company-invalid');
  });
});
