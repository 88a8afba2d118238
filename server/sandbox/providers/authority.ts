import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as never);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 86_400_000;

/** A request that the test authority does not take. */
export class CertificateRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CertificateRefused';
  }
}

export interface Issued {
  /** Hexadecimal, upper case. */
  readonly serial: string;
  readonly certificate: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface Subject {
  readonly organization: string;
  /** Its number. */
  readonly number: string;
  readonly holder?: string;
}

/**
 * A certificate authority for trying out: it issues X.509 from a PKCS #10 request and publishes who is revoked. What it issues
 * says 测试 in the names of issuer and holder, so that nobody can take it for a real one.
 */
export class TestAuthority {
  readonly certificate: string;
  readonly #root: x509.X509Certificate;
  readonly #keys: never;
  readonly #revoked = new Map<string, Date>();
  #lists = 0;

  private constructor(root: x509.X509Certificate, keys: never) {
    this.#root = root;
    this.#keys = keys;
    this.certificate = root.toString('pem');
  }

  static async create(name = '沙盒', now = Date.now()): Promise<TestAuthority> {
    const keys = (await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as never;
    const root = await x509.X509CertificateGenerator.createSelfSigned({
      ...{
        serialNumber: newSerial(),
        name: `CN=测试 ${name} 根证书, O=测试 Certflow`,
        keys,
        signingAlgorithm: algorithm,
      },
      ...{ notBefore: new Date(now - day), notAfter: new Date(now + 3_650 * day) },
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ],
    });
    return new TestAuthority(root, keys);
  }

  /**
   * The names are ours: what the request says of its holder is not believed, only that it holds the key.
   * @param request PKCS #10, PEM @throws CertificateRefused
   */
  async issue(request: string, subject: Subject, years: number, now = Date.now()): Promise<Issued> {
    let read: x509.Pkcs10CertificateRequest;
    try {
      read = new x509.Pkcs10CertificateRequest(request);
    } catch {
      throw new CertificateRefused('this is no request');
    }
    if (!(await read.verify())) throw new CertificateRefused('the request is not signed by its own key');
    const notBefore = new Date(now);
    const notAfter = new Date(now);
    notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
    const issued = await x509.X509CertificateGenerator.create({
      ...{ serialNumber: newSerial(), issuer: this.#root.subject, notBefore, notAfter, signingAlgorithm: algorithm },
      subject: [
        { CN: [`测试 ${subject.holder ?? subject.organization}`] },
        { O: [`测试 ${subject.organization}`] },
        { '2.5.4.97': [subject.number] },
      ],
      ...{ publicKey: read.publicKey, signingKey: (this.#keys as { privateKey: never }).privateKey },
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
        await x509.AuthorityKeyIdentifierExtension.create(this.#root.publicKey),
        await x509.SubjectKeyIdentifierExtension.create(read.publicKey),
      ],
    });
    return { serial: issued.serialNumber.toUpperCase(), certificate: issued.toString('pem'), notBefore, notAfter };
  }

  revoke(serial: string, now = Date.now()): void {
    if (!this.#revoked.has(serial)) this.#revoked.set(serial, new Date(now));
  }

  /** The list of what is revoked, PEM. */
  async list(now = Date.now()): Promise<string> {
    this.#lists += 1;
    const list = await x509.X509CrlGenerator.create({
      ...{ issuer: this.#root.subject, thisUpdate: new Date(now), nextUpdate: new Date(now + day) },
      entries: [...this.#revoked].map(([serialNumber, revocationDate]) => ({
        ...{ serialNumber, revocationDate, reason: x509.X509CrlReason.cessationOfOperation },
      })),
      signingAlgorithm: algorithm,
      signingKey: (this.#keys as { privateKey: never }).privateKey,
    });
    // The name that other programs know it by.
    return list.toString('pem').replaceAll(' CRL-----', ' X509 CRL-----');
  }
}

/** Positive, and never the same: sixteen bytes by chance. */
function newSerial(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)));
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes.toString('hex').toUpperCase();
}

/** What a token makes: a key of its own and a request for it. */
export async function newRequest(name: string): Promise<string> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as never;
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    ...{ name: `CN=${name}`, keys, signingAlgorithm: algorithm },
  });
  return request.toString('pem');
}
