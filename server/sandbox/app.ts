import { fileURLToPath } from 'node:url';
import express, { type Express, type Request, type Response } from 'express';
import type { JsonObject } from '../../engine/model/json.ts';
import type { RequestContext } from '../connectors/connector.ts';
import { verify } from '../connectors/signature.ts';
import { apiRoutes } from './api.ts';
import { bounce, payBy } from './deeds.ts';
import { type Exchange, manners } from './exchange.ts';
import { bank } from './pages/bank.ts';
import { home } from './pages/home.ts';
import { type Html, html } from './pages/html.ts';
import { layout } from './pages/layout.ts';
import { phone } from './pages/phone.ts';
import { portals, signJump } from './pages/portals.ts';
import { samples } from './pages/samples.ts';
import { system } from './pages/system.ts';
import { payPage, wallet } from './pages/wallet.ts';
import { type Speech, speechOf } from './pages/words.ts';
import type { Manner } from './state.ts';

const folder = (name: string) => fileURLToPath(new URL(`./${name}/`, import.meta.url));

/** Header by which the server says that it is the one that asks for a page. */
export const proxyHeader = 'x-certflow-sandbox';

/**
 * The sandbox's own HTTP: operations asked by the server (signed), pages and an interface for tests (through the server's
 * proxy, with its secret). Nothing else gets an answer.
 */
export function sandboxApp(exchange: Exchange, secret: string): Express {
  const app = express();
  app.disable('x-powered-by');

  app.post('/operations/:connector/:operation', express.raw({ type: () => true, limit: '1mb' }), async (req, res) => {
    const bytes: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    if (!verify(secret, req.originalUrl, bytes, req.headers, Date.now())) {
      res.status(401).end();
      return;
    }
    const body = JSON.parse(bytes.toString('utf8')) as { input?: JsonObject; request: RequestContext };
    const { connector, operation } = req.params;
    const reply = await exchange.perform(connector, operation, body.input ?? null, body.request);
    if (reply.kind === 'unavailable') res.status(503).end();
    else if (reply.kind === 'pending') res.json({ pending: true });
    else res.json({ outcome: reply.outcome, data: reply.data });
  });

  app.use((req, res, next) => {
    if (req.headers[proxyHeader] === secret) next();
    else res.status(403).end();
  });
  app.use('/sandbox/assets', express.static(folder('assets')));
  app.use('/sandbox/samples/files', express.static(folder('samples')));
  app.use('/sandbox/api', apiRoutes(exchange));
  app.use(express.urlencoded({ extended: false }));

  const show = (
    req: Request,
    res: Response,
    at: string,
    write: (speech: Speech) => { readonly title: string; readonly body: Html },
    options: { bare?: boolean; live?: boolean } = {},
  ) => {
    const speech = speechOf(req.headers.cookie);
    res.type('html').send(layout({ ...write(speech), at, now: exchange.now(), ...options }, speech));
  };
  const back = (req: Request, res: Response) => {
    const from = (req.headers.referer ?? '').replace(/^https?:\/\/[^/]*/, '');
    res.redirect(303, /^\/sandbox(\/|$)/.test(from) ? from : '/sandbox');
  };

  const live = { live: true };
  app.get('/sandbox', (req, res) =>
    show(req, res, '', (speech) => ({ title: speech.say('总览'), body: home(exchange, speech) }), live),
  );
  app.get('/sandbox/bank', (req, res) =>
    show(req, res, '/bank', (speech) => ({ title: speech.say('单位的银行流水'), body: bank(exchange, speech) }), live),
  );
  app.get('/sandbox/phone', (req, res) =>
    show(
      req,
      res,
      '/phone',
      (speech) => ({ title: speech.say('手机收到的短信'), body: phone(exchange, speech) }),
      live,
    ),
  );
  app.get('/sandbox/wallet', (req, res) =>
    show(req, res, '/wallet', (speech) => ({ title: speech.say('手机钱包'), body: wallet(exchange, speech) }), live),
  );
  app.get('/sandbox/samples', (req, res) =>
    show(req, res, '/samples', (speech) => ({ title: speech.say('样张'), body: samples(speech) })),
  );
  app.get('/sandbox/portals', (req, res) =>
    show(req, res, '/portals', (speech) => ({ title: speech.say('外部门户'), body: portals(exchange, speech) })),
  );
  app.post('/sandbox/portals/:portal', async (req, res) => {
    const portal = exchange.portals.find(({ id }) => id === req.params.portal);
    if (portal === undefined) missing(req, res);
    // Behind the `#`: a token in the address itself would stand in logs and histories.
    else res.redirect(303, `/jump#${await signJump(portal, req.body as Record<string, string>)}`);
  });
  app.get('/sandbox/wallet/:order', (req, res) => {
    const order = exchange.orders.find((one) => one.number === req.params.order);
    if (order === undefined) missing(req, res);
    else
      show(req, res, '/wallet', (speech) => ({ title: speech.say('付款'), body: payPage(order, speech) }), {
        bare: true,
      });
  });
  app.get('/sandbox/systems/:id', (req, res) => {
    const contract = exchange.contracts[req.params.id];
    if (contract === undefined) missing(req, res);
    else show(req, res, '', (speech) => ({ title: contract.title, body: system(exchange, contract, speech) }), live);
  });

  app.post('/sandbox/wallet/:order', async (req, res) => {
    const done = await payBy(exchange, req.params.order, String(req.body.do));
    if (done) res.redirect(303, `/sandbox/wallet/${req.params.order}`);
    else missing(req, res);
  });
  app.post('/sandbox/bounce', async (req, res) => {
    await bounce(exchange, Number(req.body.id));
    back(req, res);
  });
  app.post('/sandbox/clock', async (req, res) => {
    await exchange.advance(Number(req.body.advance)).catch(() => undefined);
    back(req, res);
  });
  app.post('/sandbox/answer', async (req, res) => {
    await exchange.resolve(Number(req.body.id), String(req.body.outcome) || null);
    back(req, res);
  });
  app.post('/sandbox/next', async (req, res) => {
    const { operation, clear, manner, outcome, left, seconds } = req.body as Record<string, string>;
    const known = manners.find((one): one is Manner => one === manner);
    if (operation !== undefined && (clear || known))
      await exchange.choose(
        operation,
        clear || known === undefined
          ? null
          : {
              manner: known,
              outcome: outcome || null,
              data: {},
              seconds: Number(seconds) || 5,
              left: left ? Number(left) : null,
            },
      );
    back(req, res);
  });
  app.post('/sandbox/event', async (req, res) => {
    const body = req.body as Record<string, string>;
    const { connector = '', event = '', caseId = '', times = '1' } = body;
    const schema = exchange.contracts[connector]?.events[event]?.data.properties as JsonObject | undefined;
    const data: JsonObject = {};
    for (const [name, value] of Object.entries(body)) {
      if (!name.startsWith('data.') || value === '') continue;
      const field = name.slice(5);
      const type = (schema?.[field] as JsonObject | undefined)?.type;
      data[field] = type === 'integer' || type === 'number' ? Number(value) : value;
    }
    await exchange.tell(connector, event, caseId, data, Number(times) || 1);
    back(req, res);
  });
  app.use(missing);
  return app;

  function missing(req: Request, res: Response): void {
    res.status(404);
    show(req, res, '', ({ say }) => ({
      title: say('没有找到'),
      body: html`<section class="panel"><h1>${say('没有找到')}</h1><p><a href="/sandbox">${say('回到总览')}</a></p></section>`,
    }));
  }
}
