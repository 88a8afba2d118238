import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../model/json.ts';
import { compare } from './issue.ts';
import { type Node, plain } from './tree.ts';

/** JSON without spaces, keys in the order of their code units: equal data gives equal text. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const parts = Object.keys(value)
      .sort(compare)
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`);
    return `{${parts.join(',')}}`;
  }
  return JSON.stringify(value);
}

const canonicals = new WeakMap<Node, string>();

/** The hash of `{path: data}` of these files; the text of a file is made once for all the projects that use it. */
export function hashOfFiles(files: readonly { readonly path: string; readonly node: Node }[]): string {
  const parts = files.map(({ path, node }) => ({ path, text: canonicalFile(node) }));
  const members = parts
    .sort((one, other) => compare(one.path, other.path))
    .map(({ path, text }) => `${JSON.stringify(path)}:${text}`);
  return sha256Hex(`{${members.join(',')}}`);
}

function canonicalFile(node: Node): string {
  let known = canonicals.get(node);
  if (known === undefined) {
    known = canonical(plain(node));
    canonicals.set(node, known);
  }
  return known;
}

/** SHA-256 (64 hex digits) over the canonical form. */
export function hashOf(value: Json): string {
  return sha256Hex(canonical(value));
}

function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** First eight hex digits: how a change names the element that it was written against (`was`). */
export function shortHash(value: Json): string {
  return hashOf(value).slice(0, 8);
}
