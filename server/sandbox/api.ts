import express, { Router } from 'express';
import { objectIn } from '../json.ts';
import { bounce, payBy } from './deeds.ts';
import { type Exchange, manners } from './exchange.ts';
import { published } from './simulators/ca.ts';
import type { Manner } from './state.ts';

/**
 * The sandbox for tests: what the pages show and do, as JSON.
 *
 * GET statement, messages, orders, requests, callbacks -> the list, oldest first; `?case=<number>` narrows it
 * GET certificates/<serial> -> { root, certificate, list }, PEM: what the test authority issued and revoked
 * POST next { operation, manner?, outcome?, data?, seconds?, left? } ; DELETE next -> all answers as usual again
 * POST answer { id, outcome?, data? } ; POST pay { order, do? } ; POST bounce { id }
 * POST event { connector, event, caseNumber, data?, times? } ; POST clock { advance } -> { now }
 */
export function apiRoutes(exchange: Exchange): Router {
  const router = Router();
  router.use(express.json());
  const { world } = exchange;

  const list = (path: string, of: () => readonly object[]) =>
    router.get(path, (req, res) => {
      const wanted = req.query.case;
      res.json(of().filter((one) => wanted === undefined || ('caseNumber' in one && one.caseNumber === wanted)));
    });
  list('/statement', () => world.state.statement);
  list('/messages', () => world.state.messages);
  list('/orders', () => exchange.orders);
  list('/callbacks', () => world.state.callbacks);
  list('/requests', () => world.state.requests.map((one) => ({ ...one, caseNumber: one.context.caseNumber })));

  router.get('/certificates/:serial', async (req, res) => {
    const found = await published(req.params.serial);
    res.status(found.certificate === null ? 404 : 200).json(found);
  });

  router.post('/next', async (req, res) => {
    const body = objectIn(req.body);
    const manner = manners.find((one): one is Manner => one === (body.manner ?? 'answer'));
    const [connector = '', operation = ''] = String(body.operation).split('.');
    const known = exchange.contracts[connector]?.operations[operation];
    const outcome = typeof body.outcome === 'string' ? body.outcome : null;
    if (manner === undefined || known === undefined || (outcome !== null && !(outcome in known.outcomes))) {
      res.status(400).json({ error: { message: 'unknown operation, manner or outcome' } });
      return;
    }
    await exchange.choose(`${connector}.${operation}`, {
      manner,
      outcome,
      data: objectIn(body.data),
      seconds: typeof body.seconds === 'number' ? body.seconds : 2,
      left: body.left === null ? null : typeof body.left === 'number' ? body.left : 1,
    });
    res.json({});
  });
  router.delete('/next', async (_req, res) => {
    for (const operation of Object.keys(world.state.choices)) await exchange.choose(operation, null);
    res.json({});
  });
  router.post('/answer', async (req, res) => {
    const { id, outcome, data } = objectIn(req.body);
    const done = await exchange.resolve(Number(id), typeof outcome === 'string' ? outcome : null, objectIn(data));
    res.status(done ? 200 : 404).json({});
  });
  router.post('/pay', async (req, res) => {
    const body = objectIn(req.body);
    const done = await payBy(exchange, String(body.order), typeof body.do === 'string' ? body.do : 'pay');
    res.status(done ? 200 : 404).json({});
  });
  router.post('/bounce', async (req, res) => {
    res.status((await bounce(exchange, Number(objectIn(req.body).id))) ? 200 : 404).json({});
  });
  router.post('/event', async (req, res) => {
    const body = objectIn(req.body);
    // A payment platform knows a case by its number only.
    const met = world.state.requests.findLast(
      ({ context }) => context.caseNumber === body.caseNumber && context.caseId !== '',
    );
    const caseId = typeof body.caseId === 'string' ? body.caseId : met?.context.caseId;
    if (caseId === undefined) {
      res.status(404).json({ error: { message: 'no request of this case was seen' } });
      return;
    }
    const times = typeof body.times === 'number' ? body.times : 1;
    const data = await exchange.tell(String(body.connector), String(body.event), caseId, objectIn(body.data), times);
    res.json({ data });
  });
  router.post('/clock', async (req, res) => {
    const now = await exchange.advance(Number(objectIn(req.body).advance)).catch(() => null);
    res.status(now === null ? 400 : 200).json({ now });
  });
  return router;
}
