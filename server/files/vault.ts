import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { FileReference } from '../../engine/contract/routes.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { type Crypto, Unsealable } from '../crypto/crypto.ts';
import { newId } from '../ids.ts';
import { reasonOf } from '../store/file/durable-adapter.ts';
import { diskIo, type Io } from '../store/file/io.ts';
import { KeyedQueue } from '../store/queue.ts';
import { type Store, StoreUnavailable } from '../store/store.ts';
import { UnderWay } from '../store/under-way.ts';

/** What is known of an uploaded file; the bytes lie encrypted beside it. */
export interface StoredFile extends FileReference {
  readonly caseId: string;
  readonly form: string;
  readonly field: string;
  readonly at: number;
  readonly by: string;
  /** Stamped digest of the printed document that it is a scan of (`x-file.digest`). */
  readonly digest?: string;
  /** When its bytes were erased. */
  readonly erasedAt?: number;
}

export interface Vault {
  save(file: Omit<StoredFile, 'id' | 'size' | 'sha256'>, bytes: Buffer): Promise<StoredFile>;
  /** Null when there is no such file in this case. */
  find(caseId: string, id: string): Promise<StoredFile | null>;
  /** All of a case, also those that no form refers to. */
  of(caseId: string): Promise<readonly StoredFile[]>;
  /** @throws Unsealable when the bytes were changed. */
  read(file: StoredFile): Promise<Buffer>;
  /**
   * Erases the bytes of all files of a case, also of those that no form refers to; what is known of them stays. No other case
   * holds them: the same bytes, uploaded elsewhere, lie there once more. Doing it again does the rest. @throws StoreUnavailable
   */
  erase(caseId: string, at: number): Promise<void>;
  /** What was begun has ended. */
  settled(): Promise<void>;
  /** Puts what is sealed under an old key under the one that seals now. @returns how many files; what does not open is told */
  reseal(unreadable: (file: string) => void): Promise<number>;
}

/** Files of cases, encrypted at rest: bytes in `files/<case>/<id>`, what is known of them in a document. */
export function createVault(folder: string, store: Store, crypto: Crypto, io: Io = diskIo): Vault {
  const pathOf = (caseId: string, id: string): string => join(folder, 'files', caseId, id);
  const contextOf = (caseId: string, id: string): string => `${caseId}/${id}`;
  /** Of one case one after the other: what is erased must not come back by being sealed anew. */
  const queue = new KeyedQueue();
  const underWay = new UnderWay();

  async function write(path: string, bytes: Buffer): Promise<void> {
    const parent = dirname(path);
    try {
      await io.makeFolder(parent);
      await io.write(`${path}.tmp`, bytes);
      await io.syncFile(`${path}.tmp`);
      await io.rename(`${path}.tmp`, path);
      await io.syncFolder(parent);
      await io.syncFolder(dirname(parent));
      await io.syncFolder(folder);
    } catch (error) {
      // Nothing refers to it yet: the upload is refused, and a later one has another name.
      throw new StoreUnavailable(reasonOf(error), error);
    }
  }

  return {
    settled: () => underWay.settled(),
    save: (given, bytes) =>
      underWay.run(async () => {
        const id = newId();
        await write(pathOf(given.caseId, id), crypto.seal('file', bytes, contextOf(given.caseId, id)));
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const file: StoredFile = { ...given, id, size: bytes.length, sha256 };
        await store.writeDocument('file', id, file as unknown as Json, 0);
        return file;
      }),
    async find(caseId, id) {
      if (!/^[0-9a-z]{10,60}$/.test(id)) return null;
      const file = ((await store.readDocument('file', id))?.data ?? null) as StoredFile | null;
      return file?.caseId === caseId ? file : null;
    },
    async of(caseId) {
      const names = (await io.list(join(folder, 'files', caseId))).filter((name) => !name.endsWith('.tmp'));
      const known = await Promise.all(names.map((id) => store.readDocument('file', id)));
      return known.flatMap((one) => (one ? [one.data as unknown as StoredFile] : []));
    },
    read: (file) =>
      underWay.run(async () => {
        const sealed = await io.read(pathOf(file.caseId, file.id));
        if (!sealed) throw new Error(`the bytes of file ${file.id} are missing`);
        return crypto.open('file', sealed, contextOf(file.caseId, file.id));
      }),
    erase: (caseId, at) =>
      queue.run(caseId, async () => {
        const place = join(folder, 'files', caseId);
        try {
          const names = await io.list(place);
          for (const name of names) {
            const id = name.replace(/\.tmp$/, '');
            const known = await store.readDocument('file', id);
            // Marked first: what is gone is never looked for.
            if (known) await store.writeDocument('file', id, { ...(known.data as JsonObject), name: '', erasedAt: at });
            await io.unlink(join(place, name));
          }
          if (names.length > 0) await io.syncFolder(place);
        } catch (error) {
          if (error instanceof StoreUnavailable) throw error;
          throw new StoreUnavailable(reasonOf(error), error);
        }
      }),
    async reseal(unreadable) {
      await underWay.settled();
      let count = 0;
      for (const caseId of await io.list(join(folder, 'files'))) {
        for (const id of await io.list(join(folder, 'files', caseId))) {
          if (id.endsWith('.tmp')) continue;
          const done = await queue
            .run(caseId, () => resealFile(caseId, id))
            .catch((error: unknown) => {
              if (!(error instanceof Unsealable)) throw error;
              unreadable(`${caseId}/${id}`);
              return false;
            });
          if (done) count += 1;
        }
      }
      return count;
    },
  };

  async function resealFile(caseId: string, id: string): Promise<boolean> {
    const sealed = await io.read(pathOf(caseId, id));
    if (!sealed || !crypto.isOld(sealed.subarray(0, 64))) return false;
    const context = contextOf(caseId, id);
    await write(pathOf(caseId, id), crypto.seal('file', crypto.open('file', sealed, context), context));
    return true;
  }
}

/** The reference as it stands in a form. */
export function referenceOf(file: StoredFile): FileReference & { readonly digest?: string } {
  const { id, name, size, type, sha256, digest } = file;
  return { id, name, size, type, sha256, ...(digest === undefined ? {} : { digest }) };
}
