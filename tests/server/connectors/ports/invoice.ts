import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../../../engine/model/json.ts';
import { type Deed, type Got, jsonOf, type Notice, Provider, type Read, type Said } from './provider.ts';

/** The platform of workflows/connectors/invoice: tokens that end, invoices in yuan by a serial of ours, results that come later. */
export class Invoice extends Provider {
  readonly id = 'invoice';
  readonly env = {
    CERTFLOW_SECRET_INVOICE_CLIENT: 'hall',
    CERTFLOW_SECRET_INVOICE_SECRET: 'a secret & more',
    CERTFLOW_SECRET_INVOICE_KEY: 'a key for messages',
  };
  /** Tokens that were given, the last one is good. */
  readonly tokens: string[] = [];

  override before({ path, headers, body }: Got): Said | null {
    if (path !== '/oauth/token') return null;
    const [user = '', password = ''] = Buffer.from(String(headers.authorization).replace('Basic ', ''), 'base64')
      .toString()
      .split(':')
      .map(decodeURIComponent);
    const isRight = user === 'hall' && password === 'a secret & more' && body === 'grant_type=client_credentials';
    if (!isRight) return { status: 401, body: { error: 'invalid_client' } };
    this.tokens.push(`token-${this.tokens.length + 1}`);
    return { status: 200, body: { access_token: this.tokens.at(-1)!, token_type: 'Bearer', expires_in: 7_200 } };
  }

  /** Takes the token back before its time. */
  revoke(): void {
    this.tokens.push('nobody has this one');
  }

  authorize({ headers }: Got): boolean {
    return headers.authorization === `Bearer ${this.tokens.at(-1)}`;
  }

  read({ method, path, body }: Got): Read | null {
    const asked = jsonOf(body);
    const [, kind, number = ''] = path.split('/');
    const operation = kind === 'invoices' ? 'issue' : kind === 'red-letters' ? 'reverse' : null;
    if (operation === null) return null;
    if (method === 'GET') return { operation, number, question: true };
    return { operation, number: String(asked.serial), asked, notify: String(asked.notify) };
  }

  say(deed: Deed): Said {
    return { status: 200, body: stateOf(deed) };
  }

  tell(deed: Deed, at: number): Notice {
    const kind = deed.operation === 'issue' ? 'BLUE' : 'RED';
    const body = JSON.stringify({ serial: deed.number, kind, ...stateOf(deed) });
    const signature = createHmac('sha256', 'a key for messages').update(`${at}.${body}`).digest('base64');
    return {
      headers: { 'content-type': 'application/json', 'x-timestamp': String(at), 'x-signature': signature },
      body,
    };
  }
}

function stateOf({ outcome, data }: Deed): JsonObject {
  if (outcome === null) return { state: 'ISSUING' };
  return outcome === 'FAILED' ? { state: 'FAILED', ...data } : { state: 'ISSUED', ...data };
}
