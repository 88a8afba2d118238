import { type Request, type Response, Router, raw } from 'express';
import type { ConnectorDefinition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { isObject } from '../json.ts';
import type { Inbox, Received, Taken, Told } from './connector.ts';
import { checkOutcome, eventProblem } from './contract.ts';
import type { Refusals } from './outside/refusals.ts';
import { verify } from './signature.ts';

export interface ConnectorRouteDeps {
  /** The sandbox's secret and its pages; null in production. */
  readonly sandbox: { readonly secret: string; readonly proxy: Router } | null;
  readonly inbox: Inbox;
  /** The contract that the case's own release holds; null when case or connector is unknown. */
  contractOf(caseId: string, connector: string): Promise<ConnectorDefinition | null>;
  /** The clients of this server, for messages of real providers. */
  readonly clients?: {
    /** Null when none hears this connector's messages. */
    receive(connector: string, message: Received): Promise<Taken | null>;
    readonly refusals: Pick<Refusals, 'record'>;
  };
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
  const body = raw({ type: () => true, limit: '256kb' });

  router.all('/connectors/:connector/callback{/:part}', body, async (req: Request, res: Response) => {
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const connector = String(req.params.connector ?? '');
    const taken = await deps.clients?.receive(connector, receivedOf(req, bytes));
    if (taken) await answerClient(deps, connector, taken, res);
    else if (sandbox !== null && req.method === 'POST')
      await answerSandbox(deps, sandbox.secret, connector, bytes, req, res);
    else res.status(404).end();
  });
  if (sandbox === null) return router;

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

function receivedOf(req: Request, body: Buffer): Received {
  const headers = Object.entries(req.headers).map(([name, value]) => [name, String(value)] as const);
  const query = Object.entries(req.query).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return {
    part: String(req.params.part ?? ''),
    method: req.method,
    path: req.originalUrl,
    headers: Object.fromEntries(headers),
    query: Object.fromEntries(query),
    body,
    now: Date.now(),
  };
}

/** What a client believed is told to the case; what it did not is noted down. */
async function answerClient(deps: ConnectorRouteDeps, connector: string, taken: Taken, res: Response): Promise<void> {
  const { refused, told = [], reply } = taken;
  if (refused) deps.clients?.refusals.record({ connector, ...refused });
  for (const one of told) {
    const status = await tell(deps, connector, one);
    if (status === 200) continue;
    deps.clients?.refusals.record({ connector, reason: status === 404 ? 'orphan' : 'shape' });
    res.status(status).end();
    return;
  }
  await taken.done?.();
  res.status(reply.status);
  if (reply.text === undefined) res.end();
  else res.type(reply.type ?? 'text/plain').send(reply.text);
}

/** @returns 200 when the case has it, 404 without such a case, 422 when the contract does not know what is told. */
async function tell(deps: ConnectorRouteDeps, connector: string, told: Told): Promise<200 | 404 | 422> {
  const contract = await deps.contractOf(told.caseId, connector);
  if (contract === null) return 404;
  if (told.kind === 'event') {
    if (eventProblem(contract, told.event, told.data) !== null) return 422;
    return (await deps.inbox.event(connector, told.event, { caseId: told.caseId }, told.data)) ? 200 : 404;
  }
  const { caseId, call, generation, outcome, data } = told;
  try {
    checkOutcome(contract, told.operation, { outcome, data });
  } catch {
    return 422;
  }
  await deps.inbox.outcome({ caseId, call, generation }, { outcome, data });
  return 200;
}

async function answerSandbox(
  deps: ConnectorRouteDeps,
  secret: string,
  connector: string,
  bytes: Buffer,
  req: Request,
  res: Response,
): Promise<void> {
  // Freshness is a matter of real time, whatever the sandbox has made of the server's clock.
  if (!verify(secret, req.originalUrl, bytes, req.headers, Date.now())) {
    res.status(401).json({ error: { code: 'bad-signature', message: '签名不符' } });
    return;
  }
  const message = parse(bytes);
  if (message === null) {
    res.status(400).json({ error: { code: 'bad-request', message: '不是约定的消息' } });
    return;
  }
  const status = await tell(deps, connector, message);
  if (status === 200) res.json({ taken: true });
  else if (status === 404) res.status(404).json({ error: { code: 'not-found', message: '没有这个业务单' } });
  else res.status(422).json({ error: { code: 'contract', message: '不是约定的内容' } });
}

function parse(bytes: Buffer): Told | null {
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
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
