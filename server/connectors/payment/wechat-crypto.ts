import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { isSignedByRsa, signRsa } from './rsa.ts';

/**
 * The cryptography of WeChat Pay APIv3, for both sides: RSA-SHA256 over lines, AES-256-GCM with the APIv3 key. Source: the
 * provider's public documentation; tests/server/connectors/payment compare it with the provider's SDKs.
 */

const scheme = 'WECHATPAY2-SHA256-RSA2048';
const tagLength = 16;

/** Every part on a line of its own, the last one too. */
function lines(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [Buffer.from(part), Buffer.from('\n')]));
}

export interface Merchant {
  readonly mchid: string;
  readonly serial: string;
  readonly privateKey: string;
}

/** @param path path and query as they are sent @param timestamp seconds @returns the `Authorization` header */
export function authorization(
  merchant: Merchant,
  { method, path, body, timestamp }: { method: string; path: string; body: string; timestamp: number },
): string {
  const nonce = randomBytes(16).toString('hex');
  const signature = signRsa(lines(method, path, String(timestamp), nonce, body), merchant.privateKey);
  const fields = {
    mchid: merchant.mchid,
    nonce_str: nonce,
    signature,
    timestamp: String(timestamp),
    serial_no: merchant.serial,
  };
  const pairs = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return `${scheme} ${pairs.join(',')}`;
}

/** The fields of an `Authorization` header, or null when it is none of this scheme. */
export function readAuthorization(header: string): { readonly [field: string]: string } | null {
  if (!header.startsWith(`${scheme} `)) return null;
  return Object.fromEntries([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

export function isAuthorized(
  fields: { readonly [field: string]: string },
  { method, path, body }: { method: string; path: string; body: string },
  publicKey: string,
): boolean {
  const text = lines(method, path, fields.timestamp ?? '', fields.nonce_str ?? '', body);
  return isSignedByRsa(text, fields.signature ?? '', publicKey);
}

/** The platform's headers over a body: of an answer, and of a message that it sends. */
export function platformHeaders(
  platform: { readonly serial: string; readonly privateKey: string },
  body: string,
  timestamp: number,
): { [header: string]: string } {
  const nonce = randomBytes(16).toString('hex');
  return {
    'wechatpay-timestamp': String(timestamp),
    'wechatpay-nonce': nonce,
    'wechatpay-serial': platform.serial,
    'wechatpay-signature': signRsa(lines(String(timestamp), nonce, body), platform.privateKey),
  };
}

/** Messages that the provider sends to see whether signatures are looked at. They must be refused. */
const probe = 'WECHATPAY/SIGNTEST/';
/** How old a message may be, and how far clocks may differ. */
export const window = 300_000;

/** What is there to be checked: a forgery without it costs nobody a look for keys. */
export function isSigned(headers: { readonly [name: string]: string }): boolean {
  const { 'wechatpay-signature': signature = '', 'wechatpay-nonce': nonce = '' } = headers;
  const isDated = /^\d{1,12}$/.test(headers['wechatpay-timestamp'] ?? '');
  return isDated && nonce !== '' && signature !== '' && !signature.startsWith(probe);
}

/** @returns null when the platform's headers are right, else what is wrong */
export function platformFault(
  headers: { readonly [name: string]: string },
  body: Buffer,
  keyOf: (serial: string) => string | null,
  now: number,
): 'signature' | 'replay' | null {
  const timestamp = headers['wechatpay-timestamp'] ?? '';
  const nonce = headers['wechatpay-nonce'] ?? '';
  const signature = headers['wechatpay-signature'] ?? '';
  if (!isSigned(headers)) return 'signature';
  const key = keyOf(headers['wechatpay-serial'] ?? '');
  if (key === null || !isSignedByRsa(lines(timestamp, nonce, body), signature, key)) return 'signature';
  return Math.abs(now - Number(timestamp) * 1000) > window ? 'replay' : null;
}

export interface Resource {
  readonly algorithm: string;
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associated_data: string;
}

export function encrypt(plain: string, apiKey: string, associatedData: string): Resource {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', apiKey, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(associatedData));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    nonce,
    associated_data: associatedData,
  };
}

/** @returns the plain text, or null when it was changed, cut short, or made with another key. */
export function decrypt(resource: Partial<Resource>, apiKey: string): string | null {
  const { algorithm, ciphertext = '', nonce = '', associated_data: associated = '' } = resource;
  if (algorithm !== 'AEAD_AES_256_GCM' || nonce.length !== 12) return null;
  const sealed = Buffer.from(ciphertext, 'base64');
  if (sealed.length < tagLength) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', apiKey, nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(associated)).setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
