import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the sender's clock may be off, and how long a signed message may be under way. */
const tolerance = 300_000;

export const signatureHeader = 'x-certflow-signature';
export const timeHeader = 'x-certflow-time';

/** Signs exactly the bytes that are sent, together with where they go and when. @returns the two headers */
export function sign(secret: string, path: string, body: string | Buffer, now: number): Record<string, string> {
  return { [timeHeader]: String(now), [signatureHeader]: digest(secret, path, String(now), body) };
}

/** @returns true when the bytes are the sender's own and fresh; compared in constant time. */
export function verify(
  secret: string,
  path: string,
  body: string | Buffer,
  headers: { readonly [name: string]: string | string[] | undefined },
  now: number,
): boolean {
  const time = headers[timeHeader];
  const given = headers[signatureHeader];
  if (typeof time !== 'string' || typeof given !== 'string' || !/^\d{1,15}$/.test(time)) return false;
  if (Math.abs(now - Number(time)) > tolerance) return false;
  const expected = Buffer.from(digest(secret, path, time, body), 'hex');
  const found = Buffer.from(given, 'hex');
  return found.length === expected.length && timingSafeEqual(found, expected);
}

function digest(secret: string, path: string, time: string, body: string | Buffer): string {
  return createHmac('sha256', secret).update(`${path}\n${time}\n`).update(body).digest('hex');
}
