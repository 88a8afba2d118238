import { beforeEach, describe, expect, test } from 'vitest';
import { type Accounts, createAccounts } from '../../../server/accounts/accounts.ts';
import { createLimit } from '../../../server/accounts/limits.ts';
import { createSessions } from '../../../server/accounts/sessions.ts';
import { createClock } from '../../../server/clock.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import type { Fault } from '../../../server/fault.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';

const crypto = createCrypto(parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`));
const codeOf = (job: Promise<unknown>): Promise<string> =>
  job.then(
    () => 'done',
    (fault: Fault) => fault.code,
  );

describe('accounts', () => {
  let time = 1_000_000;
  let accounts: Accounts;
  let store = createMemoryStore();
  const clock = createClock(0, () => time);
  beforeEach(() => {
    store = createMemoryStore();
    accounts = createAccounts(store, crypto, clock);
  });
  const register = (account = 'zhangsan', password = 'a good phrase') =>
    accounts.register({ account, password, name: '张三' }, '1.2.3.4');

  test('who registers is an applicant and can log in, whatever the case of the name', async () => {
    const person = await register();
    expect(person.roles).toEqual(['applicant']);
    expect((await accounts.logIn('ZhangSan', 'a good phrase', '1.2.3.4')).id).toBe(person.id);
  });

  test('no password stands in the store', async () => {
    await register();
    const all: unknown[] = [];
    for (const kind of ['account', 'login']) {
      for await (const { document } of store.listDocuments(kind)) all.push(document);
    }
    expect(JSON.stringify(all)).not.toContain('a good phrase');
    expect(JSON.stringify(all)).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  test('a name is taken once, also by two at the same time', async () => {
    const codes = await Promise.all([codeOf(register()), codeOf(register())]);
    expect(codes.sort()).toEqual(['account-taken', 'done']);
  });

  test('a name without an account (a crash between the two writes) may be taken', async () => {
    await store.writeDocument('login', crypto.digest('login', 'zhangsan'), { person: 'nobody' });
    expect(await codeOf(register())).toBe('done');
  });

  test.each([
    ['12', 'a good phrase', 'account-invalid'],
    ['zhang san', 'a good phrase', 'account-invalid'],
    ['zhangsan', 'short', 'password-weak'],
    ['zhangsan1', 'zhangsan1', 'password-weak'],
    ['zhangsan', '12345678', 'password-weak'],
  ])('refuses %s / %s', async (account, password, code) => {
    expect(await codeOf(register(account, password))).toBe(code);
  });

  test('five wrong passwords lock the account, the right one does not open it until the time is over', async () => {
    await register();
    const codes: string[] = [];
    for (let n = 0; n < 6; n += 1) codes.push(await codeOf(accounts.logIn('zhangsan', 'wrong wrong', '1.2.3.4')));
    expect(codes).toEqual(['wrong-login', 'wrong-login', 'wrong-login', 'wrong-login', 'login-locked', 'login-locked']);
    expect(await codeOf(accounts.logIn('zhangsan', 'a good phrase', '1.2.3.4'))).toBe('login-locked');
    time += 15 * 60_000;
    expect(await codeOf(accounts.logIn('zhangsan', 'a good phrase', '1.2.3.4'))).toBe('done');
  });

  test('twenty guesses at the same time are counted like any others', async () => {
    await register();
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(accounts.logIn('zhangsan', 'wrong wrong', '1.2.3.4'))),
    );
    expect(codes.filter((code) => code === 'wrong-login')).toHaveLength(4);
    expect(codes.filter((code) => code === 'login-locked')).toHaveLength(16);
  });

  test('an account that does not exist answers like one with a wrong password', async () => {
    await register();
    const known = await accounts.logIn('zhangsan', 'wrong wrong', '1.2.3.4').catch((fault: Fault) => fault);
    const unknown = await accounts.logIn('nobody-here', 'wrong wrong', '1.2.3.4').catch((fault: Fault) => fault);
    expect((unknown as Fault).message).toBe((known as Fault).message);
    expect((unknown as Fault).status).toBe((known as Fault).status);
  });

  test('names of the house make no password, wherever one is chosen', async () => {
    accounts = createAccounts(store, crypto, clock, 60, () => ['示例CA', '网上营业厅']);
    expect(await codeOf(register('lisi', '示例CA-网上营业厅-2026'))).toBe('password-weak');
    const { id } = await register('lisi', '示例CA 在山那边');
    const change = { password: '示例CA 在山那边', newPassword: 'Lisi@20261129' };
    expect(await codeOf(accounts.change(id, change))).toBe('password-weak');
    expect(await codeOf(accounts.setPassword(id, '示例ca12345678'))).toBe('password-weak');
  });

  test('a new password needs the old one', async () => {
    const { id } = await register();
    expect(await codeOf(accounts.change(id, { password: 'wrong', newPassword: 'another phrase' }))).toBe(
      'password-wrong',
    );
    expect(await codeOf(accounts.change(id, { password: 'a good phrase', newPassword: 'another phrase' }))).toBe(
      'done',
    );
    expect(await codeOf(accounts.logIn('zhangsan', 'another phrase', '1.2.3.4'))).toBe('done');
  });
});

describe('sessions', () => {
  test('only the hash of a token is stored; it ends by time and by closing', async () => {
    let time = 1_000;
    const store = createMemoryStore();
    const sessions = createSessions(
      store,
      createClock(0, () => time),
    );
    const token = await sessions.open({ kind: 'person', person: 'p' });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    for await (const { id, document } of store.listDocuments('session')) {
      expect(id + JSON.stringify(document)).not.toContain(token);
    }
    expect(await sessions.find(token)).toMatchObject({ kind: 'person', person: 'p' });
    time += 11 * 60 * 60_000;
    expect(await sessions.find(token)).not.toBeNull();
    time += 11 * 60 * 60_000;
    expect(await sessions.find(token), 'prolonged by being used').not.toBeNull();
    time += 13 * 60 * 60_000;
    expect(await sessions.find(token)).toBeNull();
    const other = await sessions.open({ kind: 'person', person: 'p' });
    await sessions.close(other);
    expect(await sessions.find(other)).toBeNull();
  });

  test('a login lasts a day at the most, however much it is used', async () => {
    const HOUR = 60 * 60_000;
    let time = 1_000;
    const sessions = createSessions(
      createMemoryStore(),
      createClock(0, () => time),
    );
    const token = await sessions.open({ kind: 'person', person: 'p' });
    for (let hour = 1; hour < 24; hour += 1) {
      time += HOUR;
      expect(await sessions.find(token), `hour ${hour}`).not.toBeNull();
    }
    time += HOUR;
    expect(await sessions.find(token)).toBeNull();
  });

  test('twenty browsers of a person; for the next one that of longest ago is logged out', async () => {
    let time = 1_000;
    const sessions = createSessions(
      createMemoryStore(),
      createClock(0, () => time),
    );
    const tokens: string[] = [];
    for (let browser = 0; browser < 21; browser += 1) {
      time += 1;
      tokens.push(await sessions.open({ kind: 'person', person: 'p' }));
    }
    const [first = '', second = '', ...others] = tokens;
    expect(await sessions.find(first)).toBeNull();
    expect(await sessions.find(second)).not.toBeNull();
    expect(await sessions.devices('p', others.at(-1) ?? '')).toHaveLength(20);
  });

  test('a new password ends the other sessions of that person and nobody else', async () => {
    const sessions = createSessions(createMemoryStore(), createClock());
    const [mine, elsewhere, theirs] = [
      await sessions.open({ kind: 'person', person: 'p' }),
      await sessions.open({ kind: 'person', person: 'p' }),
      await sessions.open({ kind: 'person', person: 'q' }),
    ];
    await sessions.closeOthers('p', mine);
    expect(
      await Promise.all([mine, elsewhere, theirs].map(async (token) => (await sessions.find(token)) !== null)),
    ).toEqual([true, false, true]);
  });
});

describe('limits', () => {
  test('so many within the time, then a wait that gets shorter', () => {
    let time = 0;
    const limit = createLimit(2, 100, () => time);
    expect([limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([0, 0, 0]);
    time = 40;
    expect(limit.take('a')).toBe(60);
    time = 100;
    expect(limit.take('a')).toBe(0);
  });

  test('keys are forgotten, the oldest first', () => {
    const limit = createLimit(1, 100, () => 0, 2);
    for (const key of ['a', 'b', 'c']) limit.take(key);
    expect(limit.take('a')).toBe(0);
    expect(limit.take('c')).toBe(100);
  });
});
