import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Accounts, createAccounts } from '../../../server/accounts/accounts.ts';
import { createSecondFactors, type SecondFactors } from '../../../server/accounts/second-factor.ts';
import { createClock } from '../../../server/clock.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { codeOf, testCrypto } from '../../support/accounts.ts';

describe('the second factor', () => {
  let time = 1_700_000_000_000;
  let accounts: Accounts;
  let factors: SecondFactors;
  let id = '';
  beforeEach(async () => {
    time += 3_600_000;
    const clock = createClock(0, () => time);
    const crypto = testCrypto();
    accounts = createAccounts(createMemoryStore(), crypto, clock);
    factors = createSecondFactors({ accounts, crypto, clock, issuer: () => 'Example CA' });
    id = (await accounts.register({ account: 'zhangsan', password: 'a good phrase', name: '张三' }, '1.1.1.1')).id;
  });
  const now = (secret: string, ahead = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: time + ahead * 30_000 });
  async function enrolled(): Promise<{ secret: string; recovery: readonly string[] }> {
    const { secret } = await factors.begin(id);
    const recovery = await factors.confirm(id, now(secret));
    time += 30_000;
    return { secret, recovery };
  }

  test('is in force once a first code has shown that the authenticator has the secret', async () => {
    const { secret, uri } = await factors.begin(id);
    expect(uri).toContain('otpauth://totp/Example%20CA:zhangsan?');
    expect((await accounts.book.read(id))?.second?.confirmed).toBe(false);
    expect(await codeOf(factors.check(id, now(secret)))).toBe('second-wrong');
    expect(await codeOf(factors.confirm(id, '000000'))).toBe('second-wrong');
    const recovery = await factors.confirm(id, now(secret));
    expect(new Set(recovery).size).toBe(10);
    expect(await codeOf(factors.begin(id))).toBe('second-there');
  });

  test('a code is taken once, one period before and after too', async () => {
    const { secret } = await enrolled();
    const code = now(secret);
    expect(await codeOf(factors.check(id, code))).toBe('done');
    expect(await codeOf(factors.check(id, code))).toBe('second-wrong');
    expect(await codeOf(factors.check(id, now(secret, 1)))).toBe('done');
    // The clock of the phone is late: its code is older than the one that was taken.
    expect(await codeOf(factors.check(id, now(secret, -1)))).toBe('second-wrong');
    time += 300_000;
    expect(await codeOf(factors.check(id, now(secret, -1)))).toBe('done');
    expect(await codeOf(factors.check(id, now(secret, 2)))).toBe('second-wrong');
  });

  test('of the same code at once one is taken', async () => {
    const { secret } = await enrolled();
    const code = now(secret);
    const answers = await Promise.all([1, 2, 3].map(() => codeOf(factors.check(id, code))));
    expect(answers.filter((one) => one === 'done')).toHaveLength(1);
  });

  test('five wrong ones lock the account, the password with it', async () => {
    const { secret } = await enrolled();
    const answers = await Promise.all(Array.from({ length: 8 }, () => codeOf(factors.check(id, '000000'))));
    expect(answers.filter((one) => one === 'second-wrong')).toHaveLength(4);
    expect(answers.filter((one) => one === 'login-locked')).toHaveLength(4);
    expect(await codeOf(factors.check(id, now(secret)))).toBe('login-locked');
    expect(await codeOf(accounts.logIn('zhangsan', 'a good phrase', '1.1.1.1'))).toBe('login-locked');
    time += 16 * 60_000;
    expect(await codeOf(factors.check(id, now(secret)))).toBe('done');
  });

  test('a recovery code stands in once; new ones void the old', async () => {
    const { secret, recovery } = await enrolled();
    const [first = '', second = ''] = recovery;
    expect(await codeOf(factors.check(id, first.toUpperCase()))).toBe('done');
    expect(await codeOf(factors.check(id, first))).toBe('second-wrong');
    const fresh = await factors.renew(id, now(secret));
    expect(await codeOf(factors.check(id, second))).toBe('second-wrong');
    expect(await codeOf(factors.check(id, fresh[0] ?? ''))).toBe('done');
  });

  test('goes only with a code', async () => {
    const { secret } = await enrolled();
    expect(await codeOf(factors.remove(id, '000000'))).toBe('second-wrong');
    expect(await codeOf(factors.remove(id, now(secret)))).toBe('done');
    expect((await accounts.book.read(id))?.second).toBeNull();
  });
});
