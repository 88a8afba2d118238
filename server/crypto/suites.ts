import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * One way to encrypt and authenticate bytes. A key says which suite it is for, so that several may be in use while one takes
 * the place of another. `bound` is authenticated and not stored.
 */
export interface Suite {
  readonly id: string;
  /** Bytes of key that one use takes. */
  readonly keyBytes: number;
  /** The hash that keys of this suite are derived with. */
  readonly hash: string;
  seal(key: Buffer, plain: Uint8Array, bound: Buffer): Buffer;
  /** @returns null when it was changed or sealed otherwise */
  open(key: Buffer, sealed: Buffer, bound: Buffer): Buffer | null;
}

const NONCE = 12;
const TAG = 16;

/** Layout: nonce (12), tag (16), ciphertext. */
const aes256Gcm: Suite = {
  id: 'aes-256-gcm',
  keyBytes: 32,
  hash: 'sha256',
  seal(key, plain, bound) {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
    cipher.setAAD(bound);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  },
  open(key, sealed, bound) {
    if (sealed.length < NONCE + TAG) return null;
    // Node 20 would accept a shortened tag without authTagLength.
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(bound);
    decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
    } catch {
      return null;
    }
  },
};

const IV = 16;
const MAC = 32;
const SM4_KEY = 16;

/**
 * SM4-CBC, then HMAC-SM3 over everything (GB/T 32907, GB/T 32905): Node's OpenSSL has SM4 without GCM. Layout: iv (16),
 * mac (32), ciphertext.
 */
const sm4CbcHmacSm3: Suite = {
  id: 'sm4-cbc-hmac-sm3',
  keyBytes: SM4_KEY + MAC,
  hash: 'sm3',
  seal(key, plain, bound) {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('sm4-cbc', key.subarray(0, SM4_KEY), iv);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, macOf(key, bound, iv, body), body]);
  },
  open(key, sealed, bound) {
    if (sealed.length < IV + MAC) return null;
    const [iv, mac, body] = [sealed.subarray(0, IV), sealed.subarray(IV, IV + MAC), sealed.subarray(IV + MAC)];
    if (!timingSafeEqual(mac, macOf(key, bound, iv, body))) return null;
    try {
      const decipher = createDecipheriv('sm4-cbc', key.subarray(0, SM4_KEY), iv);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    } catch {
      return null;
    }
  },
};

function macOf(key: Buffer, bound: Buffer, iv: Buffer, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bound.length);
  return createHmac('sm3', key.subarray(SM4_KEY)).update(length).update(bound).update(iv).update(body).digest();
}

/** The first one is the default. */
export const suites: readonly Suite[] = [aes256Gcm, sm4CbcHmacSm3];

/** @returns null when there is none of that name */
export function suiteOf(id: string): Suite | null {
  return suites.find((suite) => suite.id === id) ?? null;
}

export const DEFAULT_SUITE = aes256Gcm;
