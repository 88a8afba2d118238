import { createHmac, createSign, createVerify, timingSafeEqual } from 'node:crypto';
import type { HttpAuthorization, HttpSignature, signedPlaces } from '../../../engine/model/http.ts';
import type { Credentials } from '../outside/credentials.ts';

/** The parts of a message that may stand in a signed text. */
export type Places = { readonly [place in (typeof signedPlaces)[number]]: string | Buffer };
type Signing = Pick<HttpAuthorization, 'hmac' | 'rsa'>;

/** The bytes that are signed: a body is taken as it is, never decoded and encoded again. */
function bytesOf(over: string, places: Places): Buffer {
  const parts = over.split(/\{([a-z]+)\}/);
  return Buffer.concat(parts.map((part, index) => Buffer.from(index % 2 === 0 ? part : places[part as keyof Places])));
}

/** @returns the header with its signature, or nothing where the connector signs nothing. */
export function signature(how: Signing, places: Places, credentials: Credentials): { [header: string]: string } {
  const { hmac, rsa } = how;
  if (hmac) {
    const digest = keyed(hmac, credentials.get(hmac.secret), places).toString(hmac.encoding ?? 'hex');
    return { [hmac.header]: (hmac.prefix ?? '') + digest };
  }
  if (rsa) {
    const signer = createSign(rsa.hash ?? 'sha256').update(bytesOf(rsa.over, places));
    return { [rsa.header]: (rsa.prefix ?? '') + signer.sign(credentials.get(rsa.key), rsa.encoding ?? 'base64') };
  }
  return {};
}

/** @returns whether the header holds the signature of these very bytes; hashes are compared in constant time. */
export function isSigned(
  how: Signing,
  places: Places,
  headers: { readonly [name: string]: string },
  credentials: Credentials,
): boolean {
  const { hmac, rsa } = how;
  if (hmac) {
    const found = given(hmac, headers, 'hex');
    const expected = keyed(hmac, credentials.get(hmac.secret), places);
    return found !== null && found.length === expected.length && timingSafeEqual(found, expected);
  }
  if (rsa) {
    const found = given(rsa, headers, 'base64');
    if (found === null) return false;
    return createVerify(rsa.hash ?? 'sha256')
      .update(bytesOf(rsa.over, places))
      .verify(credentials.get(rsa.key), found);
  }
  return false;
}

function keyed(how: HttpSignature, secret: string, places: Places): Buffer {
  return createHmac(how.hash ?? 'sha256', secret)
    .update(bytesOf(how.over, places))
    .digest();
}

function given(
  how: HttpSignature,
  headers: { readonly [name: string]: string },
  otherwise: 'hex' | 'base64',
): Buffer | null {
  const value = headers[how.header.toLowerCase()] ?? '';
  const prefix = how.prefix ?? '';
  if (!value.startsWith(prefix)) return null;
  const found = Buffer.from(value.slice(prefix.length), how.encoding ?? otherwise);
  return found.length === 0 ? null : found;
}
