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

/** The signature with what stands before it; null where the connector signs nothing. */
export function signature({ hmac, rsa }: Signing, places: Places, credentials: Credentials): string | null {
  if (hmac) {
    const digest = keyed(hmac, credentials.get(hmac.secret), places).toString(hmac.encoding ?? 'hex');
    return (hmac.prefix ?? '') + digest;
  }
  if (rsa) {
    const signer = createSign(rsa.hash ?? 'sha256').update(bytesOf(rsa.over, places));
    return (rsa.prefix ?? '') + signer.sign(credentials.get(rsa.key), rsa.encoding ?? 'base64');
  }
  return null;
}

/** @returns whether `written` is the signature of these very bytes; hashes are compared in constant time. */
export function isSigned({ hmac, rsa }: Signing, places: Places, written: string, credentials: Credentials): boolean {
  if (hmac) {
    const found = given(hmac, written, 'hex');
    const expected = keyed(hmac, credentials.get(hmac.secret), places);
    return found !== null && found.length === expected.length && timingSafeEqual(found, expected);
  }
  if (rsa) {
    const found = given(rsa, written, 'base64');
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

function given(how: HttpSignature, written: string, otherwise: 'hex' | 'base64'): Buffer | null {
  const prefix = how.prefix ?? '';
  if (!written.startsWith(prefix)) return null;
  const found = Buffer.from(written.slice(prefix.length), how.encoding ?? otherwise);
  return found.length === 0 ? null : found;
}
