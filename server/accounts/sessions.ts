import { createHash, randomBytes } from 'node:crypto';
import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import { changeDocument } from '../store/change.ts';
import { KeyedQueue } from '../store/queue.ts';
import { Conflict, type Store, StoreCorrupt } from '../store/store.ts';

/** A session of a logged-in person, of somebody half-way in, or of whoever opened a one-time link (bound to that one task). */
export type Session =
  | PersonSession
  /** The password was right; the second factor is still to come. */
  | { readonly kind: 'half'; readonly person: string; readonly expires: number }
  | (Linked & { readonly kind: 'link'; readonly expires: number });

export interface PersonSession {
  readonly kind: 'person';
  readonly person: string;
  readonly expires: number;
  /** What the browser calls itself, in two words; for the list of devices. */
  readonly device?: string;
  readonly createdAt?: number;
  readonly seenAt?: number;
  /** The company that the person acts for in this browser. */
  readonly acting?: string;
}

/** The task of a case that a link opened. Another link for the same task has another generation, and ends this one. */
export interface Linked {
  readonly caseId: string;
  readonly via: string;
  readonly generation: number;
}

/** Where a person is logged in. */
export interface Device {
  /** Names the session without being worth anything. */
  readonly id: string;
  readonly device: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly own: boolean;
}

export interface Sessions {
  /** @returns the token for the cookie (256 bits); only its hash is stored. */
  open(session: NewSession): Promise<string>;
  /** Null when it is unknown or over. Prolongs a session that is in use. */
  find(token: string): Promise<Session | null>;
  close(token: string): Promise<void>;
  /** Ends all sessions of a person but one (after a new password); all of them when no token is given. */
  closeOthers(person: string, token: string | null): Promise<void>;
  /** Ends every session of everybody, half log-ins and opened links among them. @returns how many */
  closeAll(): Promise<number>;
  /** @param token the session that asks */
  devices(person: string, token: string): Promise<readonly Device[]>;
  /** @returns false when the person has no such session */
  closeDevice(person: string, id: string): Promise<boolean>;
  /** Acts for a company from now on, or for nobody (null). */
  act(token: string, company: string | null): Promise<void>;
  /** Removes what has expired. */
  sweep(): Promise<void>;
  /** How many are not over, by kind. */
  count(): Promise<{ readonly [kind in Session['kind']]: number }>;
}

export type NewSession =
  | ({ readonly kind: 'person'; readonly person: string } & Pick<PersonSession, 'device' | 'acting'>)
  | { readonly kind: 'half'; readonly person: string }
  /** `life`: how long the link itself would have been good for, ms; the session lasts at least as long. */
  | (Linked & { readonly kind: 'link'; readonly life: number });

const LIFE = { person: 12 * 60 * 60_000, half: 10 * 60_000, link: 60 * 60_000 } as const;
/**
 * A login lasts a day at the most, however much it is used (NIST SP 800-63B, AAL2): what was stolen ends by itself. Drafts
 * are kept field by field, so that whoever is asked anew loses nothing.
 */
const LONGEST = 24 * 60 * 60_000;
/** Browsers of one person; the one that was used longest ago is logged out for the next. */
const MOST = 20;

/** A damaged session is none, and keeps nobody from logging in again; `/readyz` tells of it. */
async function orDamaged<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof StoreCorrupt) return null;
    throw error;
  }
}

