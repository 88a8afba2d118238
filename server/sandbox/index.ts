import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request as ask } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NextFunction, type Request, type Response, Router } from 'express';
import type { ConnectorDefinition } from '../../engine/model/definition.ts';
import type { SandboxAddress } from '../connectors/sandbox/client.ts';
import { proxyHeader } from './app.ts';
import type { SandboxPortal } from './exchange.ts';
import type { FromServer, ToServer } from './main.ts';
import type { SandboxMerchant } from './merchant.ts';

/** The outside world of a development server, in a process of its own. */
export interface Sandbox extends SandboxAddress {
  /** Where its payment platforms answer; null while it is starting, and where there are none. */
  platforms(): string | null;
  /** Its pages, for loopback only; to be mounted at /sandbox. */
  readonly proxy: Router;
  /** Starts it. @param publicUrl where this server answers, for callbacks and for links that a person opens */
  start(publicUrl: string): Promise<void>;
  /** Tells it the contracts of now. */
  refresh(): void;
  stop(): Promise<void>;
}

export function createSandbox(options: {
  readonly dataDir: string;
  /** The contracts of all definitions in force. */
  contracts(): readonly ConnectorDefinition[];
  /** What the payment platforms know of their merchant; without it the payment contract is played like any other. */
  readonly merchant?: SandboxMerchant | null;
  /** Portals whose people come over, and the keys that they sign with. */
  portals?(): readonly SandboxPortal[];
  /** A line for the log. */
  log?(line: string): void;
}): Sandbox {
  const secret = randomBytes(32).toString('hex');
  const log = options.log ?? (() => undefined);
  let child: ChildProcess | null = null;
  let port: number | null = null;
  let platforms: number | null = null;
  let publicUrl = '';
  let stopping = false;

  const settle = () => {
    const contracts: Record<string, ConnectorDefinition> = {};
    for (const contract of options.contracts()) contracts[contract.id] = contract;
    const message: FromServer = {
      kind: 'settle',
      folder: join(options.dataDir, 'sandbox'),
      around: { publicUrl, secret, contracts, portals: options.portals?.() ?? [] },
      merchant: options.merchant ?? null,
    };
    child?.send(message);
  };

  const launch = () =>
    new Promise<void>((resolve, reject) => {
      const program = fileURLToPath(new URL('./main.ts', import.meta.url));
      const started = fork(program, [], {
        execArgv: ['--import', 'tsx'],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      child = started;
      started.on('message', (message: ToServer) => {
        port = message.port;
        platforms = message.platforms;
        resolve();
      });
      started.on('error', reject);
      started.on('exit', (code) => {
        port = null;
        platforms = null;
        child = null;
        reject(new Error(`the sandbox ended with ${code}`));
        if (stopping) return;
        log(`the sandbox ended with ${code}; starting it again`);
        setTimeout(() => stopping || launch().catch(() => undefined), 1_000).unref();
      });
      settle();
    });

  return {
    secret,
    url: () => (port === null ? null : `http://127.0.0.1:${port}`),
    platforms: () => (platforms === null ? null : `http://127.0.0.1:${platforms}`),
    proxy: proxyTo(secret, () => port),
    start: (url) => {
      publicUrl = url;
      return launch();
    },
    refresh: settle,
    async stop() {
      stopping = true;
      const running = child;
      if (running === null) return;
      await new Promise((resolve) => {
        running.once('exit', resolve);
        running.disconnect();
      });
    },
  };
}

/** The sandbox's pages have nothing inline; what stands on them was typed by somebody. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Passes requests on to the sandbox, but only from this machine, and changes only from its own pages. */
function proxyTo(secret: string, port: () => number | null): Router {
  const router = Router();
  router.use((req: Request, res: Response, next: NextFunction) => {
    const target = port();
    if (!fromHere(req)) return next();
    if (!['GET', 'HEAD'].includes(req.method) && !sameSite(req)) {
      res.status(403).end();
      return;
    }
    if (target === null) {
      res.status(503).type('text').send('沙盒正在启动，请稍后再试');
      return;
    }
    const { connection: _, ...headers } = req.headers;
    const passed = ask(
      {
        host: '127.0.0.1',
        port: target,
        method: req.method,
        path: req.originalUrl,
        headers: { ...headers, [proxyHeader]: secret },
      },
      (answer) => {
        for (const [name, value] of Object.entries(answer.headers))
          if (value !== undefined && name !== 'connection' && name !== 'keep-alive') res.setHeader(name, value);
        res.setHeader('content-security-policy', policy);
        res.setHeader('x-content-type-options', 'nosniff');
        res.setHeader('cache-control', 'no-store');
        res.status(answer.statusCode ?? 502);
        answer.pipe(res);
      },
    );
    passed.on('error', () => {
      if (res.headersSent) res.destroy();
      else res.status(502).type('text').send('沙盒没有答复');
    });
    req.pipe(passed);
  });
  return router;
}

/** By the socket's address and by the name that was asked for: a foreign name that points here is a trick. */
function fromHere(req: Request): boolean {
  const address = req.socket.remoteAddress ?? '';
  const loopback = /^(::ffff:)?127\.|^::1$/.test(address);
  return loopback && /^(localhost|127(\.\d+){3}|\[::1\]|[\w-]+\.localhost)(:\d+)?$/i.test(req.headers.host ?? '');
}

function sameSite(req: Request): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = req.headers;
  return origin === undefined || origin.replace(/^https?:\/\//, '') === host;
}
