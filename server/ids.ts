import { randomBytes } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u, so that an id can be read out. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random id of `bits` bits (a multiple of 5; 130 by default, not guessable). */
export function newId(bits = 130): string {
  const length = bits / 5;
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte & 31]).join('');
}

/** The id that belongs to a digest (hex), in the same form: asked again, it is the same. */
export function idOf(digest: string, bits = 130): string {
  const bytes = Buffer.from(digest, 'hex');
  return Array.from({ length: bits / 5 }, (_, n) => ALPHABET[(bytes[n] ?? 0) & 31]).join('');
}
