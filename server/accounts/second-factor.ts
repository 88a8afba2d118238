import { Secret, TOTP } from 'otpauth';
import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault } from '../fault.ts';
import { newId } from '../ids.ts';
import type { Second } from './account.ts';
import type { Accounts } from './accounts.ts';

/** A code of an authenticator beside the password (RFC 6238), and recovery codes for the day on which it is lost. */
export interface SecondFactors {
  /** A new secret, not in force until a first code shows that the authenticator has it. */
  begin(id: string): Promise<{ readonly uri: string; readonly secret: string }>;
  /** @returns the recovery codes, told this once. @throws Fault second-wrong, login-locked */
  confirm(id: string, code: string): Promise<readonly string[]>;
  /** A code of the authenticator, or one of the recovery codes, which is used up. @throws Fault second-wrong, login-locked */
  check(id: string, code: string): Promise<void>;
  /** New recovery codes; the old ones are void. @throws Fault second-wrong, login-locked */
  renew(id: string, code: string): Promise<readonly string[]>;
  /** @throws Fault second-wrong, login-locked */
  remove(id: string, code: string): Promise<void>;
}

const PERIOD = 30;
const RECOVERY = 10;

export function createSecondFactors(deps: {
  readonly accounts: Accounts;
  readonly crypto: Crypto;
  readonly clock: Clock;
  /** Whom an authenticator shows the code as. */
  issuer(): string;
}): SecondFactors {
  const { accounts, crypto, clock } = deps;
  const clean = (code: string): string => code.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase();
  const recoveryDigest = (id: string, code: string): string => crypto.digest('recovery', `${id}/${code}`);

  const totpOf = (secret: string, label = ''): TOTP =>
    new TOTP({ issuer: deps.issuer(), label, secret: Secret.fromBase32(secret), period: PERIOD, digits: 6 });

  /** The period of a right code that was not taken before; one before and after count, since clocks differ. */
  function periodOf(second: Second, code: string): number | null {
    if (!/^\d{6}$/.test(code)) return null;
    const delta = totpOf(second.secret).validate({ token: code, timestamp: clock.real(), window: 1 });
    if (delta === null) return null;
    const period = Math.floor(clock.real() / 1000 / PERIOD) + delta;
    return period > second.period ? period : null;
  }
  /** What the factor is after this code; null when it is wrong. */
  function after(id: string, second: Second | null, typed: string): Second | null {
    if (!second?.confirmed) return null;
    const code = clean(typed);
    const period = periodOf(second, code);
    if (period !== null) return { ...second, period };
    const digest = recoveryDigest(id, code);
    const left = second.recovery.filter((one) => !crypto.same(one, digest));
    return left.length < second.recovery.length ? { ...second, recovery: left } : null;
  }
  function newRecovery(id: string): { readonly codes: readonly string[]; readonly digests: readonly string[] } {
    const codes = Array.from({ length: RECOVERY }, () => newId(50));
    return { codes, digests: codes.map((code) => recoveryDigest(id, code)) };
  }
  const written = (codes: readonly string[]) => codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
  const orWrong = async (passed: Promise<unknown>): Promise<void> => {
    if ((await passed) === null) throw new Fault(422, 'second-wrong');
  };

  return {
    async begin(id) {
      const { base32 } = new Secret({ size: 20 });
      const account = await accounts.book.update(id, (now) => {
        if (now.second?.confirmed) throw new Fault(409, 'second-there');
        return { ...now, second: { secret: base32, confirmed: false, period: 0, recovery: [] } };
      });
      return { secret: base32, uri: totpOf(base32, account.account || account.name).toString() };
    },
    async confirm(id, code) {
      const { codes, digests } = newRecovery(id);
      await orWrong(
        accounts.guarded(id, ({ second }) => {
          if (second === null || second.confirmed) return null;
          const period = periodOf(second, clean(code));
          return period === null ? null : { second: { ...second, period, confirmed: true, recovery: digests } };
        }),
      );
      return written(codes);
    },
    check: (id, code) =>
      orWrong(
        accounts.guarded(id, ({ second }) => {
          const next = after(id, second, code);
          return next && { second: next };
        }),
      ),
    async renew(id, code) {
      const { codes, digests } = newRecovery(id);
      await orWrong(
        accounts.guarded(id, ({ second }) => {
          const next = after(id, second, code);
          return next && { second: { ...next, recovery: digests } };
        }),
      );
      return written(codes);
    },
    remove: (id, code) =>
      orWrong(accounts.guarded(id, ({ second }) => (after(id, second, code) === null ? null : { second: null }))),
  };
}
