import type { Json } from '../../engine/model/json.ts';
import type { Secrets } from '../cases/secrets.ts';
import type { Vault } from '../files/vault.ts';
import { SEALED_KINDS } from '../store/sealed.ts';
import { Conflict, type Store, StoreCorrupt } from '../store/store.ts';
import type { Crypto } from './crypto.ts';
import type { DataKeys } from './data-keys.ts';

export interface Rotation {
  /** The store beneath the sealing one: what is sealed is seen sealed. */
  readonly raw: Store;
  readonly store: Store;
  /** Waits for what the store had begun. */
  readonly settled: () => Promise<void>;
  readonly vault: Vault;
  readonly secrets: Secrets;
  readonly crypto: Crypto;
  readonly keys: DataKeys;
}

export interface Rotated {
  /** Taken up where it was left. */
  readonly resumed: boolean;
  readonly cases: number;
  readonly documents: number;
  readonly files: number;
  /** What is damaged: do it again when it was restored or removed. */
  readonly unreadable: readonly string[];
}

/**
 * Puts everything that is sealed under a new key, while the server goes on. Every piece says under which key it is, so
 * that whatever ends this, doing it again does the rest; old keys stay for reading.
 */
export function rotateKeys(parts: Rotation, now: number): Promise<Rotated> {
  return parts.keys.alone(() => rotate(parts, now));
}

async function rotate(parts: Rotation, now: number): Promise<Rotated> {
  const { keys, raw } = parts;
  const resumed = keys.rotating;
  if (!resumed) await keys.add(now);
  // Whoever had sealed something with the old key, and not written it yet, writes it first.
  await parts.settled();
  const unreadable: string[] = [];
  const done = { cases: 0, documents: 0, files: 0 };
  // Until a look finds nothing: what was being written with the old key when the new one came is found by the next.
  for (let before = -1; before !== done.cases + done.documents + done.files; ) {
    before = done.cases + done.documents + done.files;
    unreadable.length = 0;
    for await (const id of raw.listCases()) done.cases += await readable(`case ${id}`, () => resealCase(parts, id));
    for (const kind of SEALED_KINDS) {
      const ids: string[] = [];
      for await (const { id, document } of raw.listDocuments(kind)) if (holdsOld(document.data, parts)) ids.push(id);
      for (const id of ids) done.documents += await readable(`${kind} ${id}`, () => resealDocument(parts, kind, id));
    }
    done.files += await parts.vault.reseal((file) => unreadable.push(`file ${file}`));
  }
  // Whoever has read something under the old key, and not opened it yet, opens it first.
  await parts.settled();
  await parts.vault.settled();
  const damaged = [...new Set([...unreadable, ...raw.damaged()])];
  if (damaged.length === 0) await keys.finish();
  return { resumed, ...done, unreadable: damaged };

  async function readable(what: string, job: () => Promise<boolean>): Promise<number> {
    try {
      return (await job()) ? 1 : 0;
    } catch (error) {
      if (!(error instanceof StoreCorrupt) && (error as Error).name !== 'Unsealable') throw error;
      unreadable.push(what);
      return 0;
    }
  }
}

async function resealCase({ raw, store, secrets, crypto }: Rotation, id: string): Promise<boolean> {
  const document = await raw.readCase(id);
  if (!document) return false;
  const listed = (await raw.listing?.sealed(id)) ?? null;
  if (!holdsOld([document as unknown as Json, listed], { crypto })) return false;
  await store.updateCase(id, (now) => ({ ...now, secrets: secrets.reseal(now) }));
  return true;
}

async function resealDocument({ store }: Rotation, kind: string, id: string): Promise<boolean> {
  for (;;) {
    const document = await store.readDocument(kind, id);
    if (!document) return false;
    try {
      await store.writeDocument(kind, id, document.data, document.version);
      return true;
    } catch (error) {
      // Somebody wrote it meanwhile.
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** Whether a text at any depth is sealed under an old key. */
function holdsOld(value: Json, { crypto }: Pick<Rotation, 'crypto'>): boolean {
  if (typeof value === 'string') return value.length > 40 && crypto.isOld(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((item) => holdsOld(item, { crypto }));
}
