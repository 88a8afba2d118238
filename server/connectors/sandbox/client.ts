import type { JsonObject } from '../../../engine/model/json.ts';
import { traceHeaders } from '../../trace/place.ts';
import type { Connector, Outcome, RequestContext } from '../connector.ts';
import { TechnicalFailure } from '../failure.ts';
import { sign } from '../signature.ts';

/** Where the sandbox answers; null while it is starting or down. */
export interface SandboxAddress {
  readonly secret: string;
  url(): string | null;
}

/** As long as a real provider would be waited for. */
const patience = 10_000;

/**
 * Speaks to the sandbox as a real client would to its provider: over the network, signed, with the idempotency key,
 * and with everything that can go wrong there. One class serves every contract, since the sandbox reads the contract too.
 */
export class SandboxConnector implements Connector {
  readonly id: string;
  private readonly sandbox: SandboxAddress;

  constructor(id: string, sandbox: SandboxAddress) {
    this.id = id;
    this.sandbox = sandbox;
  }

  perform(operation: string, input: JsonObject, request: RequestContext): Promise<Outcome | 'pending'> {
    return this.ask(operation, { input, request: { ...request } });
  }

  poll(operation: string, request: RequestContext): Promise<Outcome | 'pending'> {
    return this.ask(operation, { poll: true, request: { ...request } });
  }

  private async ask(operation: string, body: object): Promise<Outcome | 'pending'> {
    const where = `${this.id}.${operation}`;
    const base = this.sandbox.url();
    if (base === null) throw new TechnicalFailure(where, 'the sandbox is not running');
    const path = `/operations/${encodeURIComponent(this.id)}/${encodeURIComponent(operation)}`;
    const text = JSON.stringify(body);
    let answer: Response;
    try {
      answer = await fetch(`${base}${path}`, {
        method: 'POST',
        headers: {
          ...traceHeaders(),
          'content-type': 'application/json',
          ...sign(this.sandbox.secret, path, text, Date.now()),
        },
        body: text,
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
      });
    } catch (error) {
      throw new TechnicalFailure(where, error instanceof Error ? error.message : 'no answer');
    }
    if (!answer.ok) throw new TechnicalFailure(where, `HTTP ${answer.status}`);
    const result: unknown = await answer.json().catch(() => null);
    if (typeof result !== 'object' || result === null) throw new TechnicalFailure(where, 'not JSON');
    if ('pending' in result) return 'pending';
    if (!('outcome' in result) || typeof result.outcome !== 'string') throw new TechnicalFailure(where, 'no outcome');
    const data = 'data' in result && typeof result.data === 'object' && result.data !== null ? result.data : {};
    return { outcome: result.outcome, data: data as JsonObject };
  }
}
