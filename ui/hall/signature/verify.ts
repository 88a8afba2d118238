import { ContentInfo, id_signedData, SignedData, type SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { type Certificate, type Name, SubjectKeyIdentifier } from '@peculiar/asn1-x509';

/**
 * Looks at a PKCS#7 / CMS signature in the browser: nothing leaves the device. It says who signed by the certificate in it,
 * whether that is within its dates, and whether the content is what was signed. It asks nobody whether the issuer can be
 * trusted or has revoked the certificate.
 */
export interface Signature {
  /** The content stands in the signature, or comes as a file of its own. */
  readonly kind: 'attached' | 'detached';
  readonly signers: readonly Signer[];
}

export interface Signer {
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** Epoch ms. */
  readonly validFrom: number;
  readonly validTo: number;
  readonly dates: 'valid' | 'early' | 'expired';
  /** As the signer's own clock said, epoch ms; null when it says nothing. */
  readonly signedAt: number | null;
  /** `no-content`: detached, and no file was chosen; `unsupported`: an algorithm that browsers do not know. */
  readonly content: 'intact' | 'changed' | 'no-content' | 'unsupported';
}

/** The file is no such signature, or names no certificate. */
export class Unreadable extends Error {}

const messageDigest = '1.2.840.113549.1.9.4';
const signingTime = '1.2.840.113549.1.9.5';
const hashes: { readonly [oid: string]: string } = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
const curves: { readonly [oid: string]: readonly [name: string, bytes: number] } = {
  '1.2.840.10045.3.1.7': ['P-256', 32],
  '1.3.132.0.34': ['P-384', 48],
  '1.3.132.0.35': ['P-521', 66],
};
const words: { readonly [oid: string]: string } = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.5': 'serialNumber',
};

/** @param content the file that was signed, for a detached signature @param now epoch ms @throws Unreadable */
export async function readSignature(file: Uint8Array, content: Uint8Array | null, now: number): Promise<Signature> {
  const signed = parse(file);
  const own = signed.encapContentInfo.eContent;
  const inside = own?.single ? new Uint8Array(own.single.buffer) : own?.any ? inner(own.any) : null;
  const certificates = [...(signed.certificates ?? [])].flatMap((one) => one.certificate ?? []);
  const signers: Signer[] = [];
  for (const info of signed.signerInfos) {
    const certificate = certificates.find((one) => belongs(info, one));
    if (!certificate) throw new Unreadable();
    signers.push(await signerOf(info, certificate, inside ?? content, now));
  }
  if (signers.length === 0) throw new Unreadable();
  return { kind: inside ? 'attached' : 'detached', signers };
}

function parse(file: Uint8Array): SignedData {
  try {
    const info = AsnConvert.parse(binary(file), ContentInfo);
    if (info.contentType !== id_signedData) throw new Unreadable();
    return AsnConvert.parse(info.content, SignedData);
  } catch {
    throw new Unreadable();
  }
}

/** PEM and bare Base64 are read as well. */
function binary(file: Uint8Array): Uint8Array {
  if (file[0] === 0x30) return file;
  const text = new TextDecoder().decode(file).replace(/-----[^-]*-----/g, '');
  return Uint8Array.from(atob(text.replace(/\s/g, '')), (sign) => sign.charCodeAt(0));
}

function inner(any: ArrayBuffer): Uint8Array {
  return new Uint8Array(AsnConvert.parse(any, OctetString).buffer);
}

function belongs({ sid }: SignerInfo, { tbsCertificate }: Certificate): boolean {
  if (sid.issuerAndSerialNumber) {
    const { issuer, serialNumber } = sid.issuerAndSerialNumber;
    return hex(serialNumber) === hex(tbsCertificate.serialNumber) && nameOf(issuer) === nameOf(tbsCertificate.issuer);
  }
  const wanted = sid.subjectKeyIdentifier;
  const own = tbsCertificate.extensions?.find((one) => one.extnID === '2.5.29.14');
  return !!wanted && !!own && hex(wanted.buffer) === hex(AsnConvert.parse(own.extnValue, SubjectKeyIdentifier).buffer);
}

async function signerOf(
  info: SignerInfo,
  certificate: Certificate,
  content: Uint8Array | null,
  now: number,
): Promise<Signer> {
  const { subject, issuer, serialNumber, validity } = certificate.tbsCertificate;
  const [validFrom, validTo] = [validity.notBefore.getTime().getTime(), validity.notAfter.getTime().getTime()];
  const time = attribute(info, signingTime);
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    serial: hex(serialNumber),
    validFrom,
    validTo,
    dates: now < validFrom ? 'early' : now > validTo ? 'expired' : 'valid',
    signedAt: time ? timeOf(time) : null,
    content: content === null ? 'no-content' : await compare(info, certificate, content),
  };
}

