import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import { invalid, notFound } from '../fault.ts';
import { newId } from '../ids.ts';
import { Conflict, type Store } from '../store/store.ts';

/** A key of a portal: only its hash is kept. */
export interface PortalKey {
  readonly id: string;
  readonly hash: string;
  readonly at: number;
}

/** A secret that signs what is sent; an old one signs beside the new one until its time is over. */
export interface PortalSecret {
  readonly value: string;
  readonly at: number;
  readonly until: number | null;
}

/** Somebody else's system that may ask how cases stand, and is told when that changes. Sealed as a whole by the store. */
export interface PortalClient {
  readonly id: string;
  readonly title: string;
  /** Projects that it knows of; no others exist for it. */
  readonly projects: readonly string[];
  readonly keys: readonly PortalKey[];
  /** Where changes are told; null = nowhere. */
  readonly url: string | null;
  readonly secrets: readonly PortalSecret[];
  readonly disabled: boolean;
}

export interface PortalRegistry {
  load(): Promise<void>;
  /** Somebody else has changed this one. */
  heard(id: string): Promise<void>;
  all(): readonly PortalClient[];
  find(id: string): PortalClient | null;
  /** Whose key this is; null when it is nobody's any more. */
  byKey(text: string): PortalClient | null;
  /** Those that are told of changes in a project. */
  toldOf(project: string): readonly PortalClient[];
  /** @throws Fault request-invalid: the id is taken */
  create(given: { id: string; title: string; projects: readonly string[] }): Promise<PortalClient>;
  change(id: string, change: (now: PortalClient) => PortalClient): Promise<PortalClient>;
  /** A new key beside the others. @returns its text, which is shown once */
  addKey(id: string): Promise<{ readonly client: PortalClient; readonly key: string }>;
  /** A new secret; the one before signs for another day. @returns its text, which is shown once */
  addSecret(id: string): Promise<{ readonly client: PortalClient; readonly secret: string }>;
}

const kind = 'portalClient';
const MOST_KEYS = 5;
/** How long both secrets sign after a rotation. */
export const OVERLAP = 86_400_000;

export function createPortalRegistry(store: Store, clock: Clock): PortalRegistry {
  const clients = new Map<string, PortalClient>();
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

  async function change(id: string, next: (now: PortalClient) => PortalClient): Promise<PortalClient> {
    const stored = await store.readDocument(kind, id);
    if (stored === null) throw notFound();
    const client = next(stored.data as unknown as PortalClient);
    await store.writeDocument(kind, id, client as unknown as Json, stored.version);
    clients.set(id, client);
    return client;
  }

  return {
    async load() {
      for await (const { id, document } of store.listDocuments(kind))
        clients.set(id, document.data as unknown as PortalClient);
    },
    async heard(id) {
      const stored = await store.readDocument(kind, id);
      if (stored === null) clients.delete(id);
      else clients.set(id, stored.data as unknown as PortalClient);
    },
    all: () => [...clients.values()],
    find: (id) => clients.get(id) ?? null,
    byKey(text) {
      const hash = Buffer.from(hashOf(text), 'hex');
      for (const client of clients.values())
        for (const key of client.keys)
          if (!client.disabled && timingSafeEqual(hash, Buffer.from(key.hash, 'hex'))) return client;
      return null;
    },
    toldOf: (project) =>
      [...clients.values()].filter(
        ({ disabled, url, secrets, projects }) =>
          !disabled && url !== null && secrets.length > 0 && projects.includes(project),
      ),
    async create({ id, title, projects }) {
      const client: PortalClient = { id, title, projects, keys: [], url: null, secrets: [], disabled: false };
      try {
        await store.writeDocument(kind, id, client as unknown as Json, 0);
      } catch (error) {
        if (error instanceof Conflict)
          throw invalid('已有这个编号的门户，请换一个编号', 'there is a portal of this id; choose another', 409);
        throw error;
      }
      clients.set(id, client);
      return client;
    },
    change,
    async addKey(id) {
      const key = `cfp_${randomBytes(32).toString('base64url')}`;
      const made: PortalKey = { id: newId().slice(0, 8), hash: hashOf(key), at: clock.now() };
      const client = await change(id, (now) => ({ ...now, keys: [made, ...now.keys].slice(0, MOST_KEYS) }));
      return { client, key };
    },
    async addSecret(id) {
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      const at = clock.now();
      const client = await change(id, (now) => ({
        ...now,
        secrets: [
          { value: secret, at, until: null },
          ...now.secrets
            .filter(({ until }) => until === null || until > at)
            .map((old) => ({ ...old, until: old.until ?? at + OVERLAP }))
            .slice(0, 1),
        ],
      }));
      return { client, secret };
    },
  };
}
