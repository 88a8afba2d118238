import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../model/json.ts';
import { compare } from './issue.ts';

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

/** SHA-256 (64 hex digits) over the canonical form. */
export function hashOf(value: Json): string {
  return bytesToHex(sha256(utf8ToBytes(canonical(value))));
}

/** First eight hex digits: how a change names the element that it was written against (`was`). */
export function shortHash(value: Json): string {
  return hashOf(value).slice(0, 8);
}
