import { createSign, createVerify } from 'node:crypto';

/** RSA with SHA-256 (RFC 8017, PKCS #1 v1.5), as the payment providers sign. @param privateKey PEM @returns base64 */
export function signRsa(text: string | Buffer, privateKey: string): string {
  return createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
}

/** @param signature base64 @param publicKey PEM @returns false also for what is no signature at all */
export function isSignedByRsa(text: string | Buffer, signature: string, publicKey: string): boolean {
  try {
    return createVerify('RSA-SHA256').update(text).verify(publicKey, signature, 'base64');
  } catch {
    return false;
  }
}
