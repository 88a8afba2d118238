import { afterEach, expect, test, vi } from 'vitest';
import { createClock } from '../../../server/clock.ts';
import { type Connectors, TechnicalFailure } from '../../../server/connectors/index.ts';
import { CircuitOpen } from '../../../server/connectors/outside/breaker.ts';
import type { DeadLetter } from '../../../server/jobs/dead-letters.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { atCheck } from '../../support/filling.ts';
import { Client, DEFINITIONS, testServer } from '../../support/server.ts';
import { caseAt } from '../../support/walk.ts';

vi.setConfig({ testTimeout: 180_000 });

const start = Date.parse('2026-11-23T01:00:00Z');
let running: Running | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

/** A telecom operator that answers as `say` says; everything else is well. */
async function serve(say: () => 'MATCH' | Error) {
  const keys: string[] = [];
  const connectors: Connectors = {
    async perform(contract, operation, _input, request) {
      if (contract.id !== 'telecom') return { outcome: Object.keys(contract.operations[operation]!.outcomes)[0]! };
      const said = say();
      keys.push(request.key);
      if (said instanceof Error) throw said;
      return { outcome: said };
    },
    poll: async () => 'pending',
    send: async () => undefined,
  };
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  running = await testServer({}, { connectors, clock: createClock(0, () => start), files });
  return { server: running, ...(await atCheck(running)), keys };
}

const lettersOf = async (client: Client) =>
  (await client.ask<{ letters: DeadLetter[] }>('GET', '/api/operations/letters')).body.letters;

test('a request that nobody answered for is seen by operations only, sent again under its key, and its late answer is journalled', async () => {
  let answer: 'MATCH' | Error = new TechnicalFailure('telecom.verifyPerson', 'HTTP 503');
  const { server, id, client, keys } = await serve(() => answer);
  await server.context.jobs.advance(120_000);
  const journalled = async () => (await server.context.cases.read(id)).document.journal.map(({ what }) => what);
  expect((await journalled()).at(-1)).toMatch(/:UNAVAILABLE$/);

  const operations = await new Client(server.url).logIn('operations');
  const [letter, ...more] = await lettersOf(operations);
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ name: 'telecom.verifyPerson', status: 'open', tries: 4, caseId: id });
  expect(letter?.reason).toBe('telecom.verifyPerson: HTTP 503');
  expect(letter?.key).toBe(keys[0]);
  expect(JSON.stringify(letter)).not.toContain('effect');

  expect((await client.ask('GET', '/api/operations/letters')).status).toBe(403);
  const finance = await new Client(server.url).logIn('finance');
  const path = `/api/operations/letters/${encodeURIComponent(letter!.key)}`;
  expect((await finance.ask('POST', `${path}/replay`, {})).status).toBe(403);
  expect((await operations.ask('POST', '/api/operations/letters/none/replay', {})).status).toBe(404);

  answer = 'MATCH';
  const tried = keys.length;
  const before = (await server.context.cases.read(id)).document.state.active;
  expect((await operations.ask('POST', `${path}/replay`, {})).status).toBe(200);
  await server.context.jobs.idle();
  expect(keys.slice(tried)).toEqual([keys[0]]);
  expect((await journalled()).at(-1)).toMatch(/^(stale|late):.*:MATCH$/);
  expect((await server.context.cases.read(id)).document.state.active).toEqual(before);
  expect((await lettersOf(operations))[0]).toMatchObject({ status: 'again' });
});

test('a letter is put aside with a reason, and that is written down', async () => {
  const { server } = await serve(() => new TechnicalFailure('telecom.verifyPerson', 'down'));
  await server.context.jobs.advance(120_000);
  const operations = await new Client(server.url).logIn('operations');
  const [letter] = await lettersOf(operations);
  const path = `/api/operations/letters/${encodeURIComponent(letter!.key)}/drop`;
  expect((await operations.ask('POST', path, { note: ' ' })).status).toBe(400);
  expect((await operations.ask('POST', path, { note: '已电话核实' })).status).toBe(200);
  expect((await lettersOf(operations))[0]).toMatchObject({ status: 'dropped', note: '已电话核实' });
  const audits: unknown[] = [];
  for await (const { document } of server.context.store.listDocuments('audit')) audits.push(document.data);
  expect(audits).toContainEqual(
    expect.objectContaining({ action: 'drop', reason: '已电话核实', path: 'telecom.verifyPerson' }),
  );
});

test('while a system is left alone no try is used up', async () => {
  let until = start + 40_000;
  const { server, id, keys } = await serve(() =>
    server_now() < until ? new CircuitOpen('telecom.verifyPerson', until) : 'MATCH',
  );
  function server_now(): number {
    return running?.context.clock.now() ?? start;
  }
  await server.context.jobs.idle();
  const [entry] = (await server.context.cases.read(id)).document.outbox;
  expect(entry).toMatchObject({ tries: 0, due: until + 5_000 });
  until = start + 40_000;
  await server.context.jobs.advance(50_000);
  expect(keys).toHaveLength(2);
  expect((await server.context.cases.read(id)).document.journal.at(-1)?.what).toMatch(/:MATCH$|order/);
});

test('U-75 the gateway for messages is down: the case goes on, operations see what was not sent and send it again', async () => {
  let up = false;
  const sent: string[] = [];
  let tries = 0;
  const connectors: Connectors = {
    perform: async (contract, operation) => ({ outcome: Object.keys(contract.operations[operation]!.outcomes)[0]! }),
    poll: async () => 'pending',
    async send({ text }) {
      tries += 1;
      if (!up) throw new TechnicalFailure('message.sms', 'HTTP 503');
      sent.push(text);
    },
  };
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  running = await testServer({}, { connectors, clock: createClock(0, () => start), files });
  const { client, id } = await caseAt(running, 3);
  // The draft is about to expire: the person is to be told by a message.
  await running.context.jobs.advance(23 * 86_400_000);
  expect(tries).toBe(1);
  await running.context.jobs.advance(6 * 3_600_000);
  expect(tries).toBe(5);

  const operations = await new Client(running.url).logIn('operations');
  const [letter] = await lettersOf(operations);
  expect(letter).toMatchObject({ kind: 'notice', name: 'draftExpiring', status: 'open', caseId: id });
  // Nothing waits for the message.
  expect((await client.send(id, 'BACK')).status).toBe(200);
  up = true;
  const path = `/api/operations/letters/${encodeURIComponent(letter!.key)}/replay`;
  expect((await operations.ask('POST', path, {})).status).toBe(200);
  await running.context.jobs.idle();
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain('失效');
});
