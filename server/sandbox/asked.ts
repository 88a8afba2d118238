import type { JsonObject } from '../../engine/model/json.ts';

/** A request to a payment platform in the words of our contract. */
export interface Asked {
  readonly operation: string;
  /** Our number of the order or of the refund. */
  readonly number: string;
  readonly input: JsonObject;
}

/** Which operation of the contract a request is; null for certificates and for questions about refunds. */
export function operationOf(method: string, url: string, body: string): Asked | null {
  try {
    return method === 'POST' || method === 'GET' ? read(method, url, body) : null;
  } catch {
    return null;
  }
}

function read(method: string, url: string, body: string): Asked | null {
  const path = new URL(url, 'http://platform').pathname;
  if (path.startsWith('/v3/')) {
    const content = method === 'POST' && body !== '' ? (JSON.parse(body) as JsonObject) : {};
    const number = /out-trade-no\/([^/]+)/.exec(path)?.[1] ?? '';
    if (path === '/v3/pay/transactions/native')
      return { operation: 'createOrder', number: String(content.out_trade_no), input: { amount: totalOf(content) } };
    if (number !== '' && path.endsWith('/close')) return { operation: 'close', number, input: { orderNumber: number } };
    if (number !== '') return { operation: 'query', number, input: { orderNumber: number } };
    if (method === 'POST' && path === '/v3/refund/domestic/refunds') {
      const input = {
        transaction: String(content.transaction_id),
        amount: Number((content.amount as JsonObject)?.refund),
      };
      return { operation: 'refund', number: String(content.out_refund_no), input };
    }
    return null;
  }
  const form = new URLSearchParams(body);
  const content = JSON.parse(form.get('biz_content') ?? '{}') as JsonObject;
  const operation = (
    { precreate: 'createOrder', query: 'query', close: 'close', refund: 'refund' } as { [word: string]: string }
  )[/^alipay\.trade\.(\w+)$/.exec(form.get('method') ?? '')?.[1] ?? ''];
  if (operation === undefined) return null;
  const number = String(content.out_trade_no ?? content.out_request_no ?? '');
  return {
    operation,
    number,
    input: operation === 'refund' ? { transaction: String(content.trade_no) } : { orderNumber: number },
  };
}

function totalOf(content: JsonObject): number {
  return Number((content.amount as JsonObject | undefined)?.total ?? 0);
}
