import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../../../engine/model/json.ts';
import { type Deed, type Got, jsonOf, type Notice, Provider, type Read, type Said } from './provider.ts';

const key = 'a key of the registration authority';
const operations: { readonly [kind: string]: string } = { ISSUE: 'produce', UNLOCK: 'unlock', REVOKE: 'revoke' };
const kinds = Object.fromEntries(Object.entries(operations).map(([kind, operation]) => [operation, kind]));

/** The gateway of workflows/connectors/ca: applications under a number of ours, keyed hashes both ways. */
export class RegistrationAuthority extends Provider {
  readonly id = 'ca';
  readonly env = { CERTFLOW_SECRET_CA_APP: 'hall-1', CERTFLOW_SECRET_CA_KEY: key };

  authorize({ method, path, headers, body }: Got): boolean {
    const { 'x-app': app, 'x-timestamp': time, 'x-signature': signature } = headers;
    if (app !== 'hall-1' || Math.abs(Date.now() - Number(time)) > 60_000) return false;
    return signature === hash(`${method}\n${path}\n${time}\n${body}`);
  }

  read({ method, path, body }: Got): Read | null {
    const asked = jsonOf(body);
    const [, what, number = ''] = path.split('/');
    if (what === 'certificates') return { operation: 'find', number: String(asked.number), asked };
    if (what !== 'applications') return null;
    if (method === 'GET') {
      const known = this.deeds.find((deed) => deed.number === number);
      return { operation: known?.operation ?? 'produce', number, question: true };
    }
    const operation = operations[String(asked.kind)];
    return operation === undefined
      ? null
      : { operation, number: String(asked.number), asked, notify: String(asked.notify) };
  }

  say(deed: Deed): Said {
    return { status: deed.outcome === null ? 202 : 200, body: deed.operation === 'find' ? found(deed) : stateOf(deed) };
  }

  tell(deed: Deed, at: number): Notice {
    const { number, operation, outcome, data } = deed;
    const { cause, ...others } = data;
    const unasked = cause === undefined ? { kind: 'USED' } : { kind: 'ENDED', cause: String(cause).toUpperCase() };
    const told = outcome === 'RETURNED' ? { ...unasked, ...others } : { kind: kinds[operation]!, ...stateOf(deed) };
    const body = JSON.stringify({ number, ...told });
    const headers = { 'x-timestamp': String(at), 'x-signature': hash(`${at}.${body}`) };
    return { headers: { 'content-type': 'application/json', ...headers }, body };
  }
}

const hash = (text: string): string => createHmac('sha256', key).update(text).digest('base64');

function stateOf({ outcome, data }: Deed): JsonObject {
  if (outcome === null) return { state: 'ACCEPTED' };
  if (outcome === 'FAILED') return { state: 'REFUSED', ...data };
  const { validFrom, validTo, ...others } = data;
  return {
    ...{ state: 'DONE', ...others },
    ...(validFrom === undefined ? {} : { notBefore: validFrom }),
    ...(validTo === undefined ? {} : { notAfter: validTo }),
  };
}

function found({ outcome, data }: Deed): JsonObject {
  if (outcome !== 'FOUND') return { state: outcome === 'REVOKED' ? 'REVOKED' : 'NONE' };
  const { expired, number, validTo, ...others } = data;
  return { state: expired === true ? 'EXPIRED' : 'VALID', subjectNumber: number!, notAfter: validTo!, ...others };
}
