import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAudit } from '../../../server/audit/audit.ts';
import { verifyAudit } from '../../../server/audit/verify.ts';
import { createClock } from '../../../server/clock.ts';
import { ConfigError } from '../../../server/config.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { createLog } from '../../../server/log.ts';
import { createRetention, loadRetention, readRules } from '../../../server/privacy/retention.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { eventually } from '../../support/server.ts';

const DAY = 86_400_000;
const crypto = createCrypto(parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`));
const calendar = { offsetMinutes: 480, exceptions: {}, until: '2030-12-31' };

function world(text: string, kept: readonly string[] = []) {
  const store = createMemoryStore();
  let real = 1_000 * DAY;
  const clock = createClock(0, () => real);
  const audit = createAudit(store, crypto);
  const rules = readRules(text, 'retention.yaml');
  const isKept = async (person: string) => kept.includes(person);
  const retention = createRetention({
    ...{ rules, store, audit, calendar, clock, isKept },
    log: createLog('silent'),
    sweep: async () => undefined,
  });
  const ids = async (kind: string) => {
    const found: string[] = [];
    for await (const { id } of store.listDocuments(kind)) found.push(id);
    return found.sort();
  };
  const pass = (days: number): void => {
    real += days * DAY;
  };
  return { store, clock, audit, retention, ids, pass };
}

describe('how long what is no part of a case is kept', () => {
  test('is said by a file, in words, and goes by the clock', async () => {
    const { store, clock, retention, ids, pass } = world('keep: [{ kind: draft, since: savedAt, keep: 30 days }]');
    await store.writeDocument('draft', 'old', { savedAt: clock.now() });
    pass(1);
    await store.writeDocument('draft', 'new', { savedAt: clock.now() });
    await store.writeDocument('draft', 'without', { other: 1 });
    pass(29);
    expect(await retention.run()).toEqual({ draft: 1 });
    expect(await ids('draft')).toEqual(['new', 'without']);
    expect(await retention.run()).toEqual({});
    pass(400);
    expect(await retention.run()).toEqual({ draft: 1 });
    expect(await ids('draft')).toEqual(['without']);
  });

  test('an account that was deleted goes when nothing of its owner is kept any more', async () => {
    const { store, clock, retention, ids, pass } = world('keep: [{ kind: account, since: erasedAt, keep: 1 days }]', [
      'with-a-case',
    ]);
    await store.writeDocument('account', 'lives', { erasedAt: 0 });
    for (const id of ['with-a-case', 'without']) await store.writeDocument('account', id, { erasedAt: clock.now() });
    pass(2);
    await retention.run();
    expect(await ids('account')).toEqual(['lives', 'with-a-case']);
  });

  test('the log of who did what loses its beginning and stays whole; that something went is in it', async () => {
    const { store, clock, audit, retention, pass } = world(
      'keep: [{ kind: audit, since: at, keep: 100 days }, { kind: draft, since: savedAt, keep: 1 days }]',
    );
    await audit.append({ at: clock.now(), person: 'a', action: 'unmask' });
    await store.writeDocument('draft', 'd', { savedAt: clock.now() });
    pass(101);
    await audit.append({ at: clock.now(), person: 'b', action: 'unmask' });
    expect(await retention.run()).toEqual({ audit: 1, draft: 1 });
    expect((await audit.newest(9)).map(({ action }) => action)).toEqual(['retention', 'audit-pruned', 'unmask']);
    expect((await verifyAudit({ store, raw: store, crypto })).wrong).toEqual([]);
  });

  test('runs at the start and every day', async () => {
    const { store, clock, retention, ids } = world('keep: [{ kind: draft, since: savedAt, keep: 1 days }]');
    await store.writeDocument('draft', 'one', { savedAt: 1 });
    retention.start();
    await eventually(async () => (await ids('draft')).length === 0, 'the first run');
    await store.writeDocument('draft', 'two', { savedAt: 1 });
    clock.moveTo(clock.now() + DAY);
    await eventually(async () => (await ids('draft')).length === 0, 'the run of the next day');
    await retention.stop();
  });

  test.each([
    ['no list', 'other: 1', /write `keep:`/],
    ['no time', 'keep: [{ kind: draft, since: savedAt, keep: long }]', /keep\[0\].*30 days/],
    ['something that the program lives by', 'keep: [{ kind: keyring, since: at, keep: 1 days }]', /keep\[0\]/],
    ['no field', 'keep: [{ kind: draft, keep: 1 days }]', /since/],
    ['no YAML', 'keep: [', /retention\.yaml:1:/],
  ])('%s is told with its place', (_name, text, words) => {
    expect(() => readRules(text, 'retention.yaml')).toThrow(ConfigError);
    expect(() => readRules(text, 'retention.yaml')).toThrow(words);
  });

  test('the file of the data folder takes the place of the one that comes with the program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certflow-retention-'));
    const shipped = await loadRetention(folder);
    expect(shipped.map(({ kind }) => kind)).toContain('audit');
    await writeFile(join(folder, 'retention.yaml'), 'keep: [{ kind: draft, since: savedAt, keep: 2 weeks }]');
    expect(await loadRetention(folder)).toEqual([
      { kind: 'draft', since: 'savedAt', keep: { kind: 'elapsed', ms: 14 * DAY } },
    ]);
  });
});
