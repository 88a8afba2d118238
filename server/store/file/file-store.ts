import { dirname, join, resolve } from 'node:path';
import { Low } from 'lowdb';
import type { Json } from '../../../engine/model/json.ts';
import { KeyedQueue } from '../queue.ts';
import { type CaseDocument, Conflict, type Store, StoreDead, type StoredDocument, StoreUnavailable } from '../store.ts';
import { DurableJson, type Fatal, reasonOf } from './durable-adapter.ts';
import { diskIo, type Io } from './io.ts';
import { lockFolder, type Unlock } from './lock.ts';
import { migrate } from './migrations.ts';
import { casePath, documentPath } from './names.ts';

export interface FileStoreOptions {
  readonly folder: string;
  readonly io?: Io;
  /** Called once when the disk can no longer be trusted; production ends the process. */
  readonly onFatal: (message: string) => void;
  /** Absent for a simulated disk, which no second process can see. */
  readonly lock?: (folder: string) => Promise<Unlock>;
}

/** A lowdb document per case and per named document. @throws StoreLocked, FolderVersionError */
export async function openFileStore(given: FileStoreOptions): Promise<Store> {
  const options = { ...given, folder: resolve(given.folder) };
  const io = options.io ?? diskIo;
  await io.makeFolder(options.folder);
  await io.syncFolder(dirname(options.folder));
  const unlock = await (options.lock ?? (options.io ? async () => async () => undefined : lockFolder))(options.folder);
  try {
    const store = new FileStore(options.folder, io, options.onFatal, unlock);
    await migrate(options.folder, io, store.fatal);
    return store;
  } catch (error) {
    await unlock();
    throw error;
  }
}

type Envelope = { id: string; version: number; data: Json };

class FileStore implements Store {
  readonly #root: string;
  readonly #io: Io;
  readonly #unlock: Unlock;
  readonly #onFatal: (message: string) => void;
  readonly #queue = new KeyedQueue();
  readonly #folders = new Set<string>();
  #trouble: string | null = null;
  #dead: string | null = null;

  constructor(root: string, io: Io, onFatal: (message: string) => void, unlock: Unlock) {
    this.#root = root;
    this.#io = io;
    this.#onFatal = onFatal;
    this.#unlock = unlock;
  }

  readonly fatal: Fatal = (message) => {
    if (this.#dead !== null) return;
    this.#dead = message;
    this.#onFatal(message);
  };

  async readCase(id: string): Promise<CaseDocument | null> {
    const low = this.#open(casePath(this.#root, id));
    await low.read();
    return low.data as unknown as CaseDocument | null;
  }

  createCase(document: CaseDocument): Promise<void> {
    const path = casePath(this.#root, document.state.id);
    return this.#queue.run(path, async () => {
      const low = this.#open(path);
      await low.read();
      if (low.data !== null) throw new Conflict(`case ${document.state.id} exists`);
      await this.#write(low, path, document as unknown as Json);
    });
  }

