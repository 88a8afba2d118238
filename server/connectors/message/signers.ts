import { createHash, createHmac } from 'node:crypto';

/**
 * Signatures of two clouds' interfaces, from their public documentation; compared with their SDKs in
 * tests/server/connectors/message.
 */
const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const keyed = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();

export interface Signed {
  readonly method: string;
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  /** All that are signed, lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** RFC 3986, as both clouds want it. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function queryOf(query: Signed['query']): string {
  return Object.keys(query)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(query[name]!)}`)
    .join('&');
}

function canonical({ method, path, query, headers, body }: Signed): { request: string; names: string } {
  const sorted = Object.keys(headers).sort();
  const lines = sorted.map((name) => `${name}:${headers[name]!.trim()}\n`).join('');
  const names = sorted.join(';');
  return { request: [method, path, queryOf(query), lines, names, hash(body)].join('\n'), names };
}

/** Aliyun, ACS3-HMAC-SHA256. `x-acs-content-sha256` is among the headers. @returns the `Authorization` header */
export function aliyunAuthorization(signed: Signed, key: { readonly id: string; readonly secret: string }): string {
  const { request, names } = canonical(signed);
  const signature = keyed(key.secret, `ACS3-HMAC-SHA256\n${hash(request)}`).toString('hex');
  return `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${names},Signature=${signature}`;
}

/** Tencent Cloud, TC3-HMAC-SHA256. @param timestamp seconds @returns the `Authorization` header */
export function tencentAuthorization(
  signed: Signed,
  service: string,
  timestamp: number,
  key: { readonly id: string; readonly secret: string },
): string {
  const { request, names } = canonical(signed);
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const day = keyed(keyed(keyed(`TC3${key.secret}`, date), service), 'tc3_request');
  const signature = keyed(day, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hash(request)}`).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}

export const sha256 = hash;
