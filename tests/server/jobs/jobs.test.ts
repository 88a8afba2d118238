import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Files } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { createClock, type MovableClock } from '../../../server/clock.ts';
import type { Outcome, RequestContext } from '../../../server/connectors/connector.ts';
import { type Connectors, ContractViolation, TechnicalFailure } from '../../../server/connectors/index.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { atCheck } from '../../support/filling.ts';
import { pressBy, remitted, tell } from '../../support/remitted.ts';
import { Client, DEFINITIONS, eventually, newDataDir, testServer } from '../../support/server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Answer = Outcome | 'pending' | Error;
interface Asked {
  readonly operation: string;
  readonly input: JsonObject;
  readonly request: RequestContext;
}

/** An outside world that does as it is told and remembers what it was asked. */
function world(answers: (operation: string, time: number) => Answer) {
  const asked: Asked[] = [];
  const polled: Asked[] = [];
  const sent: string[] = [];
  const give = (list: Asked[], operation: string, input: JsonObject, request: RequestContext): Outcome | 'pending' => {
    list.push({ operation, input, request });
    const answer = answers(operation, asked.filter((one) => one.operation === operation).length);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const connectors: Connectors = {
    perform: async (contract, operation, input, request) => give(asked, `${contract.id}.${operation}`, input, request),
    poll: async (contract, operation, request) => give(polled, `${contract.id}.${operation}`, {}, request),
    send: async ({ text }) => void sent.push(text),
  };
  return { asked, polled, sent, connectors };
}

let running: Running | null = null;
let files: Files = {};
beforeAll(async () => {
  files = await readReleaseFiles(DEFINITIONS);
});
afterEach(async () => {
  await running?.close();
  running = null;
});

const start = Date.parse('2026-11-23T01:00:00Z');
/** A clock that stands still until it is moved. */
const stopped = (at = start): MovableClock => createClock(0, () => at);

async function serve(
  connectors: Connectors,
  clock: MovableClock,
  dataDir?: string,
  project = 'szmg',
): Promise<Running> {
  const own = filesOfProject(files, project);
  running = await testServer(dataDir === undefined ? {} : { dataDir }, { connectors, clock, files: own });
  return running;
}

const activeOf = async (server: Running, id: string): Promise<string> =>
  (await server.context.cases.read(id)).document.state.active[0] ?? '';
const activesOf = async (server: Running, id: string): Promise<readonly string[]> =>
  (await server.context.cases.read(id)).document.state.active;
const down = new TechnicalFailure('telecom.verifyPerson', 'down');

describe('the outbox', () => {
  test('repeats a technical failure with the same key and the waiting times of the contract, then goes on', async () => {
    const outside = world((operation, time) =>
      operation === 'telecom.verifyPerson' && time < 3 ? down : { outcome: 'MATCH' },
    );
    const server = await serve(outside.connectors, stopped());
    const { id } = await atCheck(server);
    await server.context.jobs.idle();
    expect(outside.asked).toHaveLength(1);
    const { retry } = (await server.context.cases.read(id)).definition.connectors.telecom!.operations.verifyPerson!;
    await server.context.jobs.advance(retry[0]! - 1);
    expect(outside.asked).toHaveLength(1);
    await server.context.jobs.advance(1);
    expect(outside.asked).toHaveLength(2);
    await server.context.jobs.advance(retry[1]!);
    expect(outside.asked).toHaveLength(3);
    expect(new Set(outside.asked.map(({ request }) => request.key)).size).toBe(1);
    expect(await activeOf(server, id)).toContain('payment.order');
  });

  test('after the last repeat the process hears UNAVAILABLE, and the outbox is empty', async () => {
    const outside = world(() => down);
    const server = await serve(outside.connectors, stopped());
    const { id } = await atCheck(server);
    await server.context.jobs.advance(HOUR);
    expect(await activeOf(server, id)).toContain('agent.failed');
    const { document, definition } = await server.context.cases.read(id);
    expect(outside.asked).toHaveLength(definition.connectors.telecom!.operations.verifyPerson!.retry.length + 1);
    expect(document.outbox.filter(({ effect }) => effect.kind === 'call')).toEqual([]);
  });

  test('a request that breaks its contract is not repeated', async () => {
    const outside = world(() => new ContractViolation('telecom.verifyPerson', 'input /number'));
    const server = await serve(outside.connectors, stopped());
    const { id } = await atCheck(server);
    await server.context.jobs.idle();
    expect(outside.asked).toHaveLength(1);
    expect(await activeOf(server, id)).toContain('agent.failed');
  });

  test('a pending request is asked for until it is answered, and is not made twice', async () => {
    let answer: Answer = 'pending';
    const outside = world(() => answer);
    const server = await serve(outside.connectors, stopped());
    const { id } = await atCheck(server);
    await server.context.jobs.advance(4_000);
    expect([outside.asked.length, outside.polled.length]).toEqual([1, 0]);
    await server.context.jobs.advance(30_000);
    expect([outside.asked.length, outside.polled.length]).toEqual([1, 2]);
    answer = { outcome: 'MATCH' };
    await server.context.jobs.advance(HOUR);
    expect(outside.asked).toHaveLength(1);
    expect(await activeOf(server, id)).toContain('payment.order');
  });

  test('a request that stays pending beyond the limit of its contract is UNAVAILABLE', async () => {
    const outside = world(() => 'pending');
    const server = await serve(outside.connectors, stopped());
    const { id } = await atCheck(server);
    const { limit } = (await server.context.cases.read(id)).definition.connectors.telecom!.operations.verifyPerson!;
    await server.context.jobs.advance(limit! - 1);
    expect(await activeOf(server, id)).toContain('agent.check');
    await server.context.jobs.advance(1);
    expect(await activeOf(server, id)).toContain('agent.failed');
  });

  test('U-73 what was not answered when the process died is asked again under the same key after a restart', async () => {
    const dataDir = await newDataDir();
    let release: () => void = () => undefined;
    const outside = world(() => ({ outcome: 'MATCH' }));
    const asked: RequestContext[] = [];
    const hanging: Connectors = {
      ...outside.connectors,
      // The other side did it; the answer never arrives, because we are gone.
      perform: (_contract, _operation, _input, request) => {
        asked.push(request);
        return new Promise((_resolve, reject) => {
          release = () => reject(down);
        });
      },
    };
    const first = await serve(hanging, stopped(), dataDir);
    const { id } = await atCheck(first);
    await eventually(async () => asked.length === 1, 'the request');
    const closing = first.close();
    release();
    await closing;
    running = null;
    const second = await serve(outside.connectors, stopped(start + 30_000), dataDir);
    await second.context.jobs.idle();
    expect(outside.asked[0]?.request.key).toBe(asked[0]?.key);
    expect(await activeOf(second, id)).toContain('payment.order');
  });

  test('a result that arrives twice is applied once; one of an old generation changes nothing', async () => {
    const outside = world(() => 'pending');
    const server = await serve(outside.connectors, stopped());
    const { id } = await atCheck(server);
    await server.context.jobs.idle();
    const { createInbox } = await import('../../../server/jobs/inbox.ts');
    const inbox = createInbox(server.context.cases, server.context.log);
    const [{ request } = { request: null }] = outside.asked;
    const reference = { caseId: id, call: request!.call, generation: request!.generation };
    await inbox.outcome({ ...reference, generation: 99 }, { outcome: 'MATCH' });
    expect(await activeOf(server, id)).toContain('agent.check');
    await Promise.all([1, 2, 3].map(() => inbox.outcome(reference, { outcome: 'MATCH' })));
    expect(await activeOf(server, id)).toContain('payment.order');
    const { document } = await server.context.cases.read(id);
    expect(document.journal.filter(({ what }) => what.startsWith('outcome:'))).toHaveLength(1);
    expect(await inbox.event('payment', 'notice', { caseId: 'nobody' }, {})).toBe(false);
  });
});

/** A case whose remittance the bank is to pay back: the call can be repeated by finance. */
async function atRefund(server: Running): Promise<string> {
  const id = await remitted(server, 'inner-mongolia');
  const { context } = server;
  await pressBy(server, id, 'REMIT_MATCHED', null);
  await pressBy(server, id, 'REFUND_ASK', null);
  await pressBy(server, id, 'REFUND_APPROVE', null);
  await context.jobs.idle();
  return id;
}

describe('a request that must not be done twice', () => {
  test('is the same request when it is asked for again and nobody knows whether it was done', async () => {
    let answer: Answer = new TechnicalFailure('bank.refund', 'the connection broke');
    const outside = world((operation) => (operation === 'bank.refund' ? answer : 'pending'));
    const server = await serve(outside.connectors, stopped(), undefined, 'inner-mongolia');
    const id = await atRefund(server);
    await server.context.jobs.advance(4 * DAY);
    expect(await activesOf(server, id)).toContain('money.refundFailed');
    const { document } = await server.context.cases.read(id);
    expect(document.unknown?.map(({ effect }) => effect.kind === 'call' && effect.operation)).toEqual(['refund']);
    // Too late: it is noted, and the process does not know of it.
    const [call, data] = ['money.refunding.byBank', { amount: 28000 }];
    await tell(server, id, { kind: 'outcome', call, generation: 1, outcome: 'OK', data });
    expect((await server.context.cases.read(id)).document.unknown).toHaveLength(1);
    answer = { outcome: 'OK', data: { amount: 28000 } };
    await pressBy(server, id, 'RETRY_REFUND', null);
    await server.context.jobs.idle();
    const asked = outside.asked.filter(({ operation }) => operation === 'bank.refund');
    expect(new Set(asked.map(({ request }) => request.key)).size).toBe(1);
    expect(asked.at(-1)?.request).toMatchObject({ again: true, generation: 2 });
    const after = (await server.context.cases.read(id)).document;
    expect(after.state.active).toContain('money.refunded');
    expect(after.unknown).toBeUndefined();
  });

  test('is asked for as it was, whatever the process would ask for meanwhile [RUN-31]', async () => {
    let answers: Answer[] | null = null;
    const outside = world((operation) => {
      if (operation !== 'bank.refund') return 'pending';
      return answers === null ? new TechnicalFailure('bank.refund', 'the connection broke') : answers.shift()!;
    });
    const server = await serve(outside.connectors, stopped(), undefined, 'inner-mongolia');
    const id = await remitted(server, 'inner-mongolia');
    const receipt = (amount: number, transaction: string) => ({
      receipt: { payerAccount: '40000000000009', total: amount, amount, transaction },
    });
    await pressBy(server, id, 'REMIT_MATCHED', null, receipt(30000, 'flow-1'));
    await server.context.jobs.advance(4 * DAY);
    expect(await activesOf(server, id)).toContain('surplus.failed');
    await pressBy(server, id, 'REMIT_SURPLUS', null, receipt(500, 'flow-2'));
    answers = [2000, 500].map((amount) => ({ outcome: 'OK', data: { amount } }));
    await pressBy(server, id, 'RETRY_SURPLUS', null);
    await server.context.jobs.idle();
    const [first, again, rest] = [0, -2, -1].map(
      (place) => outside.asked.filter(({ operation }) => operation === 'bank.refund').at(place)!,
    );
    expect(again!.input).toEqual(first!.input);
    expect(again!.request.key).toBe(first!.request.key);
    expect(rest!.input).toMatchObject({ amount: 500 });
    expect(rest!.request.key).not.toBe(first!.request.key);
    expect(await activesOf(server, id)).toContain('surplus.none');
  });

  test('is a new one when the answer was known', async () => {
    const answers: Answer[] = [
      { outcome: 'FAILED', data: { reason: '账户异常' } },
      { outcome: 'OK', data: { amount: 28000 } },
    ];
    const outside = world((operation) => (operation === 'bank.refund' ? (answers.shift() ?? 'pending') : 'pending'));
    const server = await serve(outside.connectors, stopped(), undefined, 'inner-mongolia');
    const id = await atRefund(server);
    await pressBy(server, id, 'RETRY_REFUND', null);
    await server.context.jobs.idle();
    const asked = outside.asked.filter(({ operation }) => operation === 'bank.refund');
    expect(new Set(asked.map(({ request }) => request.key)).size).toBe(2);
    expect(await activesOf(server, id)).toContain('money.refunded');
  });
});

describe('an answer that is about another amount than was asked for', () => {
  async function waiting(over: (operation: string) => Answer): Promise<{ server: Running; id: string }> {
    const outside = world((operation) => (operation === 'bank.refund' ? over(operation) : 'pending'));
    const server = await serve(outside.connectors, stopped(), undefined, 'inner-mongolia');
    return { server, id: await atRefund(server) };
  }
  const recorded = (server: Running) => server.context.outside.refusals.list().map(({ at: _, ...one }) => one);

  test('is recorded at once when we asked for it, asked for again, and is a letter with its reason at the limit', async () => {
    const answers: Answer[] = ['pending'];
    const { server, id } = await waiting(() => answers.shift() ?? { outcome: 'OK', data: { amount: 2800 } });
    const { number } = (await server.context.cases.read(id)).document.state;
    await server.context.jobs.advance(5_000);
    expect(recorded(server)).toEqual([{ connector: 'bank', reason: 'other', reference: number }]);
    // The case waits for another answer, and so do we.
    expect(await activesOf(server, id)).toContain('money.refunding.byBank');
    expect((await server.context.cases.read(id)).document.outbox).toHaveLength(1);
    await server.context.jobs.advance(4 * DAY);
    expect(await activesOf(server, id)).toContain('money.refundFailed');
    const [letter] = await server.context.letters.list();
    expect(letter).toMatchObject({ name: 'bank.refund', status: 'open' });
    expect(letter?.reason).toContain('amount of OK is not what was asked');
  });

  test('the right one that comes later is taken', async () => {
    const answers: Answer[] = ['pending', { outcome: 'OK', data: { amount: 1 } }];
    const { server, id } = await waiting(() => answers.shift() ?? { outcome: 'OK', data: { amount: 28000 } });
    await server.context.jobs.advance(HOUR);
    expect(await activesOf(server, id)).toContain('money.refunded');
    expect(recorded(server)).toHaveLength(1);
    expect(await server.context.letters.list()).toEqual([]);
  });

  test('is refused and recorded when it is told, and its sender hears that it was not taken', async () => {
    const { server, id } = await waiting(() => 'pending');
    const { document, definition } = await server.context.cases.read(id);
    const { createDoor } = await import('../../../server/connectors/door.ts');
    const { createInbox } = await import('../../../server/jobs/inbox.ts');
    const refused: object[] = [];
    const [call, generation] = ['money.refunding.byBank', 1];
    const door = createDoor({
      inbox: createInbox(server.context.cases, server.context.log),
      contractOf: async () => definition.connectors.bank ?? null,
      sandboxSecret: () => null,
      clients: {
        receive: async (_id, { body }) => {
          const data = { amount: Number(body.toString()) };
          const told = {
            kind: 'outcome',
            caseId: id,
            operation: 'refund',
            call,
            generation,
            outcome: 'OK',
            data,
          } as const;
          return { reply: { status: 200 }, told: [told] };
        },
        refusals: { record: (one) => refused.push(one) },
      },
    });
    const post = (amount: number) =>
      door('bank', {
        ...{ part: '', method: 'POST', path: '/', headers: {}, query: {}, now: start },
        body: Buffer.from(String(amount)),
      });
    expect((await post(2800)).status).toBe(409);
    expect(refused).toEqual([{ connector: 'bank', reason: 'other', reference: document.state.number }]);
    expect(await activesOf(server, id)).toContain(call);
    expect((await post(28000)).status).toBe(200);
    expect(await activesOf(server, id)).toContain('money.refunded');
    expect(refused).toHaveLength(1);
  });
});

describe('timers', () => {
  test('a draft dies when its time is over, not a minute earlier, with the reminder on the way', async () => {
    const outside = world(() => 'pending');
    const server = await serve(outside.connectors, stopped());
    const client = await new Client(server.url).logIn('applicant');
    const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    await server.context.jobs.advance(30 * DAY - 60_000);
    expect(await activeOf(server, body.id)).toBe('main.work.draft.guide');
    await server.context.jobs.advance(60_000);
    expect(await activeOf(server, body.id)).toBe('main.closed');
    const { document } = await server.context.cases.read(body.id);
    expect(document.state.over).toBe(true);
    expect(document.journal.filter(({ part }) => part === 'timer').length).toBeGreaterThanOrEqual(2);
  });

  test('what became due while no server ran is done at the next start', async () => {
    const dataDir = await newDataDir();
    const outside = world(() => 'pending');
    const first = await serve(outside.connectors, stopped(), dataDir);
    const client = await new Client(first.url).logIn('applicant');
    const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    await first.close();
    running = null;
    const second = await serve(outside.connectors, stopped(start + 31 * DAY), dataDir);
    await second.context.jobs.idle();
    expect(await activeOf(second, body.id)).toBe('main.closed');
  });

  test('U-74 moving the clock fires every timer at its own time', async () => {
    const outside = world(() => 'pending');
    const server = await serve(outside.connectors, stopped());
    const client = await new Client(server.url).logIn('applicant');
    const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    await server.context.jobs.advance(40 * DAY);
    const { document } = await server.context.cases.read(body.id);
    const times = document.journal.map(({ at }) => at);
    expect(times.at(-1)).toBe(times[0]! + 30 * DAY);
    expect(server.context.clock.now()).toBe(start + 40 * DAY);
  });
});
