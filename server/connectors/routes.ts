import { type Request, type Response, Router, raw } from 'express';
import type { Received } from './connector.ts';
import { createDoor, type DoorDeps, jsonOf } from './door.ts';
import { verify } from './signature.ts';

export interface ConnectorRouteDeps extends Omit<DoorDeps, 'sandboxSecret'> {
  /** The sandbox's secret and its pages; null in production. */
  readonly sandbox: { readonly secret: string; readonly proxy: Router } | null;
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
  // Asked for each time: a sandbox that was started again signs with another one.
  const door = createDoor({ ...deps, sandboxSecret: () => sandbox?.secret ?? null });

  router.all('/connectors/:connector/callback{/:part}', body, async (req: Request, res: Response) => {
    const { status, type, text } = await door(String(req.params.connector ?? ''), receivedOf(req, bytesOf(req)));
    res.status(status);
    if (text === undefined) res.end();
    else res.type(type ?? 'text/plain').send(text);
  });
  if (sandbox === null) return router;

  router.get('/connectors/clock', (req, res) => {
    if (!verify(sandbox.secret, req.originalUrl, '', req.headers, Date.now())) res.status(401).end();
    else res.json({ now: deps.clock.now() });
  });

  router.post('/connectors/clock', body, async (req, res) => {
    const bytes = bytesOf(req);
    if (!verify(sandbox.secret, req.originalUrl, bytes, req.headers, Date.now())) {
      res.status(401).end();
      return;
    }
    const { advance } = jsonOf(bytes) ?? {};
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

function bytesOf(req: Request): Buffer {
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
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
