import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../../../engine/model/json.ts';
import { type Deed, type Got, jsonOf, type Notice, Provider, type Read, type Said } from './provider.ts';

const key = 'a key of the gateway for PINs';
const hash = (text: string): string => createHmac('sha256', key).update(text).digest('base64');

/** The gateway of workflows/connectors/pin: one delivery for one number, keyed hashes both ways. */
export class Pin extends Provider {
  readonly id = 'pin';
  readonly env = { CERTFLOW_SECRET_PIN_APP: 'hall-1', CERTFLOW_SECRET_PIN_KEY: key };

  authorize({ method, path, headers, body }: Got): boolean {
    const { 'x-app': app, 'x-timestamp': time, 'x-signature': signature } = headers;
    if (app !== 'hall-1' || Math.abs(Date.now() - Number(time)) > 60_000) return false;
    return signature === hash(`${method}\n${path}\n${time}\n${body}`);
  }

  read({ method, path, body }: Got): Read | null {
    const [, what, number = ''] = path.split('/');
    if (what !== 'deliveries') return null;
    if (method === 'GET') return { operation: 'send', number, question: true };
    const asked = jsonOf(body);
    return { operation: 'send', number: String(asked.number), asked, notify: String(asked.notify) };
  }

  say(deed: Deed): Said {
    return { status: deed.outcome === null ? 202 : 200, body: stateOf(deed) };
  }

  tell(deed: Deed, at: number): Notice {
    const body = JSON.stringify({ number: deed.number, ...stateOf(deed) });
    const headers = { 'x-timestamp': String(at), 'x-signature': hash(`${at}.${body}`) };
    return { headers: { 'content-type': 'application/json', ...headers }, body };
  }
}

function stateOf({ outcome, data }: Deed): JsonObject {
  if (outcome === null) return { state: 'ACCEPTED' };
  return outcome === 'SENT' ? { state: 'SENT' } : { state: 'REFUSED', ...data };
}
