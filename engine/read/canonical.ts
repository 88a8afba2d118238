import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../model/json.ts';
import { once } from '../model/once.ts';
import { compare } from './issue.ts';
import type { Node } from './tree.ts';

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

/** The hash of `{path: data}` of these files. */
export function hashOfFiles(files: readonly { readonly path: string; readonly node: Node }[]): string {
  const hash = sha256.create();
  const sorted = [...files].sort((one, other) => compare(one.path, other.path));
  for (const [index, { path, node }] of sorted.entries()) {
    hash.update(utf8ToBytes(`${index === 0 ? '{' : ','}${JSON.stringify(path)}:`));
    hash.update(bytesOf(node));
  }
  hash.update(utf8ToBytes(files.length === 0 ? '{}' : '}'));
  return bytesToHex(hash.digest());
}

/** A file's data as it is hashed, made once for all the projects that use it. */
const bytesOf = once((node: Node): Uint8Array => utf8ToBytes(canonicalNode(node)));

/** `canonical` of the data of a tree. */
function canonicalNode(node: Node): string {
  switch (node.kind) {
    case 'scalar':
      return JSON.stringify(node.value);
    case 'list':
      return `[${node.items.map(canonicalNode).join(',')}]`;
    case 'map': {
      const keys = [...node.entries.keys()].sort(compare);
      return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalNode(node.entries.get(key)!.value)}`).join(',')}}`;
    }
  }
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