async function compare(info: SignerInfo, certificate: Certificate, content: Uint8Array): Promise<Signer['content']> {
  const hash = hashes[info.digestAlgorithm.algorithm];
  const keys = keyOf(info, certificate, hash ?? '');
  if (!hash || !keys) return 'unsupported';
  let signedBytes = content;
  if (info.signedAttrs) {
    const digest = attribute(info, messageDigest);
    const own = new Uint8Array(await crypto.subtle.digest(hash, content as BufferSource));
    if (!digest || hex(AsnConvert.parse(digest, OctetString).buffer) !== hex(own)) return 'changed';
    signedBytes = asSet(info.signedAttrs.map((one) => new Uint8Array(AsnConvert.serialize(one))));
  }
  const spki = AsnConvert.serialize(certificate.tbsCertificate.subjectPublicKeyInfo);
  try {
    const key = await crypto.subtle.importKey('spki', spki, keys.imported, false, ['verify']);
    const isSigned = await crypto.subtle.verify(keys.verified, key, keys.signature, signedBytes as BufferSource);
    return isSigned ? 'intact' : 'changed';
  } catch {
    return 'unsupported';
  }
}

/** The attributes are signed as a SET; in the signature they stand under a tag of their own. */
function asSet(parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const length: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  const head = size < 128 ? [0x31, size] : [0x31, 0x80 + length.length, ...length];
  const out = new Uint8Array(head.length + size);
  out.set(head);
  let at = head.length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

interface Keys {
  readonly imported: RsaHashedImportParams | EcKeyImportParams;
  readonly verified: AlgorithmIdentifier | RsaPssParams | EcdsaParams;
  readonly signature: BufferSource;
}

/** How the key is used; null for what browsers do not know. */
function keyOf(info: SignerInfo, certificate: Certificate, hash: string): Keys | null {
  const { algorithm } = info.signatureAlgorithm;
  const signature = info.signature.buffer;
  if (algorithm === '1.2.840.113549.1.1.10') {
    const saltLength = saltOf(info.signatureAlgorithm.parameters);
    return { imported: { name: 'RSA-PSS', hash }, verified: { name: 'RSA-PSS', saltLength }, signature };
  }
  if (algorithm.startsWith('1.2.840.113549.1.1.'))
    return { imported: { name: 'RSASSA-PKCS1-v1_5', hash }, verified: { name: 'RSASSA-PKCS1-v1_5' }, signature };
  const parameters = certificate.tbsCertificate.subjectPublicKeyInfo.algorithm.parameters;
  const curve = parameters ? curves[objectId(parameters)] : undefined;
  if (!algorithm.startsWith('1.2.840.10045.4.') || !curve) return null;
  const [namedCurve, bytes] = curve;
  return {
    imported: { name: 'ECDSA', namedCurve },
    verified: { name: 'ECDSA', hash },
    signature: plainPair(new Uint8Array(signature), bytes) as BufferSource,
  };
}

/** `[2] INTEGER` of RSASSA-PSS-params; 20 where it is not said. */
function saltOf(parameters: ArrayBuffer | null | undefined): number {
  const der = new Uint8Array(parameters ?? []);
  for (let at = (der[1] ?? 0) < 0x80 ? 2 : 2 + ((der[1] ?? 0) & 0x7f); at < der.length; at += 2 + (der[at + 1] ?? 0))
    if (der[at] === 0xa2)
      return der.slice(at + 4, at + 2 + (der[at + 1] ?? 0)).reduce((sum, byte) => sum * 256 + byte, 0);
  return 20;
}

/** `SEQUENCE { r, s }` as browsers want it: both numbers at their full length. */
function plainPair(der: Uint8Array, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes * 2);
  let at = der[1] === 0x81 ? 3 : 2;
  for (const place of [0, 1]) {
    const length = der[at + 1] ?? 0;
    const number = der.slice(at + 2, at + 2 + length);
    const trimmed = number.length > bytes ? number.slice(number.length - bytes) : number;
    out.set(trimmed, bytes * (place + 1) - trimmed.length);
    at += 2 + length;
  }
  return out;
}

function objectId(der: ArrayBuffer): string {
  const bytes = new Uint8Array(der).slice(2);
  const parts: number[] = [Math.floor((bytes[0] ?? 0) / 40), (bytes[0] ?? 0) % 40];
  let value = 0;
  for (const byte of bytes.slice(1)) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      parts.push(value);
      value = 0;
    }
  }
  return parts.join('.');
}

function attribute(info: SignerInfo, type: string): ArrayBuffer | undefined {
  return info.signedAttrs?.find((one) => one.attrType === type)?.attrValues[0];
}

/** UTCTime or GeneralizedTime. */
function timeOf(der: ArrayBuffer): number | null {
  const bytes = new Uint8Array(der);
  const text = new TextDecoder().decode(bytes.slice(2));
  const full = bytes[0] === 0x17 ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(full) ?? [];
  return y === undefined ? null : Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
}

function nameOf(name: Name): string {
  return [...name]
    .flatMap((part) => [...part])
    .map(({ type, value }) => `${words[type] ?? type}=${value.toString()}`)
    .join(', ');
}

function hex(buffer: ArrayBuffer | Uint8Array): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
