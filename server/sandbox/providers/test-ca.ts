import 'reflect-metadata';
import { createPublicKey, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as never);

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

export interface TestIdentity {
  /** Hexadecimal, upper case. */
  readonly serial: string;
  readonly certificate: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * A key with a certificate of its own making, for a sandbox's platform or merchant; its name says that it is a test.
 * @param addresses IP addresses that a TLS server of this identity has
 */
export async function testIdentity(name: string, addresses: readonly string[] = []): Promise<TestIdentity> {
  const now = Date.now();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const serial = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .toUpperCase()
    .replace(/^./, '5');
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial,
    name: `CN=测试 ${name}, O=Certflow 沙盒`,
    notBefore: new Date(now - 86_400_000),
    notAfter: new Date(now + 365 * 86_400_000),
    signingAlgorithm: algorithm,
    keys: keys as never,
    extensions:
      addresses.length === 0
        ? []
        : [new x509.SubjectAlternativeNameExtension(addresses.map((value) => ({ type: 'ip' as const, value })))],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const body = pkcs8.toString('base64').replace(/.{64}/g, '$&\n');
  const pem = certificate.toString('pem');
  return {
    serial,
    certificate: pem,
    publicKey: createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: `-----BEGIN PRIVATE KEY-----\n${body.trimEnd()}\n-----END PRIVATE KEY-----\n`,
  };
}
