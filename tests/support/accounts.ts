import { type Crypto, createCrypto } from '../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../server/crypto/keys.ts';
import type { Fault } from '../../server/fault.ts';

/** Encryption under a key that everybody knows. */
export function testCrypto(): Crypto {
  return createCrypto(parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`));
}

/** The code of the refusal, or `done`. */
export function codeOf(job: Promise<unknown>): Promise<string> {
  return job.then(
    () => 'done',
    (fault: Fault) => fault.code,
  );
}
