import { expect, test } from 'vitest';
import type { ConnectorDefinition, Definition } from '../../../engine/model/definition.ts';
import { createSecrets } from '../../../server/cases/secrets.ts';
import type { RequestContext } from '../../../server/connectors/connector.ts';
import { TechnicalFailure } from '../../../server/connectors/failure.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { loadKeyRing } from '../../../server/crypto/keys.ts';
import type { OutboxDeps } from '../../../server/jobs/outbox/entry.ts';
import { workOutbox } from '../../../server/jobs/outbox/outbox.ts';
import { createLog } from '../../../server/log.ts';
import type { CaseDocument } from '../../../server/store/store.ts';
import { newDataDir } from '../../support/server.ts';

const contract = {
  ...{ id: 'bank', title: '银行', tile: '银', events: {} },
  operations: {
    transfer: { title: '打款', input: {}, outcomes: { OK: { title: '好' } }, retry: [10_000], limit: null },
  },
} as unknown as ConnectorDefinition;

/** A call with a code in it, waiting in the outbox of a case; what is sent is noted. */
async function waiting() {
  const secrets = createSecrets(createCrypto(await loadKeyRing(null, await newDataDir())));
  const made = (generation: number) =>
    secrets.make('case-1', {
      ...{ kind: 'makeSecret', key: 'k0', secret: 'code', generation, validUntil: null },
      shape: { digits: 6 },
    } as never);
  let now = 0;
  const sent: { remark: unknown; request: RequestContext }[] = [];
  const commands: unknown[] = [];
  const effect = {
    ...{
      kind: 'call',
      key: 'case-1:7:0',
      connector: 'bank',
      operation: 'transfer',
      call: 'main.transfer',
      generation: 1,
    },
    input: { remark: { $secret: 'code', generation: 1 } },
  };
  let document = {
    state: {
      ...{ id: 'case-1', number: '1', project: 'p' },
      calls: { 'main.transfer': { generation: 1, status: 'waiting' } },
    },
    ...{ journal: [], notices: [], consumed: [], secrets: { code: made(1) } },
    outbox: [{ effect, since: 0, tries: 0, due: 0 }],
  } as unknown as CaseDocument;
  const deps = {
    cases: {
      read: async () => ({ document, definition: { connectors: { bank: contract } } as unknown as Definition }),
      adjust: async (_id: string, change: (now: CaseDocument) => CaseDocument | null) => {
        document = change(document) ?? document;
        return document;
      },
      apply: async (_id: string, prepare: (now: CaseDocument) => unknown) => {
        commands.push(prepare(document));
        document = { ...document, outbox: [] };
        return { kind: 'applied', document };
      },
    },
    connectors: {
      perform: async (_contract: unknown, _operation: string, input: { remark: unknown }, request: RequestContext) => {
        sent.push({ remark: input.remark, request });
        if (sent.length === 1) throw new TechnicalFailure('bank.transfer', 'no answer');
        return { outcome: 'OK' };
      },
      poll: async () => 'pending',
    },
    secrets,
    clock: { now: () => now },
    log: createLog('silent'),
    letters: { put: async () => undefined },
    refusals: { record: () => undefined },
    jitter: (ms: number) => ms,
  } as unknown as OutboxDeps;
  return {
    sent,
    commands,
    work: async (at: number) => {
      now = at;
      await workOutbox(deps, 'case-1');
    },
    makeAnew: () => {
      document = { ...document, secrets: { code: made(2) } };
    },
  };
}

test('a repeat carries the same code under the same key, and says that it is one', async () => {
  const { sent, work } = await waiting();
  await work(0);
  await work(10_000);
  expect(sent).toHaveLength(2);
  expect(sent[0]?.remark).toMatch(/^\d{6}$/);
  expect(sent[1]?.remark).toBe(sent[0]?.remark);
  expect(sent.map(({ request }) => [request.key, request.again])).toEqual([
    ['case-1:7:0', undefined],
    ['case-1:7:0', true],
  ]);
});

test('a code that was made anew meanwhile is not sent: neither the void one nor the new one under the old request', async () => {
  const { sent, commands, work, makeAnew } = await waiting();
  await work(0);
  makeAnew();
  await work(10_000);
  expect(sent).toHaveLength(1);
  expect(commands).toEqual([
    { command: { kind: 'outcome', call: 'main.transfer', generation: 1, outcome: 'UNAVAILABLE' } },
  ]);
});
