import { setImmediate as immediate } from 'node:timers/promises';
import type { Json } from '../../../engine/model/json.ts';
import { newId } from '../../ids.ts';
import type { Kept, Listing } from '../listing.ts';
import { KeyedQueue } from '../queue.ts';
import {
  type CaseDocument,
  type Change,
  Conflict,
  INDEX_KIND,
  INDEX_MARK,
  type Store,
  type StoredDocument,
} from '../store.ts';
import { UnderWay } from '../under-way.ts';
import type { Database } from './database.ts';
import { postgresListing } from './lists/listing.ts';
import type { Node } from './node.ts';
import { bodyOf, keptOf, keysOf, withoutBeside } from './parts.ts';
import { RecentCases, type Versioned } from './recent-cases.ts';
import {
  BRING_DOCUMENT,
  CREATE_DOCUMENT,
  LIST_CASES,
  LIST_DOCUMENTS,
  LIST_KINDS,
  OWN_CASE,
  OWN_DOCUMENT,
  PUT_DOCUMENT,
  READ_CASE,
  READ_DOCUMENT,
  READ_NEWER_CASE,
  REMOVE_DOCUMENT,
  UPDATE_DOCUMENT,
} from './statements.ts';
import { tidy } from './tidy.ts';
import { createCase, updateCase } from './writing.ts';

/** Documents that are read at once while a kind is listed. */
const PAGE = 500;

/**
 * A row per case and per named document, a row per journal entry. Every write is one statement: one round trip, one
 * transaction. It carries the epoch of this node and, for a case, the version that it was made from.
 */
export class PostgresStore implements Store {
  readonly listing: Listing;
  readonly #database: Database;
  readonly #node: Node;
  /** Told of every write: others may have to know of it. */
  readonly #nodes: { changed(): void; stop(): void } | null;
  readonly #isShared: boolean;
  readonly #queue = new KeyedQueue();
  readonly #writing = new UnderWay();
  readonly #endTidying: () => Promise<void>;
  readonly #recent = new RecentCases();
  /** Resolves when writes go on. */
  #paused: Promise<void> | null = null;
  #spoiled: Promise<void> | null = null;

  /** @param nodes the others, where there may be some: what is remembered may be older than what they wrote */
  constructor(database: Database, node: Node, nodes: { changed(): void; stop(): void } | null = null) {
    this.#database = database;
    this.listing = postgresListing(database);
    this.#node = node;
    this.#endTidying = tidy(database, node.epoch);
    this.#isShared = nodes !== null;
    this.#nodes = nodes;
  }

