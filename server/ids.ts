import { randomFillSync } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u, so that an id can be read out. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random id of `bits` bits (a multiple of 5, up to 1,000; 130 by default, not guessable). */
export function newId(bits = 130): string {
  const length = bits / 5;
  if (length > 200) throw new RangeError('an id that long');
  if (used + length > random.length) {
    randomFillSync(random);
    used = 0;
  }
  let id = '';
  for (const end = used + length; used < end; used += 1) {
    id += ALPHABET[(random[used] ?? 0) & 31];
    random[used] = 0;
  }
  return id;
}

/** Fetched for many ids at once, each byte used once. */
const random = new Uint8Array(2_048);
let used = random.length;

/** The id that belongs to a digest (hex), in the same form: asked again, it is the same. */
export function idOf(digest: string, bits = 130): string {
  const bytes = Buffer.from(digest, 'hex');
  return Array.from({ length: bits / 5 }, (_, n) => ALPHABET[(bytes[n] ?? 0) & 31]).join('');
}
