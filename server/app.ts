import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import helmet from 'helmet';
import type { Context } from './context.ts';
import { notFound } from './fault.ts';
import { callOf } from './http/caller.ts';
import { answerErrors } from './http/errors.ts';
import { requireAccess, requireOwnSite } from './http/guard.ts';
import { newNonce, pages } from './http/pages.ts';
import { param } from './http/request.ts';
import type { Route } from './http/route.ts';
import { routes } from './http/routes/index.ts';
import { aboutCase, watchRequest } from './http/watch.ts';

const nonceOf = (_request: unknown, response: unknown): string =>
  `'nonce-${String((response as Response).locals.nonce)}'`;

/** A year, s. */
const HSTS = 31_536_000;

/**
 * The HTTP application over a context. `outside` is what other systems call and the sandbox's pages: it knows its
 * callers by signatures over the raw body and comes before body parsers and the check of origins. `served`: the routes,
 * others in tests.
 */
export function createApp(context: Context, outside: Router | null, served: readonly Route[] = routes): Express {
  const { config, log, clock } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.proxies);
  app.set('query parser', 'simple');
  // Answers of the interface are kept by nobody (`no-store`): a digest of each would be worked out for nothing.
  app.set('etag', false);

  app.use((request: Request, response: Response, next: NextFunction) => {
    response.locals.nonce = newNonce();
    // Browsers keep it for the host: never said by a development server on localhost. Said by everything else, answers to
    // other systems and errors among it.
    if (!config.development) response.setHeader('strict-transport-security', `max-age=${HSTS}; includeSubDomains`);
    // Pages count down to deadlines by the server's clock, which the sandbox may have moved.
    response.setHeader('date', new Date(clock.now()).toUTCString());
    watchRequest(context, request, response, next);
  });

  if (outside) app.use(outside);

  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", nonceOf],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          // pdf.js works in a worker; PDFs of our own are shown in frames.
          workerSrc: ["'self'"],
          frameSrc: ["'self'", 'blob:'],
          manifestSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          ...(config.development ? {} : { upgradeInsecureRequests: [] }),
        },
      },
      // Set above.
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use('/api', (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });

  const json = express.json({ limit: '1mb', strict: true });
  for (const route of served) register(app, context, route, json);
  app.use('/api', () => {
    throw notFound();
  });
  app.use(pages(config));
  app.use(answerErrors(log));
  return app;
}

function register(app: Express, context: Context, route: Route, json: ReturnType<typeof express.json>): void {
  app[route.method](
    route.path,
    (request: Request, _response: Response, next: NextFunction) => {
      route.before?.();
      requireOwnSite(request, route, context.config);
      if (route.body === 'multipart') next();
      else json(request, _response, next);
    },
    async (request: Request, response: Response) => {
      // Whatever is kept in memory is as new as this request; who asks whether we are well is told without the others.
      if (route.path.startsWith('/api/')) await context.nodes.current();
      if (context.isStopping()) response.setHeader('connection', 'close');
      const call = await callOf(context, request, response);
      response.locals.person = call.caller.person?.id ?? call.caller.half ?? undefined;
      await requireAccess(context, route.access, call);
      const work = async () => {
        const answer = await route.handle(context, call);
        if (!response.headersSent && answer !== undefined) response.json(answer);
      };
      // Who has been let in to a case: it is there, and its id is no text of somebody's.
      if (route.access.kind === 'case') await aboutCase(response, param(call, 'id'), work);
      else await work();
    },
  );
}
