import { zoneMinutes } from '../../../engine/zone.ts';
import { type Parameters, sorted } from '../sorted.ts';
import { isSignedByRsa, signRsa } from './rsa.ts';

/*
 * Signatures of the Alipay open platform (RSA2), its money and its time, for both sides: sorted `name=value` joined by `&`, SHA-256 with RSA. Source:
 * the provider's public documentation; compared with the provider's SDK in tests/server/connectors/payment.
 */
export type { Parameters } from '../sorted.ts';

/** A request's signature covers `sign_type`, a message's does not. */
const leftOutOf = { request: ['sign'], message: ['sign', 'sign_type'] } as const;

export function signParameters(kind: keyof typeof leftOutOf, parameters: Parameters, privateKey: string): string {
  return signRsa(sorted(parameters, leftOutOf[kind]), privateKey);
}

export function areSigned(kind: keyof typeof leftOutOf, parameters: Parameters, publicKey: string): boolean {
  return isSignedByRsa(sorted(parameters, leftOutOf[kind]), parameters.sign ?? '', publicKey);
}

/** The provider's money, `280.00`, in fen; null when it is none. Never by floating point. */
export function fenOf(yuan: unknown): number | null {
  const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(yuan ?? '')) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

export function yuanOf(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

const zone = zoneMinutes * 60_000;

/** `2026-11-28 21:00:00` in the provider's zone. */
export function written(time: number): string {
  return new Date(time + zone).toISOString().slice(0, 19).replace('T', ' ');
}

/** The provider's written time in ms; null when it is none. */
export function timeOf(text: unknown): number | null {
  const [, date, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(String(text ?? '')) ?? [];
  const found = Date.parse(`${date}T${time}Z`) - zone;
  return Number.isNaN(found) ? null : found;
}

/** The signed part of an answer: the very characters between the response's name and the signature. */
export function signedPart(body: string, name: string): string | null {
  const start = body.indexOf(`"${name}":`);
  if (start < 0) return null;
  const from = start + name.length + 3;
  let depth = 0;
  let quoted = false;
  for (let at = from; at < body.length; at += 1) {
    const char = body[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return body.slice(from, at + 1).trimStart();
    }
  }
  return null;
}
