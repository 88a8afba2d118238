import { createSign, createVerify, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../../engine/model/json.ts';
import { type Deed, type Got, jsonOf, type Notice, Provider, type Read, type Said } from './provider.ts';

const pem = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};
const keys = () => generateKeyPairSync('rsa', { modulusLength: 2048, ...pem } as never) as never as Keys;
interface Keys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const fields: { readonly [ours: string]: string } = { accountName: 'NAME', branch: 'BRANCH', accountNumber: 'ACCOUNT' };

/** The gateway of workflows/connectors/bank: RSA both ways over method, path, time, nonce and body; nonces once. */
export class Bank extends Provider {
  readonly id = 'bank';
  readonly #merchant = keys();
  readonly #own = keys();
  readonly #nonces = new Set<string>();
  readonly env = {
    CERTFLOW_SECRET_BANK_MERCHANT: 'M-1001',
    CERTFLOW_SECRET_BANK_PRIVATE_KEY: this.#merchant.privateKey,
    CERTFLOW_SECRET_BANK_PUBLIC_KEY: this.#own.publicKey,
  };

  authorize({ method, path, headers, body }: Got): boolean {
    const { 'x-merchant': merchant, 'x-timestamp': time, 'x-nonce': nonce, 'x-signature': signature } = headers;
    if (merchant !== 'M-1001' || Math.abs(Date.now() / 1000 - Number(time)) > 60) return false;
    if (this.#nonces.has(String(nonce))) return false;
    this.#nonces.add(String(nonce));
    return createVerify('RSA-SHA256')
      .update(`${method}\n${path}\n${time}\n${nonce}\n${body}\n`)
      .verify(this.#merchant.publicKey, String(signature), 'base64');
  }

  read({ method, path, body }: Got): Read | null {
    const asked = jsonOf(body);
    const [, kind, number = '', deed] = path.split('/');
    const operation = kind === 'transfers' ? 'refund' : 'microDeposit';
    if (kind !== 'transfers' && kind !== 'small-transfers') return null;
    if (deed === 'confirmations') return { operation: 'confirmDeposit', number: String(asked.number), asked };
    if (method === 'GET') return { operation, number, question: true };
    return { operation, number: String(asked.number), asked, notify: String(asked.notify) };
  }

  say({ operation, outcome, data }: Deed): Said {
    if (operation === 'confirmDeposit') return { status: 200, body: { result: outcome, ...data } };
    if (outcome === 'LATER') return { status: 409, body: { state: 'REFUSED', ...data } };
    return { status: outcome === null ? 202 : 200, body: stateOf(outcome, data) };
  }

  tell(deed: Deed, at: number): Notice {
    const kind = deed.operation === 'refund' ? 'TRANSFER' : 'SMALL';
    const state = deed.outcome === 'RETURNED' ? { state: 'RETURNED', ...deed.data } : stateOf(deed.outcome, deed.data);
    const body = JSON.stringify({ number: deed.number, kind, ...state });
    const time = String(Math.floor(at / 1000));
    const nonce = randomUUID();
    const signature = createSign('RSA-SHA256')
      .update(`${time}\n${nonce}\n${body}\n`)
      .sign(this.#own.privateKey, 'base64');
    const headers = {
      'content-type': 'application/json',
      'x-timestamp': time,
      'x-nonce': nonce,
      'x-signature': signature,
    };
    return { headers, body };
  }
}

function stateOf(outcome: string | null, data: JsonObject): JsonObject {
  if (outcome === null) return { state: 'ACCEPTED' };
  if (outcome === 'OK') return { state: 'PAID', ...data };
  const { field, ...others } = data;
  return { state: 'REFUSED', ...others, ...(field === undefined ? {} : { field: fields[String(field)] ?? 'OTHER' }) };
}
