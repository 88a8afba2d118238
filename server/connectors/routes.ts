import { Router, raw } from 'express';
import type { ConnectorDefinition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Inbox } from './connector.ts';
import { checkOutcome, eventProblem } from './contract.ts';
import { verify } from './signature.ts';

export interface ConnectorRouteDeps {
  /** The sandbox's secret and its pages; null in production. */
  readonly sandbox: { readonly secret: string; readonly proxy: Router } | null;
  readonly inbox: Inbox;
  /** The contract that the case's own release holds; null when case or connector is unknown. */
  contractOf(caseId: string, connector: string): Promise<ConnectorDefinition | null>;
  /** The server's clock, which a sandbox may advance. */
  readonly clock: { now(): number; advance(ms: number): void | Promise<void> };
}

const year = 366 * 86_400_000;

/**
 * What other systems call, and the sandbox's pages. To be mounted before body parsers and the check of origins: a caller is
 * known by its signature over the raw body, not by a cookie.
 */
export function connectorRoutes(deps: ConnectorRouteDeps): Router {
  const router = Router();
  const { sandbox } = deps;
  if (sandbox === null) return router;
  const body = raw({ type: () => true, limit: '256kb' });

  router.post('/connectors/:connector/callback', body, async (req, res) => {
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    // Freshness is a matter of real time, whatever the sandbox has made of the server's clock.
    if (!verify(sandbox.secret, req.originalUrl, bytes, req.headers, Date.now())) {
      res.status(401).json({ error: { code: 'bad-signature', message: '签名不符' } });
      return;
    }
    const connector = req.params.connector ?? '';
    const message = parse(bytes);
    if (message === null) {
      res.status(400).json({ error: { code: 'bad-request', message: '不是约定的消息' } });
      return;
    }
    const contract = await deps.contractOf(message.caseId, connector);
    if (contract === null) {
      res.status(404).json({ error: { code: 'not-found', message: '没有这个业务单' } });
      return;
    }
    if (message.kind === 'event') {
      const wrong = eventProblem(contract, message.event, message.data);
      if (wrong !== null) {
        res.status(422).json({ error: { code: 'contract', message: wrong } });
        return;
      }
      const taken = await deps.inbox.event(connector, message.event, { caseId: message.caseId }, message.data);
      res.status(taken ? 200 : 404).json({ taken });
      return;
    }
    try {
      checkOutcome(contract, message.operation, { outcome: message.outcome, data: message.data });
    } catch (error) {
      res.status(422).json({ error: { code: 'contract', message: error instanceof Error ? error.message : '' } });
      return;
    }
    const { caseId, call, generation, outcome, data } = message;
    await deps.inbox.outcome({ caseId, call, generation }, { outcome, data });
    res.json({ taken: true });
  });

  router.get('/connectors/clock', (req, res) => {
    if (!verify(sandbox.secret, req.originalUrl, '', req.headers, Date.now())) res.status(401).end();
    else res.json({ now: deps.clock.now() });
  });

  router.post('/connectors/clock', body, async (req, res) => {
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    if (!verify(sandbox.secret, req.originalUrl, bytes, req.headers, Date.now())) {
      res.status(401).end();
      return;
    }
    const { advance } = json(bytes) ?? {};
    if (typeof advance !== 'number' || !Number.isInteger(advance) || advance < 0 || advance > year) {
      res.status(400).json({ error: { code: 'bad-request', message: '时间只能往前拨，最多一年' } });
      return;
    }
    await deps.clock.advance(advance);
    res.json({ now: deps.clock.now() });
  });

  router.use('/sandbox', sandbox.proxy);
  return router;
}

/** What a caller may tell: the result of a request, or data unasked. */
type Callback =
  | { readonly kind: 'event'; readonly caseId: string; readonly event: string; readonly data: JsonObject }
  | {
      readonly kind: 'outcome';
      readonly caseId: string;
      readonly operation: string;
      readonly call: string;
      readonly generation: number;
      readonly outcome: string;
      readonly data: JsonObject;
    };

function parse(bytes: Buffer): Callback | null {
  const message = json(bytes);
  if (message === null || typeof message.caseId !== 'string') return null;
  const data = message.data ?? {};
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const { caseId, event, operation, call, generation, outcome } = message;
  if (typeof event === 'string') return { kind: 'event', caseId, event, data };
  if (typeof operation !== 'string' || typeof call !== 'string' || typeof outcome !== 'string') return null;
  if (typeof generation !== 'number') return null;
  return { kind: 'outcome', caseId, operation, call, generation, outcome, data };
}

function json(bytes: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
