import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault } from '../fault.ts';
import { Conflict, type Store } from '../store/store.ts';

/** A link by which somebody sets the first, or another, password of their account. An administrator never knows it. */
export interface Invitations {
  /** Older ones for the same person are void. @returns the token, told this once */
  make(person: string): Promise<string>;
  /** @throws Fault invitation-over */
  look(token: string): Promise<string>;
  /** @throws Fault invitation-over */
  use(token: string): Promise<void>;
  /** When the one of this person ends; null where there is none. */
  until(person: string): Promise<number | null>;
}

const LIFE = 72 * 3_600_000;
const KIND = 'invitation';

interface Stored {
  readonly digest: string;
  readonly until: number;
}

/** One document a person; the token names its person and is stored as a keyed hash. */
export function createInvitations(store: Store, crypto: Crypto, clock: Clock): Invitations {
  const digestOf = (token: string): string => crypto.digest('invitation', token);
  const read = async (person: string): Promise<Stored | null> =>
    ((await store.readDocument(KIND, person))?.data ?? null) as Stored | null;

  async function look(token: string): Promise<string> {
    const [person = ''] = token.split('.', 1);
    const stored = /^[0-9a-z]{10,60}$/.test(person) ? await read(person) : null;
    const isGood = stored !== null && crypto.same(stored.digest, digestOf(token)) && stored.until > clock.real();
    if (!isGood) throw new Fault(410, 'invitation-over');
    return person;
  }
  return {
    async make(person) {
      const token = `${person}.${randomBytes(32).toString('base64url')}`;
      await store.writeDocument(KIND, person, { digest: digestOf(token), until: clock.real() + LIFE });
      return token;
    },
    look,
    async use(token) {
      const person = await look(token);
      const stored = await store.readDocument(KIND, person);
      // Of two who use it at once, on whichever nodes, one has used it.
      await store.removeDocument(KIND, person, stored?.version ?? 0).catch((error: unknown) => {
        throw error instanceof Conflict ? new Fault(410, 'invitation-over') : error;
      });
      if (stored === null) throw new Fault(410, 'invitation-over');
    },
    async until(person) {
      const stored = await read(person);
      return stored && stored.until > clock.real() ? stored.until : null;
    },
  };
}
