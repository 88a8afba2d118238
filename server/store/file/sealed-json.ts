import { createHash } from 'node:crypto';
import { StoreCorrupt } from '../store.ts';

/**
 * The bytes of one stored document: `{"checksum":"<sha256>","document":<json>}` and a line end. It is plain JSON,
 * so that lowdb's own JSONFile opens it; the checksum covers the very bytes between prefix and end, so that a
 * flipped bit anywhere is found.
 */
const PREFIX = '{"checksum":"';
const MIDDLE = '","document":';
const END = '}\n';
const HEAD = PREFIX.length + 64 + MIDDLE.length;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @param text the document as JSON */
export function encode(text: string): Buffer {
  const body = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from(PREFIX + sha256(body) + MIDDLE), body, Buffer.from(END)]);
}

/** @returns the document as JSON. @throws StoreCorrupt when anything differs from what was written. */
export function decode(bytes: Buffer, where: string): string {
  const head = bytes.subarray(0, HEAD).toString('latin1');
  const checksum = head.slice(PREFIX.length, PREFIX.length + 64);
  const framed =
    bytes.length >= HEAD + END.length &&
    head === PREFIX + checksum + MIDDLE &&
    bytes.subarray(bytes.length - END.length).toString('latin1') === END;
  const body = bytes.subarray(HEAD, bytes.length - END.length);
  if (!framed || sha256(body) !== checksum) throw new StoreCorrupt(where);
  return body.toString('utf8');
}
