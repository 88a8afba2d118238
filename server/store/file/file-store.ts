import { dirname, join, relative, resolve } from 'node:path';
import { Low } from 'lowdb';
import type { Json } from '../../../engine/model/json.ts';
import { fixed } from '../fixed.ts';
import { KeyedQueue } from '../queue.ts';
import { MOST_REMEMBERED, Recent } from '../recent.ts';
import {
  type CaseDocument,
  Conflict,
  INDEX_KIND,
  INDEX_MARK,
  type Store,
  StoreCorrupt,
  StoreDead,
  type StoredDocument,
  StoreUnavailable,
} from '../store.ts';
import { DurableJson, type Fatal, reasonOf } from './durable-adapter.ts';
import { diskIo, type Io } from './io.ts';
import { lockFolder, type Unlock } from './lock.ts';
import { migrate } from './migrations.ts';
import { casePath, documentPath } from './names.ts';

/** A longer document is not remembered. */
const LONGEST_REMEMBERED = 128 * 1024;

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
    await store.settle();
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
  /** Writes under way, by path. */
  readonly #writing = new Map<string, Promise<unknown>>();
  /** Resolves when writes go on. */
  #paused: Promise<void> | null = null;
  /** Cases as they are on the disk, frozen: every reader gets the same one. */
  readonly #cases = new Recent<Json>(MOST_REMEMBERED);
  /** Other documents as JSON, null where there is none; a new object for each reader. */
  readonly #documents = new Recent<string | null>(MOST_REMEMBERED);
  /** Paths within the folder. */
  readonly #damaged = new Set<string>();
  #spoiled: Promise<void> | null = null;
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

  /**
   * What a process that died had renamed and not made durable is found by this one. It must not act on it and lose it
   * with the power afterwards: every folder is synced once before anything is read.
   */
  async settle(): Promise<void> {
    const folders = [this.#root];
    for (const room of ['cases', 'documents']) {
      const names = await this.#io.list(join(this.#root, room));
      folders.push(join(this.#root, room), ...names.map((name) => join(this.#root, room, name)));
    }
    const sync = async (folder: string): Promise<string | null> => {
      try {
        await this.#io.syncFolder(folder);
        return folder;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        return null;
      }
    };
    // Their names are durable with it: nobody needs to make them again.
    for (const folder of await Promise.all(folders.map(sync))) if (folder !== null) this.#folders.add(folder);
  }

  async readCase(id: string): Promise<CaseDocument | null> {
    const path = casePath(this.#root, id);
    const known = this.#cases.get(path);
    const document = known === undefined ? (await this.#read(path)).data : structuredClone(known);
    return document as unknown as CaseDocument | null;
  }

  async lookCase(id: string): Promise<CaseDocument | null> {
    const path = casePath(this.#root, id);
    const known = this.#cases.get(path);
    if (known !== undefined) return known as unknown as CaseDocument;
    const slot = this.#cases.begin(path);
    const low = await this.#read(path);
    const { text } = adapterOf(low);
    if (text !== null && fixed(low.data)) this.#cases.fill(slot, low.data, text.length);
    return low.data as unknown as CaseDocument | null;
  }

  createCase(document: CaseDocument): Promise<void> {
    const path = casePath(this.#root, document.state.id);
    return this.#queue.run(path, async () => {
      const low = this.#open(path);
      await this.#load(low, path);
      if (low.data !== null) throw new Conflict(`case ${document.state.id} exists`);
      await this.#spoilIndex();
      await this.#writeCase(low, path, document, null);
    });
  }

  updateCase(id: string, change: (now: CaseDocument) => CaseDocument | null, expected?: number): Promise<CaseDocument> {
    const path = casePath(this.#root, id);
    return this.#queue.run(path, async () => {
      const low = this.#open(path);
      const known = this.#cases.get(path);
      if (known === undefined) await this.#load(low, path);
      else low.data = known;
      const now = low.data as unknown as CaseDocument | null;
      if (now === null) throw new Conflict(`case ${id} does not exist`);
      if (expected !== undefined && now.state.revision !== expected) throw new Conflict(`case ${id} has moved on`);
      const next = change(now);
      if (next === null) return now;
      await this.#spoilIndex();
      await this.#writeCase(low, path, next, known ?? null);
      return next;
    });
  }

  async *listCases(): AsyncIterable<string> {
    const folder = join(this.#root, 'cases');
    const found: { readonly path: string; readonly name: string; readonly at: number }[] = [];
    for (const shard of await this.#io.list(folder)) {
      for (const name of await this.#io.list(join(folder, shard))) {
        if (!name.endsWith('.json')) continue;
        const path = join(folder, shard, name);
        found.push({ path, name, at: this.#io.changedAt?.(path) ?? 0 });
      }
    }
    found.sort((a, b) => b.at - a.at);
    for (const { path, name } of found) {
      if (!name.startsWith('~')) yield name.slice(0, -5);
      else {
        const document = (await this.#read(path)).data as CaseDocument | null;
        if (document) yield document.state.id;
      }
    }
  }

  async readDocument(kind: string, id: string): Promise<StoredDocument | null> {
    const stored = await this.#envelope(documentPath(this.#root, kind, id));
    return stored && { version: stored.version, data: stored.data };
  }

  writeDocument(kind: string, id: string, data: Json, expected?: number): Promise<StoredDocument> {
    const path = documentPath(this.#root, kind, id);
    return this.#queue.run(path, async () => {
      const low = this.#open(path);
      await this.#loadKnown(low, path);
      const version = (low.data as Envelope | null)?.version ?? 0;
      if (expected !== undefined && version !== expected) throw new Conflict(`${kind} ${id} has changed`);
      const next: Envelope = { id, version: version + 1, data };
      this.#documents.drop(path);
      await this.#write(low, path, next);
      const { text } = adapterOf(low);
      if (text !== null && text.length <= LONGEST_REMEMBERED) this.#documents.set(path, text, text.length);
      return { version: next.version, data };
    });
  }

  removeDocument(kind: string, id: string, expected?: number): Promise<void> {
    const path = documentPath(this.#root, kind, id);
    return this.#queue.run(path, async () => {
      const low = this.#open(path);
      await this.#loadKnown(low, path);
      const stored = low.data as Envelope | null;
      if (expected !== undefined && (stored?.version ?? 0) !== expected)
        throw new Conflict(`${kind} ${id} has changed`);
      if (stored === null) return;
      this.#refuseWhenDead();
      this.#documents.drop(path);
      await this.#underWay(path, () => this.#unlink(path));
    });
  }

  async #unlink(path: string): Promise<void> {
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
  }

  async *listDocuments(kind: string): AsyncIterable<{ readonly id: string; readonly document: StoredDocument }> {
    const folder = join(this.#root, 'documents', kind);
    for (const name of await this.#io.list(folder)) {
      if (!name.endsWith('.json')) continue;
      const path = join(folder, name);
      const stored = (
        await this.#read(path).catch((error: unknown) => {
          // One damaged document must not keep the others from being found: it is told by `damaged`.
          if (error instanceof StoreCorrupt) return null;
          throw error;
        })
      )?.data as Envelope | null | undefined;
      if (stored) yield { id: stored.id, document: { version: stored.version, data: stored.data } };
    }
  }

  damaged(): readonly string[] {
    return [...this.#damaged];
  }

  trouble(): string | null {
    return this.#dead ?? this.#trouble;
  }

  async pause<T>(job: () => Promise<T>): Promise<T> {
    while (this.#paused !== null) await this.#paused;
    let goOn: () => void = () => undefined;
    this.#paused = new Promise((resolve) => {
      goOn = resolve;
    });
    try {
      await Promise.allSettled([...this.#writing.values()]);
      return await job();
    } finally {
      this.#paused = null;
      goOn();
    }
  }

  async close(): Promise<void> {
    await this.#queue.idle();
    await this.#unlock();
  }

  #open(path: string): Low<Json> {
    return new Low<Json>(new DurableJson(this.#io, path, this.fatal), null);
  }

  async #load(low: Low<Json>, path: string): Promise<void> {
    try {
      await low.read();
    } catch (error) {
      if (error instanceof StoreCorrupt) this.#damaged.add(relative(this.#root, path));
      throw error;
    }
  }

  /** For writers of documents, in their turn: what is remembered is what is on the disk. */
  async #loadKnown(low: Low<Json>, path: string): Promise<void> {
    const known = this.#documents.get(path);
    if (known === undefined) await this.#load(low, path);
    else low.data = known === null ? null : (JSON.parse(known) as Json);
  }

  /**
   * For readers, who wait for no queue. A document that was renamed and whose folder is not synced yet can be seen and
   * may yet be lost: nobody is shown a step that a power cut could take back, so that they wait for its write.
   */
  async #read(path: string): Promise<Low<Json>> {
    const low = this.#open(path);
    await this.#load(low, path);
    const writing = this.#writing.get(path);
    if (writing !== undefined) {
      await writing.catch(() => undefined);
      this.#refuseWhenDead();
    }
    return low;
  }

  async #envelope(path: string): Promise<Envelope | null> {
    const known = this.#documents.get(path);
    if (known !== undefined) return known === null ? null : (JSON.parse(known) as Envelope);
    const slot = this.#documents.begin(path);
    const low = await this.#read(path);
    const { text } = adapterOf(low);
    if ((text?.length ?? 0) <= LONGEST_REMEMBERED) this.#documents.fill(slot, text, text?.length ?? 0);
    return low.data as Envelope | null;
  }

  /** Before the first case is written; the writes of other cases wait for it. Tried again when it failed. */
  #spoilIndex(): Promise<void> {
    this.#spoiled ??= this.removeDocument(INDEX_KIND, INDEX_MARK).catch((error: unknown) => {
      this.#spoiled = null;
      throw error;
    });
    return this.#spoiled;
  }

  /** @param before what it was made of, if that is frozen */
  async #writeCase(low: Low<Json>, path: string, next: CaseDocument, before: Json): Promise<void> {
    const data = next as unknown as Json;
    this.#cases.drop(path);
    await this.#write(low, path, data);
    const { text } = adapterOf(low);
    if (text !== null && fixed(data, before)) this.#cases.set(path, data, text.length);
  }

  /** lowdb changes its memory before it writes; `low` is thrown away after it, so a failed write leaves nothing behind. */
  async #write(low: Low<Json>, path: string, next: Json): Promise<void> {
    this.#refuseWhenDead();
    try {
      await this.#ensureFolder(dirname(path));
      low.data = next;
      await this.#underWay(path, () => low.write());
      this.#trouble = null;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#trouble = error.message;
      throw error;
    }
  }

  /** The queue lets only one write of a path be under way. */
  async #underWay(path: string, write: () => Promise<void>): Promise<void> {
    while (this.#paused !== null) await this.#paused;
    const writing = write();
    this.#writing.set(path, writing);
    try {
      await writing;
    } finally {
      this.#writing.delete(path);
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

function adapterOf(low: Low<Json>): DurableJson {
  return low.adapter as DurableJson;
}
