import type { FileReference } from '../../engine/contract/routes.ts';
import type { Json } from '../../engine/model/json.ts';
import { type Crypto, Unsealable } from '../crypto/crypto.ts';
import { newId } from '../ids.ts';
import { KeyedQueue } from '../store/queue.ts';
import { Conflict, type Store, StoreCorrupt } from '../store/store.ts';
import { UnderWay } from '../store/under-way.ts';
import { hashOf, idOf, nameOf, type Piece, type SealedFiles, sha256Of } from './sealed-files.ts';

/** What is known of an uploaded file; its bytes lie sealed where files are kept. */
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
  /** SHA-256 of its sealed bytes, by which the piece is named; absent for those of older halls. */
  readonly sealed?: string;
}

export interface Vault {
  save(file: Omit<StoredFile, 'id' | 'size' | 'sha256' | 'sealed'>, bytes: Buffer): Promise<StoredFile>;
  /** Null when there is no such file in this case. */
  find(caseId: string, id: string): Promise<StoredFile | null>;
  /** All of a case, also those that no form refers to. */
  of(caseId: string): Promise<readonly StoredFile[]>;
  /** @throws Unsealable, StoreCorrupt when the bytes were changed, FilesUnavailable */
  read(file: StoredFile): Promise<Buffer>;
  /**
   * Erases the bytes of all files of a case, also of those that no form refers to; what is known of them stays. No other case
   * holds them: the same bytes, uploaded elsewhere, lie there once more. Doing it again does the rest. @throws StoreUnavailable
   */
  erase(caseId: string, at: number): Promise<void>;
  /** Why files can neither be kept nor read; null when they can. */
  trouble(): Promise<string | null>;
  /** What was begun has ended. */
  settled(): Promise<void>;
  /** Puts what is sealed under an old key under the one that seals now. @returns how many files; what does not open is told */
  reseal(unreadable: (file: string) => void): Promise<number>;
}

const pieceOf = ({ caseId, id, sealed }: Pick<StoredFile, 'caseId' | 'id' | 'sealed'>): Piece => ({
  caseId,
  name: sealed === undefined ? id : `${id}.${sealed}`,
});

/** Files of cases, encrypted at rest: bytes where `files` keeps them, what is known of them in a document. */
export function createVault(files: SealedFiles, store: Store, crypto: Crypto): Vault {
  const contextOf = (caseId: string, id: string): string => `${caseId}/${id}`;
  /** Of one case one after the other: what is erased must not come back by being sealed anew. */
  const queue = new KeyedQueue();
  const underWay = new UnderWay();
  const knownOf = async (id: string): Promise<StoredFile | null> =>
    ((await store.readDocument('file', id))?.data ?? null) as StoredFile | null;

  return {
    settled: () => underWay.settled(),
    trouble: () => files.trouble(),
    save: (given, bytes) =>
      underWay.run(async () => {
        const id = newId();
        const { caseId } = given;
        const sealed = crypto.seal('file', bytes, contextOf(caseId, id));
        const name = nameOf(id, sealed);
        // Nothing refers to it before its document: an upload that ends here is refused, a later one has another name.
        await files.put({ caseId, name }, sealed);
        const of = { id, size: bytes.length, sha256: sha256Of(bytes), sealed: hashOf(name) ?? '' };
        const file: StoredFile = { ...given, ...of };
        await store.writeDocument('file', id, file as unknown as Json, 0);
        return file;
      }),
    async find(caseId, id) {
      if (!/^[0-9a-z]{10,60}$/.test(id)) return null;
      const file = await knownOf(id);
      return file?.caseId === caseId ? file : null;
    },
    async of(caseId) {
      const ids = new Set((await files.of(caseId)).map(idOf));
      const known = await Promise.all([...ids].map(knownOf));
      return known.filter((one) => one !== null);
    },
    read: (file) =>
      underWay.run(async () => {
        // Sealed anew since it was found, it has another name.
        const now = async () => ((await knownOf(file.id)) ?? file) as StoredFile;
        const sealed = (await files.get(pieceOf(file))) ?? (await files.get(pieceOf(await now())));
        if (!sealed) throw new StoreCorrupt(`files/${file.caseId}/${file.id}`);
        return crypto.open('file', sealed, contextOf(file.caseId, file.id));
      }),
    erase: (caseId, at) =>
      queue.run(caseId, async () => {
        for (const id of new Set((await files.of(caseId)).map(idOf))) {
          const known = await knownOf(id);
          // Marked first: what is gone is never looked for.
          if (known) await store.writeDocument('file', id, { ...known, name: '', erasedAt: at } as unknown as Json);
        }
        await files.clear(caseId);
      }),
    async reseal(unreadable) {
      await underWay.settled();
      let count = 0;
      for await (const piece of files.all()) {
        const done = await queue
          .run(piece.caseId, () => resealPiece(piece))
          .catch((error: unknown) => {
            if (!(error instanceof Unsealable) && !(error instanceof StoreCorrupt)) throw error;
            unreadable(`${piece.caseId}/${idOf(piece.name)}`);
            return false;
          });
        if (done) count += 1;
      }
      return count;
    },
  };

  /** The new piece lies beside the old one until the file is known by it: whenever this ends, one of them is there. */
  async function resealPiece(piece: Piece): Promise<boolean> {
    const { caseId, name } = piece;
    const id = idOf(name);
    const sealed = await files.get(piece);
    if (!sealed || !crypto.isOld(sealed.subarray(0, 64))) return false;
    const known = await store.readDocument('file', id);
    const file = (known?.data ?? null) as StoredFile | null;
    // Erased, or an upload that broke off: nobody reads it any more.
    if (known === null || file === null || file.erasedAt !== undefined) return false;
    if (pieceOf(file).name === name) {
      const context = contextOf(caseId, id);
      const anew = crypto.seal('file', crypto.open('file', sealed, context), context);
      const next = { ...file, sealed: sha256Of(anew) };
      await files.put(pieceOf(next), anew);
      try {
        await store.writeDocument('file', id, next as unknown as Json, known.version);
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        // Erased or sealed anew by somebody else meanwhile.
        await files.remove(pieceOf(next));
        return false;
      }
    }
    await files.remove(piece);
    return true;
  }
}

/** The reference as it stands in a form. */
export function referenceOf(file: StoredFile): FileReference & { readonly digest?: string } {
  const { id, name, size, type, sha256, digest } = file;
  return { id, name, size, type, sha256, ...(digest === undefined ? {} : { digest }) };
}
