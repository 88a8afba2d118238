import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './keys.ts';

/** What a key is used for; every purpose has its own key derived from the master key. */
export type Purpose = 'field' | 'file' | 'secret' | 'document';

/**
 * Encryption at rest behind a small port. `context` is bound to the sealed bytes (case, field, …): what was cut out of
 * one place does not open in another.
 */
export interface Crypto {
  seal(purpose: Purpose, plain: Uint8Array, context: string): Buffer;
  /** @throws Unsealable when it was changed, moved, or the key is gone. */
  open(purpose: Purpose, sealed: Uint8Array, context: string): Buffer;
  sealText(purpose: Purpose, plain: string, context: string): string;
  openText(purpose: Purpose, sealed: string, context: string): string;
  /** Keyed hash (hex) of a value, for comparison and for look-ups without the value. */
  digest(purpose: string, value: string): string;
  /** Constant-time comparison of two digests. */
  same(a: string, b: string): boolean;
}

export class Unsealable extends Error {
  constructor(reason: string) {
    super(`cannot open what was sealed: ${reason}`);
    this.name = 'Unsealable';
  }
}

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

/**
 * AES-256-GCM. Layout: version (1), length of the key id (1), key id, nonce (12), tag (16), ciphertext. New data is
 * sealed under the ring's current key, older keys stay for reading.
 */
export function createCrypto(ring: KeyRing): Crypto {
  const derived = new Map<string, Buffer>();
  function keyFor(id: string, purpose: string): Buffer {
    const name = `${id}/${purpose}`;
    const known = derived.get(name);
    if (known) return known;
    const master = ring.keys.get(id);
    if (!master) throw new Unsealable(`key "${id}" is not in the key ring`);
    const key = Buffer.from(hkdfSync('sha256', master, '', `certflow/${purpose}`, 32));
    derived.set(name, key);
    return key;
  }
  const bound = (purpose: string, id: string, context: string): Buffer => Buffer.from(`${purpose}\0${id}\0${context}`);

  const crypto: Crypto = {
    seal(purpose, plain, context) {
      const id = Buffer.from(ring.current);
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', keyFor(ring.current, purpose), nonce, { authTagLength: TAG });
      cipher.setAAD(bound(purpose, ring.current, context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION, id.length]), id, nonce, cipher.getAuthTag(), body]);
    },
    open(purpose, sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const idEnd = 2 + (bytes[1] ?? 0);
      if (bytes[0] !== VERSION || bytes.length < idEnd + NONCE + TAG)
        throw new Unsealable('not sealed by this program');
      const id = bytes.subarray(2, idEnd).toString();
      const nonce = bytes.subarray(idEnd, idEnd + NONCE);
      // Node 20 would accept a shortened tag without authTagLength.
      const decipher = createDecipheriv('aes-256-gcm', keyFor(id, purpose), nonce, { authTagLength: TAG });
      decipher.setAAD(bound(purpose, id, context));
      decipher.setAuthTag(bytes.subarray(idEnd + NONCE, idEnd + NONCE + TAG));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(idEnd + NONCE + TAG)), decipher.final()]);
      } catch {
        throw new Unsealable('changed, moved, or sealed with another key');
      }
    },
    sealText: (purpose, plain, context) => crypto.seal(purpose, Buffer.from(plain), context).toString('base64url'),
    openText: (purpose, sealed, context) =>
      crypto.open(purpose, Buffer.from(sealed, 'base64url'), context).toString('utf8'),
    // Digests must stay comparable for ever: they use the oldest key of the ring.
    digest: (purpose, value) =>
      createHmac('sha256', keyFor(ring.oldest, `digest/${purpose}`))
        .update(value)
        .digest('hex'),
    same(a, b) {
      const [left, right] = [Buffer.from(a), Buffer.from(b)];
      return left.length === right.length && timingSafeEqual(left, right);
    },
  };
  return crypto;
}
