import { createHash, randomBytes } from 'node:crypto';
import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';

/** A session of a logged-in person, or of whoever opened a one-time link (bound to that one task). */
export type Session =
  | { readonly kind: 'person'; readonly person: string; readonly expires: number }
  | (Linked & { readonly kind: 'link'; readonly expires: number });

/** The task of a case that a link opened. Another link for the same task has another generation, and ends this one. */
export interface Linked {
  readonly caseId: string;
  readonly via: string;
  readonly generation: number;
}

export interface Sessions {
  /** @returns the token for the cookie (256 bits); only its hash is stored. */
  open(session: NewSession): Promise<string>;
  /** Null when it is unknown or over. Prolongs a session that is in use. */
  find(token: string): Promise<Session | null>;
  close(token: string): Promise<void>;
  /** Ends all sessions of a person but one (after a new password). */
  closeOthers(person: string, token: string): Promise<void>;
  /** Removes what has expired. */
  sweep(): Promise<void>;
}

export type NewSession =
  | { readonly kind: 'person'; readonly person: string }
  /** `life`: how long the link itself would have been good for, ms; the session lasts at least as long. */
  | (Linked & { readonly kind: 'link'; readonly life: number });

const LIFE = { person: 12 * 60 * 60_000, link: 60 * 60_000 } as const;

export function createSessions(store: Store, clock: Clock): Sessions {
  const idOf = (token: string): string => createHash('sha256').update(token).digest('hex');
  const expiry = (kind: Session['kind']): number => clock.real() + LIFE[kind];

  return {
    async open(given) {
      const token = randomBytes(32).toString('base64url');
      const { life = 0, ...session } = given.kind === 'link' ? given : { ...given, life: 0 };
      const expires = Math.max(expiry(session.kind), clock.real() + life);
      await store.writeDocument('session', idOf(token), { ...session, expires });
      return token;
    },
    async find(token) {
      const id = idOf(token);
      const session = (await store.readDocument('session', id))?.data as Session | undefined;
      if (!session) return null;
      if (session.expires <= clock.real()) {
        await store.removeDocument('session', id);
        return null;
      }
      const fresh = expiry(session.kind);
      // Prolong rarely: every request would otherwise be a write to the disk.
      if (fresh - session.expires > LIFE[session.kind] / 10 && store.trouble() === null) {
        await store.writeDocument('session', id, { ...session, expires: fresh } as unknown as Json);
      }
      return session;
    },
    close: (token) => store.removeDocument('session', idOf(token)),
    async closeOthers(person, token) {
      const keep = idOf(token);
      for await (const { id, document } of store.listDocuments('session')) {
        const session = document.data as unknown as Session;
        if (session.kind === 'person' && session.person === person && id !== keep) {
          await store.removeDocument('session', id);
        }
      }
    },
    async sweep() {
      for await (const { id, document } of store.listDocuments('session')) {
        if ((document.data as unknown as Session).expires <= clock.real()) await store.removeDocument('session', id);
      }
    },
  };
}