export function createSessions(store: Store, clock: Clock): Sessions {
  const queue = new KeyedQueue();
  const idOf = (token: string): string => createHash('sha256').update(token).digest('hex');
  const expiry = (kind: Session['kind']): number => clock.real() + LIFE[kind];
  const read = async (id: string): Promise<Session | null> =>
    ((await store.readDocument('session', id))?.data ?? null) as Session | null;
  const write = (id: string, session: Session) =>
    store.writeDocument('session', id, session as unknown as Json).then(() => undefined);
  const remove = (id: string) => store.removeDocument('session', id);

  /** Ids of a person's sessions; some may be over. */
  const known = async (person: string): Promise<readonly string[]> => {
    const stored = await orDamaged(store.readDocument('devices', person));
    return (stored?.data as { ids: string[] } | undefined)?.ids ?? [];
  };

  async function own(person: string): Promise<readonly { id: string; session: PersonSession }[]> {
    const found: { id: string; session: PersonSession }[] = [];
    for (const id of await known(person)) {
      const session = await orDamaged(read(id));
      if (session?.kind === 'person' && session.person === person && session.expires > clock.real())
        found.push({ id, session });
    }
    return found.sort((a, b) => seen(b.session) - seen(a.session));
  }

  const remember = (person: string, id: string): Promise<void> =>
    queue.run(person, async () => {
      const listed = changeDocument(store, 'devices', person, async () => {
        const all = await own(person);
        for (const { id: old } of all.slice(MOST - 1)) await remove(old);
        return { ids: [id, ...all.slice(0, MOST - 1).map((one) => one.id)] };
      });
      await orDamaged(listed);
    });

  return {
    async open(given) {
      const token = randomBytes(32).toString('base64url');
      const id = idOf(token);
      if (given.kind === 'link') {
        const { life, ...session } = given;
        await write(id, { ...session, expires: Math.max(expiry('link'), clock.real() + life) });
        return token;
      }
      const now = clock.real();
      if (given.kind === 'half') await write(id, { ...given, expires: expiry('half') });
      else {
        await write(id, { ...given, createdAt: now, seenAt: now, expires: expiry('person') });
        await remember(given.person, id);
      }
      return token;
    },
    async find(token) {
      const id = idOf(token);
      const stored = await store.readDocument('session', id);
      if (!stored) return null;
      const session = stored.data as unknown as Session;
      if (session.expires <= clock.real()) {
        await remove(id);
        return null;
      }
      const last = session.kind === 'person' ? (session.createdAt ?? 0) + LONGEST : Number.POSITIVE_INFINITY;
      const fresh = Math.min(expiry(session.kind), last);
      // Prolong rarely: every request would otherwise be a write to the disk. Half a login is not prolonged.
      const isOld = session.kind !== 'half' && fresh - session.expires > LIFE[session.kind] / 10;
      if (isOld && store.trouble() === null) {
        const seenAt = session.kind === 'person' ? { seenAt: clock.real() } : {};
        const longer = { ...session, ...seenAt, expires: fresh } as unknown as Json;
        // Not over what somebody else has just written: it may have been ended.
        await store.writeDocument('session', id, longer, stored.version).catch((error: unknown) => {
          if (!(error instanceof Conflict)) throw error;
        });
      }
      return session;
    },
    close: (token) => remove(idOf(token)),
    async closeOthers(person, token) {
      const keep = token === null ? null : idOf(token);
      for (const { id } of await own(person)) if (id !== keep) await remove(id);
    },
    async closeAll() {
      const ids: string[] = [];
      for await (const { id } of store.listDocuments('session')) ids.push(id);
      for (const id of ids) await remove(id);
      return ids.length;
    },
    async devices(person, token) {
      const mine = idOf(token);
      return (await own(person)).map(({ id, session }) => ({
        id: id.slice(0, 16),
        device: session.device ?? '',
        createdAt: session.createdAt ?? 0,
        seenAt: seen(session),
        own: id === mine,
      }));
    },
    async closeDevice(person, given) {
      const found = (await own(person)).find(({ id }) => id.slice(0, 16) === given);
      if (found) await remove(found.id);
      return found !== undefined;
    },
    async act(token, company) {
      const id = idOf(token);
      const session = await read(id);
      if (session?.kind !== 'person') return;
      const { acting: _, ...rest } = session;
      await write(id, company === null ? rest : { ...rest, acting: company });
    },
    async count() {
      const count = { person: 0, half: 0, link: 0 };
      for await (const { document } of store.listDocuments('session')) {
        const { kind, expires } = document.data as unknown as Session;
        if (expires > clock.real()) count[kind] += 1;
      }
      return count;
    },
    async sweep() {
      for await (const { id, document } of store.listDocuments('session')) {
        if ((document.data as unknown as Session).expires <= clock.real()) await remove(id);
      }
    },
  };
}

function seen({ seenAt, createdAt }: PersonSession): number {
  return seenAt ?? createdAt ?? 0;
}