  async readCase(id: string): Promise<CaseDocument | null> {
    return (await this.#newest(id, this.#recent.read(id)))?.document ?? null;
  }

  async lookCase(id: string, atLeast = Number.POSITIVE_INFINITY): Promise<CaseDocument | null> {
    const known = this.#recent.look(id);
    if (known !== null && known.document.state.revision >= atLeast) return known.document;
    return (await this.#look(id))?.document ?? null;
  }

  createCase(document: CaseDocument): Promise<void> {
    const { id } = document.state;
    return this.#queue.run(`case ${id}`, async () => {
      await this.#spoilIndex();
      const writing = newId();
      const body = bodyOf(document);
      const { sql, values } = createCase({ epoch: this.#node.epoch, writing, document, body, before: [] });
      const { rows, again } = await this.#write<{ count: number }>(`case ${id}`, sql, values);
      const isMade = rows[0]?.count === 1 || (again && (await this.#isOwnCase(id, writing)));
      if (!isMade) throw new Conflict(`case ${id} exists`);
      const kept = keptOf(document, { course: null });
      const first = { version: 1, document: withoutBeside(document), kept, ...keysOf(document) };
      this.#recent.set(id, this.#recent.entry(first, body, null));
    });
  }

  updateCase(id: string, change: Change, expected?: number): Promise<CaseDocument> {
    return this.#queue.run(`case ${id}`, async () => {
      for (;;) {
        // What is remembered is good enough to begin with: the write says whether it was the newest.
        const remembered = this.#recent.look(id);
        const newest = remembered ?? (await this.#look(id));
        if (newest === null) throw new Conflict(`case ${id} does not exist`);
        const { document: now, version, kept, keys } = newest;
        const isOther = expected !== undefined && now.state.revision !== expected;
        const next = isOther ? null : change(now, kept);
        if (next === null && remembered !== null && this.#isShared) {
          // Nothing to do, or too late, is true of the newest only.
          const stored = await this.#newest(id, remembered);
          if (stored?.version !== version) {
            // Also when it is older (a stand-by took over that lacks the last writes): asked again as newer, it would be for ever.
            this.#recent.drop(id);
            continue;
          }
        }
        if (isOther) throw new Conflict(`case ${id} has moved on`);
        if (next === null) return now;
        await this.#spoilIndex();
        const writing = newId();
        const body = bodyOf(next);
        const given = { epoch: this.#node.epoch, writing, document: next, body, before: now.journal, keys };
        const { sql, values } = updateCase(given, version);
        this.#recent.drop(id);
        const written = this.#write<{ count: number }>(`case ${id}`, sql, values);
        const after = {
          ...{ version: version + 1, document: withoutBeside(next), kept: keptOf(next, kept) },
          ...keysOf(next, keys),
        };
        const [{ rows, again }, entry] = await Promise.all([
          written,
          // While the database works.
          immediate().then(() => this.#recent.entry(after, body, newest)),
        ]);
        if (rows[0]?.count === 1 || (again && (await this.#isOwnCase(id, writing)))) {
          // Only what the database has: nobody is shown what may yet be lost.
          this.#recent.set(id, entry);
          return next;
        }
        // Another node was faster, or somebody changed the row by hand: the newest document decides.
      }
    });
  }

  async *listCases(): AsyncIterable<string> {
    for (const { id } of await this.#database.read<{ id: string }>('cases', LIST_CASES, [])) yield id;
  }

  async readDocument(kind: string, id: string): Promise<StoredDocument | null> {
    const [row] = await this.#database.ask<StoredRow>(`${kind} ${id}`, READ_DOCUMENT, [kind, id]);
    return row ? { version: Number(row.version), data: row.data } : null;
  }

  writeDocument(kind: string, id: string, data: Json, expected?: number): Promise<StoredDocument> {
    const where = `${kind} ${id}`;
    return this.#queue.run(where, async () => {
      const writing = newId();
      const given = [this.#node.epoch, kind, id, writing, JSON.stringify(data)];
      const { rows, again } =
        expected === undefined
          ? await this.#write<VersionRow>(where, PUT_DOCUMENT, given)
          : expected === 0
            ? await this.#write<VersionRow>(where, CREATE_DOCUMENT, given)
            : await this.#write<VersionRow>(where, UPDATE_DOCUMENT, [...given, expected]);
      const [row] =
        rows[0] || !again ? rows : await this.#database.certain<VersionRow>(where, OWN_DOCUMENT, [kind, id, writing]);
      if (!row) throw new Conflict(`${where} has changed`);
      return { version: Number(row.version), data };
    });
  }

  removeDocument(kind: string, id: string, expected?: number): Promise<void> {
    const where = `${kind} ${id}`;
    return this.#queue.run(where, async () => {
      const values = [this.#node.epoch, kind, id, expected ?? null];
      const { rows, again } = await this.#write<{ count: number }>(where, REMOVE_DOCUMENT, values);
      if (expected === undefined || rows[0]?.count === 1) return;
      const [left] = await this.#database.certain<VersionRow>(where, READ_DOCUMENT, [kind, id]);
      const version = Number(left?.version ?? 0);
      // Gone by a try whose answer was lost.
      if (version !== expected && !(again && version === 0)) throw new Conflict(`${where} has changed`);
    });
  }

  async *listDocuments(kind: string): AsyncIterable<{ readonly id: string; readonly document: StoredDocument }> {
    for (let after = ''; ; ) {
      const rows = await this.#database.read<StoredRow & { id: string }>(kind, LIST_DOCUMENTS, [kind, after, PAGE]);
      for (const { id, version, data } of rows) yield { id, document: { version: Number(version), data } };
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = last.id;
    }
  }

  /** Puts a document in under the version that it has elsewhere. */
  async putDocument(kind: string, id: string, { version, data }: StoredDocument): Promise<void> {
    const where = `${kind} ${id}`;
    const values = [this.#node.epoch, kind, id, newId(), JSON.stringify(data), version];
    await this.#queue.run(where, () => this.#write(where, BRING_DOCUMENT, values));
  }

  /** The kinds of which there are documents; what is moved elsewhere is all of them. */
  async kinds(): Promise<readonly string[]> {
    return (await this.#database.read<{ kind: string }>('documents', LIST_KINDS, [])).map(({ kind }) => kind);
  }

  damaged(): readonly string[] {
    return this.#database.damaged();
  }

  trouble(): string | null {
    // A node that nobody asks anything tries nothing either: its sign of life is what it knows.
    return this.#database.trouble() ?? this.#node.silence();
  }

  async pause<T>(job: () => Promise<T>): Promise<T> {
    while (this.#paused !== null) await this.#paused;
    let goOn: () => void = () => undefined;
    this.#paused = new Promise((resolve) => {
      goOn = resolve;
    });
    try {
      await this.#writing.settled();
      return await job();
    } finally {
      this.#paused = null;
      goOn();
    }
  }

  async close(): Promise<void> {
    await this.#queue.idle();
    await this.#endTidying();
    this.#nodes?.stop();
    await this.#node.leave();
    await this.#database.close();
  }

  async #look(id: string): Promise<Versioned | null> {
    const newest = await this.#newest(id, this.#recent.look(id));
    // Where its version is asked about whenever it is used. It may have been written here meanwhile.
    if (newest && this.#isShared && this.#recent.look(id) === null) this.#recent.found(id, newest);
    return newest;
  }

  /** @param known what is remembered of it */
  async #newest(id: string, known: Versioned | null): Promise<Versioned | null> {
    if (known !== null && !this.#isShared) return known;
    const where = `case ${id}`;
    const [row] =
      known === null
        ? await this.#database.ask<CaseRow>(where, READ_CASE, [id])
        : await this.#database.ask<CaseRow>(where, READ_NEWER_CASE, [id, known.version]);
    if (!row) {
      this.#recent.drop(id);
      return null;
    }
    const { version, body, journal, course } = row;
    if (known !== null && Number(version) === known.version) return known;
    if (body === null) throw new Error(`case ${id} was read without its body`);
    const newest = { version: Number(version), document: { ...body, journal: journal ?? [] }, kept: { course } };
    if (known !== null && newest.version > known.version) this.#recent.forget(id, known.version);
    return newest;
  }

  async #isOwnCase(id: string, writing: string): Promise<boolean> {
    return (await this.#database.certain(`case ${id}`, OWN_CASE, [id, writing])).length > 0;
  }

  /** Before the first case is written; the writes of other cases wait for it. Tried again when it failed. */
  #spoilIndex(): Promise<void> {
    this.#spoiled ??= this.removeDocument(INDEX_KIND, INDEX_MARK).catch((error: unknown) => {
      this.#spoiled = null;
      throw error;
    });
    return this.#spoiled;
  }

  async #write<R extends Record<string, unknown>>(where: string, sql: string, values: readonly unknown[]) {
    while (this.#paused !== null) await this.#paused;
    const written = await this.#writing.run(() => this.#database.write<R>(where, sql, values));
    this.#nodes?.changed();
    return written;
  }
}

interface CaseRow {
  readonly version: string;
  /** Null where the version is known. */
  readonly body: Omit<CaseDocument, 'journal'> | null;
  readonly journal: CaseDocument['journal'] | null;
  readonly course: Kept['course'];
  readonly [column: string]: unknown;
}
interface VersionRow {
  readonly version: string;
  readonly [column: string]: unknown;
}
interface StoredRow extends VersionRow {
  readonly data: Json;
}
