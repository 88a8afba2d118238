import { randomInt } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault } from '../fault.ts';
import { newId } from '../ids.ts';
import { type Exclusive, exclusiveHere } from '../store/nodes.ts';
import type { Store } from '../store/store.ts';
import { createLimit, requireNow } from './limits.ts';
import { type Limits, limitsHere } from './shared-limit.ts';

/** What a code is good for; one that was asked for to log in does not change a password. */
export type CodePurpose = 'login' | 'reset' | 'mobile';

export interface Codes {
  /**
   * Sends a code to this number, whether or not anybody is known by it: the answer tells nothing.
   * @throws Fault too-many-requests, mobile-invalid, sms-failed
   */
  ask(purpose: CodePurpose, mobile: string, address: string): Promise<{ readonly request: string }>;
  /**
   * Takes the code that was sent with this request, and burns it unless `keep` says after a look that it is needed again.
   * @throws Fault code-wrong, code-over, too-many-requests
   */
  take<T>(given: TypedCode, use: () => Promise<Used<T>>): Promise<T>;
  sweep(): Promise<void>;
}

export interface TypedCode {
  readonly purpose: CodePurpose;
  readonly mobile: string;
  readonly request: string;
  readonly code: string;
}

export interface Used<T> {
  readonly value: T;
  /** Something else is missing: the same code may be sent once more. */
  readonly keep?: true;
}

interface Stored {
  /** Keyed hashes; neither the number nor the code stands anywhere. */
  readonly digest: string;
  readonly until: number;
  readonly tries: number;
}

export const CODE_MINUTES = 10;
const DIGITS = 6;
const TRIES = 5;
const HOUR = 3_600_000;

/**
 * One-time codes by SMS: from a secure source, for ten minutes, for one use, bound to the request that asked for it, its
 * purpose and its number. Limited per code, number and address, also when guessed in parallel.
 * @param perAddress codes of one address in an hour
 */
export function createCodes(deps: {
  readonly store: Store;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly perAddress: number;
  readonly exclusive?: Exclusive;
  /** What is counted of a number, whichever node it is asked on. */
  readonly limits?: Limits;
  /** @throws when it could not be sent */
  send(mobile: string, code: string, key: string): Promise<void>;
}): Codes {
  const { store, crypto, clock, exclusive = exclusiveHere(), limits = limitsHere(clock.real) } = deps;
  const addresses = createLimit(deps.perAddress, HOUR, clock.real);
  const pauses = limits('code-pause', 1, 60_000);
  const hours = limits('code-hour', 5, HOUR);
  const days = limits('code-day', 10, 24 * HOUR);
  /** Wrong codes for a number, whatever the requests: asking again must not give new tries for ever. */
  const guesses = limits('code-guess', 15, HOUR);
  const digestOf = ({ purpose, mobile, request, code }: TypedCode): string =>
    crypto.digest('smsCode', [purpose, mobile, request, code].join('\0'));

  return {
    async ask(purpose, mobile, address) {
      requireMobile(mobile);
      const key = `${purpose} ${mobile}`;
      requireNow(addresses.take(address));
      requireNow(await pauses.take(key));
      requireNow(await hours.take(mobile));
      requireNow(await days.take(mobile));
      const request = newId();
      const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
      const stored: Stored = {
        digest: digestOf({ purpose, mobile, request, code }),
        until: clock.real() + CODE_MINUTES * 60_000,
        tries: 0,
      };
      await store.writeDocument('smsCode', request, { ...stored });
      try {
        await deps.send(mobile, code, request);
      } catch {
        await store.removeDocument('smsCode', request);
        throw new Fault(503, 'sms-failed');
      }
      return { request };
    },

    take: (given, use) =>
      // One after another: parallel guesses are counted like any others, and one code is used once.
      exclusive(`code ${given.request}`, async () => {
        const stored = (await store.readDocument('smsCode', given.request))?.data as Stored | undefined;
        if (!stored || stored.until <= clock.real()) throw new Fault(422, 'code-over');
        const typed = { ...given, code: given.code.normalize('NFKC').replace(/\s/g, '') };
        if (!crypto.same(digestOf(typed), stored.digest)) {
          const tries = stored.tries + 1;
          if (tries >= TRIES) await store.removeDocument('smsCode', given.request);
          else await store.writeDocument('smsCode', given.request, { ...stored, tries });
          requireNow(await guesses.take(given.mobile));
          if (tries >= TRIES) throw new Fault(422, 'code-over');
          throw new Fault(422, 'code-wrong', { left: TRIES - tries });
        }
        const { value, keep } = await use();
        if (!keep) await store.removeDocument('smsCode', given.request);
        return value;
      }),

    async sweep() {
      for await (const { id, document } of store.listDocuments('smsCode')) {
        if ((document.data as unknown as Stored).until <= clock.real()) await store.removeDocument('smsCode', id);
      }
    },
  };
}

export function isMobile(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text);
}

/** @throws Fault mobile-invalid */
export function requireMobile(mobile: string): void {
  if (!isMobile(mobile)) throw new Fault(422, 'mobile-invalid');
}
