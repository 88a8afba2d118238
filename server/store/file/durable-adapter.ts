import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import type { Json } from '../../../engine/model/json.ts';
import { StoreDead, StoreUnavailable } from '../store.ts';
import type { Io } from './io.ts';
import { decode, encode } from './sealed-json.ts';

/** What happens when the disk can no longer be trusted: main ends the process with the message. */
export type Fatal = (message: string, cause: unknown) => void;

/**
 * lowdb adapter that is durable: write a temporary file, fsync it, rename it, fsync the folder. lowdb's stock adapter
 * does only write and rename, and a power cut empties it.
 *
 * A failure before the fsync refuses the write and nothing has changed. After a failed fsync the kernel may have
 * dropped the pages and reported it only once, and after a failed rename or folder fsync nobody knows which version
 * the disk holds: then the process must end, never answer and never try again. A rename that is refused because the
 * file system has become read-only is known not to have happened: rename(2) is refused with EROFS before it begins.
 */
export class DurableJson implements Adapter<Json> {
  readonly #io: Io;
  readonly #path: string;
  readonly #fatal: Fatal;
  /** What is on the disk, as JSON: after a read or a write that was good. */
  text: string | null = null;

  constructor(io: Io, path: string, fatal: Fatal) {
    this.#io = io;
    this.#path = path;
    this.#fatal = fatal;
  }

  /** @throws StoreCorrupt */
  async read(): Promise<Json> {
    const bytes = await this.#io.read(this.#path);
    this.text = bytes === null ? null : decode(bytes, this.#path);
    return this.text === null ? null : (JSON.parse(this.text) as Json);
  }

  /** @throws StoreUnavailable (nothing changed), StoreDead (unknown what is on the disk). */
  async write(data: Json): Promise<void> {
    const temporary = `${this.#path}.tmp`;
    const text = JSON.stringify(data);
    this.text = null;
    try {
      await this.#io.write(temporary, encode(text));
    } catch (error) {
      await this.#io.unlink(temporary).catch(() => undefined);
      throw new StoreUnavailable(reasonOf(error), error);
    }
    try {
      await this.#io.syncFile(temporary);
      await this.#rename(temporary);
      await this.#io.syncFolder(dirname(this.#path));
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      this.#fatal(`the disk failed while ${this.#path} was being made durable: ${reasonOf(error)}`, error);
      throw new StoreDead(reasonOf(error), error);
    }
    this.text = text;
  }

  async #rename(temporary: string): Promise<void> {
    try {
      await this.#io.rename(temporary, this.#path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EROFS') throw new StoreUnavailable(reasonOf(error), error);
      throw error;
    }
  }
}

export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message ?? String(error);
}
