import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../../engine/model/json.ts';
import { Conflict, type Store } from '../../store/store.ts';
import type { RequestContext } from '../connector.ts';

/** A request as it is known outside: what a callback names, and which case it belongs to. */
export interface Reference {
  readonly caseId: string;
  readonly connector: string;
  readonly operation: string;
  readonly call: string;
  readonly generation: number;
  /** What a connector has to remember of it, e.g. the amount that was asked for. Never a secret. */
  readonly about: { readonly [name: string]: Json };
}

/** Numbers of our own for requests, unique and the same for every repeat of one; stored before anything is sent. */
export interface References {
  /** @returns 28 characters of 0-9a-f, which every provider takes as an order number */
  remember(
    connector: string,
    operation: string,
    request: RequestContext,
    about?: { readonly [name: string]: Json },
  ): Promise<string>;
  /** Under a number that is made otherwise; replaces what was there. */
  put(id: string, reference: Reference): Promise<void>;
  find(reference: string): Promise<Reference | null>;
}

const kind = 'reference';

export function referenceOf(connector: string, operation: string, key: string): string {
  return createHash('sha256').update(`${connector}.${operation}/${key}`).digest('hex').slice(0, 28);
}

export function createReferences(store: Pick<Store, 'readDocument' | 'writeDocument'>): References {
  return {
    async remember(connector, operation, { key, caseId, call, generation }, about = {}) {
      const id = referenceOf(connector, operation, key);
      const reference: Reference = { caseId, connector, operation, call, generation, about };
      try {
        await store.writeDocument(kind, id, reference as unknown as Json, 0);
      } catch (error) {
        // A repeat: what the first one wrote stands.
        if (!(error instanceof Conflict)) throw error;
      }
      return id;
    },
    async put(id, reference) {
      // Most messages come more than once: what is known costs no write.
      const known = (await store.readDocument(kind, id))?.data;
      if (known !== undefined && isDeepStrictEqual(known, reference)) return;
      await store.writeDocument(kind, id, reference as unknown as Json);
    },
    async find(reference) {
      if (!/^[0-9a-f]{28}$/.test(reference)) return null;
      return ((await store.readDocument(kind, reference))?.data ?? null) as Reference | null;
    },
  };
}
