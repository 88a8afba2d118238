import type { Origin } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';

/**
 * A file after reading: plain data in which every value and every key knows where it was written. Composition moves
 * these nodes about (fragments, changes), so an issue about a composed piece still points at the word its author wrote.
 */
export type Node = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly origin: Origin;
}

export interface Entry {
  /** Where the key stands. */
  readonly key: Origin;
  readonly value: Node;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly origin: Origin;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly origin: Origin;
  /** Written in quotes on one line: its first character stands one column further. */
  readonly quoted?: boolean;
  /** Set by composition on a target that another place wrote: names are looked up from that address instead. */
  readonly scope?: string;
}

/** The data alone. */
export function plain(node: Node): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map': {
      const out: JsonObject = {};
      for (const [key, entry] of node.entries) out[key] = plain(entry.value);
      return out;
    }
  }
}

const wholes = new WeakMap<Node, Json>();

/** The data of a whole file, made once: the projects that use the file share it, and what is worked out from it. */
export function dataOf(file: Node): Json {
  let data = wholes.get(file);
  if (data === undefined) {
    data = plain(file);
    wholes.set(file, data);
  }
  return data;
}

export function get(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

/** Follows a path of keys and list indexes; undefined where it leads nowhere. */
export function descend(node: Node, path: readonly string[]): Node | undefined {
  let here: Node | undefined = node;
  for (const step of path) {
    if (here?.kind === 'list') here = here.items[Number(step)];
    else here = get(here, step);
    if (here === undefined) return undefined;
  }
  return here;
}

/** Where the value at `path` stands; the nearest one around it where there is none. */
export function positionOf(node: Node, path: readonly string[]): Origin {
  for (let length = path.length; length > 0; length--) {
    const found = descend(node, path.slice(0, length));
    if (found !== undefined) return found.origin;
  }
  return node.origin;
}

/** Where the key at the end of `path` stands (its value's place in lists). */
export function keyPosition(node: Node, path: readonly string[]): Origin {
  const parent = descend(node, path.slice(0, -1));
  const last = path.at(-1);
  if (parent?.kind === 'map' && last !== undefined) {
    const entry = parent.entries.get(last);
    if (entry !== undefined) return entry.key;
  }
  return positionOf(node, path);
}

export function text(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** Entries of a map node in order; nothing for anything else. */
export function entries(node: Node | undefined): readonly (readonly [string, Entry])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** A list as it is, a single value as a list of one, nothing as an empty list. */
export function listed(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

export function mapOf(origin: Origin, pairs: Iterable<readonly [string, Entry]>): MapNode {
  return { kind: 'map', entries: new Map(pairs), origin };
}

/** The map with one key put in, replaced, or (value undefined) taken out; order is kept, new keys come last. */
export function withKey(node: MapNode, key: string, value: Node | undefined, keyOrigin?: Origin): MapNode {
  const next = new Map(node.entries);
  if (value === undefined) next.delete(key);
  else next.set(key, { key: next.get(key)?.key ?? keyOrigin ?? value.origin, value });
  return { ...node, entries: next };
}
