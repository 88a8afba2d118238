import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './keys.ts';

/** What a key is used for; every purpose has its own key derived from that of the ring. */
export type Purpose = 'field' | 'file' | 'secret' | 'document' | 'key';

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
  /** Whether it looks like something sealed, under a key that is no longer the one that seals. */
  isOld(sealed: Uint8Array | string): boolean;
  /** Whether it is sealed under the key that seals now. A key that is forgotten is not old: it is none. */
  isCurrent(sealed: string): boolean;
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
/** The longest head: version, length, id of 40 characters. */
const HEAD = 42;

/**
 * Layout: version (1), length of the key id (1), key id, and what the key's suite makes of the text. New data is sealed
 * under the ring's current key, older keys stay for reading. The ring may change while it is used.
 */
export function createCrypto(ring: KeyRing): Crypto {
  const derived = new Map<string, Buffer>();
  function suiteOf(id: string) {
    const key = ring.keys.get(id);
    if (!key) throw new Unsealable(`key "${id}" is not in the key ring`);
    return key.suite;
  }
  function keyFor(id: string, purpose: string, hash: string, length: number): Buffer {
    const name = `${id}/${purpose}/${hash}`;
    const known = derived.get(name);
    if (known) return known;
    const master = ring.keys.get(id);
    if (!master) throw new Unsealable(`key "${id}" is not in the key ring`);
    const key = Buffer.from(hkdfSync(hash, master.bytes, '', `certflow/${purpose}`, length));
    derived.set(name, key);
    return key;
  }
  const bound = (purpose: string, id: string, context: string): Buffer => Buffer.from(`${purpose}\0${id}\0${context}`);

  const crypto: Crypto = {
    seal(purpose, plain, context) {
      const id = ring.current;
      const suite = suiteOf(id);
      const name = Buffer.from(id);
      const key = keyFor(id, purpose, suite.hash, suite.keyBytes);
      return Buffer.concat([
        Buffer.from([VERSION, name.length]),
        name,
        suite.seal(key, plain, bound(purpose, id, context)),
      ]);
    },
    open(purpose, sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const id = keyIdOf(bytes);
      if (id === null) throw new Unsealable('not sealed by this program');
      const suite = suiteOf(id);
      const key = keyFor(id, purpose, suite.hash, suite.keyBytes);
      const plain = suite.open(key, bytes.subarray(2 + Buffer.byteLength(id)), bound(purpose, id, context));
      if (plain === null) throw new Unsealable('changed, moved, or sealed with another key');
      return plain;
    },
    sealText: (purpose, plain, context) => crypto.seal(purpose, Buffer.from(plain), context).toString('base64url'),
    openText: (purpose, sealed, context) =>
      crypto.open(purpose, Buffer.from(sealed, 'base64url'), context).toString('utf8'),
    isOld(sealed) {
      const head = typeof sealed === 'string' ? Buffer.from(sealed.slice(0, HEAD * 2), 'base64url') : sealed;
      const id = keyIdOf(Buffer.from(head.buffer, head.byteOffset, head.byteLength));
      return id !== null && id !== ring.current && ring.keys.has(id);
    },
    isCurrent: (sealed) => keyIdOf(Buffer.from(sealed.slice(0, HEAD * 2), 'base64url')) === ring.current,
    // Digests must stay comparable for ever: they use the key of the ring that never changes.
    digest: (purpose, value) =>
      createHmac('sha256', keyFor(ring.oldest, `digest/${purpose}`, 'sha256', 32))
        .update(value)
        .digest('hex'),
    same(a, b) {
      const [left, right] = [Buffer.from(a), Buffer.from(b)];
      return left.length === right.length && timingSafeEqual(left, right);
    },
  };
  return crypto;
}

function keyIdOf(bytes: Buffer): string | null {
  const end = 2 + (bytes[1] ?? 0);
  return bytes[0] !== VERSION || bytes.length < end ? null : bytes.subarray(2, end).toString('latin1');
}
