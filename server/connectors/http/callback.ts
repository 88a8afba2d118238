import { type Scope, typeOfSchema } from '../../../engine/expressions/index.ts';
import type { ConnectorDefinition } from '../../../engine/model/definition.ts';
import type { HttpBinding, HttpCallback } from '../../../engine/model/http.ts';
import type { Json } from '../../../engine/model/json.ts';
import type { Received, RefusalReason, Taken, Told } from '../connector.ts';
import { type Credentials, MissingCredential } from '../outside/credentials.ts';
import type { References } from '../outside/references.ts';
import { sorted } from '../sorted.ts';
import { evaluated, filled, holds, MappingFailed } from './mapping.ts';
import { at, parametersOf } from './parameters.ts';
import { isSigned } from './signed.ts';

/** Nothing of a message is believed before its signature over the raw body, or over all its parameters, and its time are right. */
export async function receive(
  contract: ConnectorDefinition & { readonly http: HttpBinding },
  message: Received,
  { credentials, references }: { readonly credentials: Credentials; readonly references: References },
): Promise<Taken> {
  const { callback } = contract.http;
  if (!callback) return refused(404, 'shape');
  const { headers, method, path } = message;
  const body = bodyOf(callback, message.body);
  // Parameters are looked at before they are believed where signature or time stand among them.
  const parameters = parametersOf(body);
  const time = at(callback.time, headers, parameters);
  const sent = callback.time.unit === 'seconds' ? Number(time) * 1000 : Number(time);
  const signing = callback.hmac ?? callback.rsa;
  const ordered = sorted(parameters, signing?.field === undefined ? [] : [signing.field]);
  const id = at(callback.id, headers, parameters);
  const places = { method, path, time, id, body: message.body, sorted: ordered };
  try {
    if (!isSigned(callback, places, at(signing, headers, parameters), credentials)) return refused(401, 'signature');
  } catch (error) {
    // Nothing to check it with: it may be true, and its sender repeats it.
    if (error instanceof MissingCredential) return refused(503, 'unverified');
    throw error;
  }
  if (!/^\d{1,15}$/.test(time) || Math.abs(message.now - sent) > callback.time.within) return refused(401, 'replay');
  if (body === undefined) return refused(400, 'shape');

  const scope: Scope = {
    values: { body, headers: { ...message.headers }, query: { ...message.query } },
    types: { body: { type: typeOfSchema(callback.body), optional: false } },
  };
  try {
    const reference = String(evaluated(callback.reference, scope) ?? '');
    const found = await references.find(reference);
    if (!found || found.connector !== contract.id) return refused(404, 'orphan');
    const { caseId, operation, call, generation } = found;
    const told: Told[] = [];
    for (const result of callback.results) {
      if (!holds(result.if, scope)) continue;
      const data = filled(result.data, scope);
      const { outcome, event } = result;
      if (event !== undefined) told.push({ kind: 'event', caseId, event, data });
      else if (outcome !== undefined)
        told.push({ kind: 'outcome', caseId, operation, call, generation, outcome, data });
      break;
    }
    if (told.length === 0) return refused(422, 'shape', reference);
    return { reply: replyOf(callback), told };
  } catch (error) {
    if (error instanceof MappingFailed) return refused(422, 'shape');
    throw error;
  }
}

function refused(status: number, reason: RefusalReason, reference?: string): Taken {
  return { reply: { status }, refused: { reason, ...(reference === undefined ? {} : { reference }) } };
}

function replyOf({ reply }: HttpCallback): Taken['reply'] {
  if (reply?.text !== undefined) return { status: 200, type: 'text/plain', text: reply.text };
  return { status: 200, type: 'application/json', text: JSON.stringify(reply?.json ?? {}) };
}

function bodyOf(callback: HttpCallback, bytes: Buffer): Json | undefined {
  const text = bytes.toString('utf8');
  if (callback.as === 'form') return Object.fromEntries(new URLSearchParams(text));
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