  updateCase(id: string, change: (now: CaseDocument) => CaseDocument | null, expected?: number): Promise<CaseDocument> {
    const path = casePath(this.#root, id);
    return this.#queue.run(path, async () => {
      const low = this.#open(path);
      await low.read();
      const now = low.data as unknown as CaseDocument | null;
      if (now === null) throw new Conflict(`case ${id} does not exist`);
      if (expected !== undefined && now.state.revision !== expected) throw new Conflict(`case ${id} has moved on`);
      const next = change(now);
      if (next === null) return now;
      await this.#write(low, path, next as unknown as Json);
      return next;
    });
  }

  async *listCases(): AsyncIterable<string> {
    const folder = join(this.#root, 'cases');
    for (const shard of await this.#io.list(folder)) {
      for (const name of await this.#io.list(join(folder, shard))) {
        if (!name.endsWith('.json')) continue;
        if (!name.startsWith('~')) yield name.slice(0, -5);
        else {
          const low = this.#open(join(folder, shard, name));
          await low.read();
          yield (low.data as unknown as CaseDocument).state.id;
        }
      }
    }
  }

  async readDocument(kind: string, id: string): Promise<StoredDocument | null> {
    const stored = await this.#read(documentPath(this.#root, kind, id));
    return stored && { version: stored.version, data: stored.data };
  }

  writeDocument(kind: string, id: string, data: Json, expected?: number): Promise<StoredDocument> {
    const path = documentPath(this.#root, kind, id);
    return this.#queue.run(path, async () => {
      const low = this.#open(path);
      await low.read();
      const version = (low.data as Envelope | null)?.version ?? 0;
      if (expected !== undefined && version !== expected) throw new Conflict(`${kind} ${id} has changed`);
      const next: Envelope = { id, version: version + 1, data };
      await this.#write(low, path, next);
      return { version: next.version, data };
    });
  }

  removeDocument(kind: string, id: string, expected?: number): Promise<void> {
    const path = documentPath(this.#root, kind, id);
    return this.#queue.run(path, async () => {
      const stored = await this.#read(path);
      if (expected !== undefined && (stored?.version ?? 0) !== expected)
        throw new Conflict(`${kind} ${id} has changed`);
      if (stored === null) return;
      this.#refuseWhenDead();
      try {
        await this.#io.unlink(path);
      } catch (error) {
        this.#trouble = reasonOf(error);
        throw new StoreUnavailable(reasonOf(error), error);
      }
      try {
        await this.#io.syncFolder(dirname(path));
      } catch (error) {
        this.fatal(`the disk failed while ${path} was being removed: ${reasonOf(error)}`, error);
        throw new StoreDead(reasonOf(error), error);
      }
    });
  }

  async *listDocuments(kind: string): AsyncIterable<{ readonly id: string; readonly document: StoredDocument }> {
    const folder = join(this.#root, 'documents', kind);
    for (const name of await this.#io.list(folder)) {
      if (!name.endsWith('.json')) continue;
      const stored = await this.#read(join(folder, name));
      if (stored) yield { id: stored.id, document: { version: stored.version, data: stored.data } };
    }
  }

  trouble(): string | null {
    return this.#dead ?? this.#trouble;
  }

  async close(): Promise<void> {
    await this.#queue.idle();
    await this.#unlock();
  }

  #open(path: string): Low<Json> {
    return new Low<Json>(new DurableJson(this.#io, path, this.fatal), null);
  }

  async #read(path: string): Promise<Envelope | null> {
    const low = this.#open(path);
    await low.read();
    return low.data as Envelope | null;
  }

  /** lowdb changes its memory before it writes; each document is read anew, so a failed write leaves nothing behind. */
  async #write(low: Low<Json>, path: string, next: Json): Promise<void> {
    this.#refuseWhenDead();
    try {
      await this.#ensureFolder(dirname(path));
      low.data = next;
      await low.write();
      this.#trouble = null;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#trouble = error.message;
      throw error;
    }
  }

  /**
   * A folder's name is durable only when the folder above it was synced. A process that died between the two leaves a
   * folder that exists and may yet vanish, so each process syncs the way down once for every folder that it writes to.
   */
  async #ensureFolder(folder: string): Promise<void> {
    if (this.#folders.has(folder)) return;
    try {
      await this.#io.makeFolder(folder);
    } catch (error) {
      throw new StoreUnavailable(reasonOf(error), error);
    }
    try {
      for (let above = folder; above !== this.#root; ) {
        above = dirname(above);
        await this.#io.syncFolder(above);
      }
    } catch (error) {
      this.fatal(`the disk failed while the folder ${folder} was being made: ${reasonOf(error)}`, error);
      throw new StoreDead(reasonOf(error), error);
    }
    this.#folders.add(folder);
  }

  #refuseWhenDead(): void {
    if (this.#dead !== null) throw new StoreDead(this.#dead);
  }
}
