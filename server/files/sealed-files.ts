import { createHash } from 'node:crypto';
import { StoreCorrupt, StoreUnavailable } from '../store/store.ts';

/**
 * Where the bytes of uploaded files lie. They are sealed before they come here and opened after they left: whoever keeps
 * them reads nothing. Contract suite: tests/contract/sealed-files.contract.ts.
 *
 * A piece is named by what it holds (`<id>.<SHA-256 of the sealed bytes>`), so it never changes: to put it once more is to
 * do nothing, an answer that is lost is asked for again, and whoever reads knows without any key whether it is damaged.
 */
export interface SealedFiles {
  /** In words, without any secret: `/srv/data`, `postgres://host/base`, `https://host/bucket/prefix`. */
  readonly title: string;
  /** Durable when it returns. Given again, it is the same. @throws FilesUnavailable */
  put(piece: Piece, bytes: Uint8Array): Promise<void>;
  /** Null when there is none. @throws StoreCorrupt when it is not what its name says, FilesUnavailable */
  get(piece: Piece): Promise<Buffer | null>;
  /** Names of what a case has, whole pieces only. */
  of(caseId: string): Promise<readonly string[]>;
  /** All of all cases, in no order that means anything. */
  all(): AsyncIterable<Piece>;
  /** Gone for good when it returns; nothing happens when it is gone already. */
  remove(piece: Piece): Promise<void>;
  /** Everything of a case, also what a broken write left behind. */
  clear(caseId: string): Promise<void>;
  /** Null when files can be kept and read, otherwise why not, in the words of whoever keeps them. Quick. */
  trouble(): Promise<string | null>;
}

export interface Piece {
  readonly caseId: string;
  /** Of `nameOf`; those of older halls are a bare id, which says nothing of what is in them. */
  readonly name: string;
}

/** Who keeps the files does not answer, or refuses: nothing has changed, and later it may. */
export class FilesUnavailable extends StoreUnavailable {
  constructor(reason: string, cause?: unknown) {
    super(reason, cause);
    this.message = `files cannot be kept or read: ${reason}`;
    this.name = 'FilesUnavailable';
  }
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const nameOf = (id: string, sealed: Uint8Array): string => `${id}.${sha256Of(sealed)}`;

/** The file that a piece is of. */
export const idOf = (name: string): string => name.split('.', 1)[0] ?? '';

/** What its bytes hash to; null where the name does not say. */
export const hashOf = (name: string): string | null => /\.([0-9a-f]{64})$/.exec(name)?.[1] ?? null;

/** @throws StoreCorrupt when the bytes are not those that the piece is named by */
export function checked(piece: Piece, bytes: Buffer): Buffer {
  const expected = hashOf(piece.name);
  if (expected !== null && expected !== sha256Of(bytes)) throw new StoreCorrupt(pathOf(piece));
  return bytes;
}

const PLAIN = /^[0-9A-Za-z][0-9A-Za-z._-]{0,199}$/;

/** Ids become paths and addresses. @throws Error for one that would be another place */
export function requirePlain(...names: readonly string[]): void {
  for (const name of names)
    if (!PLAIN.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a case or a file`);
}

export function pathOf({ caseId, name }: Piece): string {
  requirePlain(caseId, name);
  return `files/${caseId}/${name}`;
}
