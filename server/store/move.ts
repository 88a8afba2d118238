import { createHash } from 'node:crypto';
import type { Json } from '../../engine/model/json.ts';
import { canonical } from '../../engine/read/canonical.ts';
import { MOVE_KIND, MovedAway, type MoveState, moveStateOf, noteMove } from './moving.ts';
import { type CaseDocument, INDEX_KIND, type Store, type StoredDocument } from './store.ts';

/** A store with all that is in it, and a way to put things in as they are: sealed, under their versions. */
export interface Movable {
  /** In words, for whoever reads what became of it. */
  readonly title: string;
  readonly store: Store;
  kinds(): Promise<readonly string[]>;
  putCase(document: CaseDocument): Promise<void>;
  putDocument(kind: string, id: string, document: StoredDocument): Promise<void>;
  /** `<case>/<name>` of all uploaded files that lie with the cases. */
  files(): Promise<readonly string[]>;
  readFile(path: string): Promise<Buffer | null>;
  putFile(path: string, bytes: Buffer): Promise<void>;
  dropFile(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface Moved {
  readonly cases: number;
  readonly documents: number;
  readonly files: number;
  /** What was there already, of an earlier try. */
  readonly kept: number;
  /** One hash over everything, the same on both sides. */
  readonly hash: string;
}

/** Derived, or of the store itself. */
const LEFT: ReadonlySet<string> = new Set([INDEX_KIND, MOVE_KIND, 'probe']);
const AT_ONCE = 16;

/**
 * Copies everything, compares both sides by hash, and only then gives the new one free and marks the old one. Broken off, it
 * is called again: what is there and the same is left. Nothing is opened: keys stay as they are.
 * @throws MovedAway when the target holds something else, or is not the same afterwards
 */
export async function move(from: Movable, to: Movable, tell: (line: string) => void): Promise<Moved> {
  const state = await moveStateOf(from.store);
  if (state !== null) throw new MovedAway(reasonOf(from, state));
  await begin(from, to);
  let kept = 0;
  const counts = { case: 0, document: 0, file: 0 };
  for await (const batch of batches(itemsOf(from), AT_ONCE)) {
    const same = await Promise.all(batch.map((item) => copied(item, to)));
    kept += same.filter(Boolean).length;
    for (const { kind } of batch) counts[kind] += 1;
    const all = counts.case + counts.document + counts.file;
    if (Math.floor(all / 1_000) > Math.floor((all - batch.length) / 1_000)) tell(`已复制 ${all} 项`);
  }
  await dropOthers(from, to);
  tell('正在比较两边');
  const [before, after] = [await hashOf(from), await hashOf(to)];
  if (before !== after) throw new MovedAway(`两边不一样，没有启用 ${to.title}。请把它清空后再运行一次`);
  // The new one is free before the old one is marked: a crash in between leaves two good ones and no bad one.
  await noteMove(to.store, null);
  await noteMove(from.store, { kind: 'gone', to: to.title });
  return { cases: counts.case, documents: counts.document, files: counts.file, kept, hash: after };
}

/** What is gone on the old side since an earlier try: a server ran there in between. */
async function dropOthers(from: Movable, to: Movable): Promise<void> {
  for (const kind of await to.kinds()) {
    if (LEFT.has(kind)) continue;
    const ids: string[] = [];
    for await (const { id } of to.store.listDocuments(kind)) ids.push(id);
    for (const id of ids)
      if ((await from.store.readDocument(kind, id)) === null) await to.store.removeDocument(kind, id);
  }
  const files = new Set(await from.files());
  for (const path of await to.files()) if (!files.has(path)) await to.dropFile(path);
}

async function begin(from: Movable, to: Movable): Promise<void> {
  const state = await moveStateOf(to.store);
  if (state?.kind === 'coming' && state.from === from.title) return;
  if (state !== null) throw new MovedAway(reasonOf(to, state));
  for await (const { kind, id } of itemsOf(to))
    throw new MovedAway(`${to.title} 里已有内容（${kind} ${id}），不会覆盖。请换一个空的地方，或先把它移走`);
  await noteMove(to.store, { kind: 'coming', from: from.title });
}

function reasonOf({ title }: Movable, state: MoveState): string {
  return state.kind === 'gone'
    ? `${title} 里的数据已经搬到 ${state.to}`
    : `${title} 里是从 ${state.from} 搬来的一半，请先从那里把它搬完，或换一个空的地方`;
}

type Item =
  | { readonly kind: 'case'; readonly id: string; readonly data: CaseDocument }
  | { readonly kind: 'document'; readonly id: string; readonly of: string; readonly data: StoredDocument }
  | { readonly kind: 'file'; readonly id: string; readonly data: Buffer };

async function* itemsOf(side: Movable): AsyncIterable<Item> {
  for (const of of await side.kinds()) {
    if (LEFT.has(of)) continue;
    for await (const { id, document } of side.store.listDocuments(of))
      yield { kind: 'document', id, of, data: document };
  }
  for await (const id of side.store.listCases()) {
    const data = await side.store.readCase(id);
    if (data) yield { kind: 'case', id, data };
  }
  for (const id of await side.files()) {
    const data = await side.readFile(id);
    if (data) yield { kind: 'file', id, data };
  }
}

/** @returns whether it was there already */
async function copied(item: Item, to: Movable): Promise<boolean> {
  const there = await sameOf(item, to);
  if (there !== null && lineOf(there) === lineOf(item)) return true;
  switch (item.kind) {
    case 'case':
      await to.putCase(item.data);
      break;
    case 'document':
      await to.putDocument(item.of, item.id, item.data);
      break;
    case 'file':
      await to.putFile(item.id, item.data);
      break;
  }
  return false;
}

async function sameOf(item: Item, to: Movable): Promise<Item | null> {
  switch (item.kind) {
    case 'case': {
      const data = await to.store.readCase(item.id);
      return data && { ...item, data };
    }
    case 'document': {
      const data = await to.store.readDocument(item.of, item.id);
      return data && { ...item, data };
    }
    case 'file': {
      const data = await to.readFile(item.id);
      return data && { ...item, data };
    }
  }
}

/** What an item is, as one line: its place and the hash of what is there. */
function lineOf(item: Item): string {
  const bytes = item.kind === 'file' ? item.data : canonical(item.data as unknown as Json);
  const place =
    item.kind === 'document'
      ? `document ${JSON.stringify([item.of, item.id])}`
      : `${item.kind} ${JSON.stringify(item.id)}`;
  return `${place} ${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Over everything that is there, whatever the order it is read in. */
async function hashOf(side: Movable): Promise<string> {
  const lines: string[] = [];
  for await (const item of itemsOf(side)) lines.push(lineOf(item));
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

async function* batches<T>(items: AsyncIterable<T>, size: number): AsyncIterable<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
