import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { courseStart } from '../../../../engine/index.ts';
import type { Definition } from '../../../../engine/model/definition.ts';
import { createReservations } from '../../../../server/cases/reservations.ts';
import type { Running } from '../../../../server/server.ts';
import type { Beside } from '../../../../server/store/listing.ts';
import { exclusiveIn } from '../../../../server/store/nodes.ts';
import { SeatTaken, STRUCK_OFF } from '../../../../server/store/postgres/errors.ts';
import { type OpenedPostgres, openPostgres } from '../../../../server/store/postgres/open.ts';
import { type CaseDocument, StoreDead } from '../../../../server/store/store.ts';
import { testCrypto } from '../../../support/accounts.ts';
import { caseDocument, caseState } from '../../../support/case-document.ts';
import { ask, clientOf, testPostgres } from '../../../support/postgres.ts';
import { Client, Lines, testServer } from '../../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const postgres = await testPostgres();
const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => postgres?.stop());

async function opened(url: string, onFatal: (message: string) => void = () => undefined): Promise<OpenedPostgres> {
  const one = await openPostgres({ url, onFatal, isShared: true });
  ends.push(() => one.store.close());
  return one;
}

async function halls(count: number): Promise<readonly Running[]> {
  const database = await postgres!.fresh();
  // At once, on an empty database: what a first start makes is made once.
  const all = await Promise.all(Array.from({ length: count }, () => testServer({ database, key })));
  for (const one of all) ends.push(() => one.close());
  return all;
}

describe.skipIf(postgres === null)('nodes that share a database', () => {
  test('whoever looks at a case sees what another node has written, and writes on from it', async () => {
    const url = await postgres!.fresh();
    const [{ store: one }, { store: other }] = [await opened(url), await opened(url)];
    await one.createCase(caseDocument('a'));
    const bump = (store: typeof one) =>
      store.updateCase('a', (now) => ({ ...now, state: { ...now.state, revision: now.state.revision + 1 } }));
    const revisions = async () => [
      (await one.lookCase('a'))?.state.revision,
      (await other.lookCase('a'))?.state.revision,
      (await one.readCase('a'))?.state.revision,
      (await other.readCase('a'))?.state.revision,
    ];
    for (let n = 2; n < 8; n += 1) {
      await bump(n % 3 === 0 ? one : other);
      expect(await revisions()).toEqual([n, n, n, n]);
    }
    // Nobody is given what they could change for others.
    const looked = await other.lookCase('a');
    expect(() => Object.assign(looked!.state, { revision: 99 })).toThrow(TypeError);
    Object.assign((await other.readCase('a'))!.state, { revision: 99 });
    expect(await revisions()).toEqual([7, 7, 7, 7]);
    await ask(url, 'DELETE FROM cases');
    expect(await revisions()).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a database that was set back is believed by whoever remembers more, and waits for nobody', async () => {
    const url = await postgres!.fresh();
    const { store } = await opened(url);
    const bump = (now: CaseDocument): CaseDocument => ({
      ...now,
      state: { ...now.state, revision: now.state.revision + 1 },
    });
    await store.createCase(caseDocument('a'));
    const [before] = await ask<{ body: string; version: string }>(url, 'SELECT body::text, version FROM cases');
    expect((await store.updateCase('a', bump)).state.revision).toBe(2);
    await ask(url, 'UPDATE cases SET body = $1::json, version = $2', [before!.body, before!.version]);
    const told = await Promise.race([store.updateCase('a', () => null), pause(30_000).then(() => 'waits')]);
    expect(told).toMatchObject({ state: { revision: 1 } });
    expect((await store.updateCase('a', bump)).state.revision).toBe(2);
  });

  test('a list that knows the revision is given what is remembered of it, and never an older one', async () => {
    const url = await postgres!.fresh();
    const [{ store: one }, { store: other }] = [await opened(url), await opened(url)];
    await one.createCase(caseDocument('a'));
    const looked = async (atLeast: number) => (await other.lookCase('a', atLeast))?.state.revision;
    expect(await looked(1)).toBe(1);
    await one.updateCase('a', (now) => ({ ...now, state: { ...now.state, revision: 2 } }));
    expect(await looked(2)).toBe(2);
    // Nobody is asked: the row is gone, and what is remembered is new enough.
    await ask(url, 'DELETE FROM cases');
    expect([await looked(1), await looked(2)]).toEqual([2, 2]);
    expect(await looked(3)).toBeUndefined();
  });

  test('what searches find a case by is that of the last write, whoever made it and whatever was left out', async () => {
    const url = await postgres!.fresh();
    const [{ store: one }, { store: other }] = [await opened(url), await opened(url)];
    const beside = (keys: readonly string[]): Beside => ({
      ...{
        form: 'f',
        entry: 'e',
        owner: 'person-1',
        company: null,
        workflow: 'sample',
        release: 'r',
        label: '',
        lists: [],
      },
      ...{ createdAt: 1, updatedAt: 1, warn: null, late: null, watch: null, about: null, keys, rows: [], counted: [] },
      course: courseStart,
    });
    await one.createCase(caseDocument('a', { beside: beside(['a']) }));
    const write = async (store: typeof one, given: Partial<CaseDocument>) => {
      await store.updateCase('a', (now) => ({
        ...now,
        state: { ...now.state, revision: now.state.revision + 1 },
        ...given,
      }));
      const [row] = await ask<{ keys: string[] }>(url, 'SELECT keys FROM case_keys');
      return row?.keys;
    };
    expect(await write(one, { beside: beside(['a']) })).toEqual(['a']);
    expect(await write(one, { beside: beside(['a', 'b']) })).toEqual(['a', 'b']);
    expect(await write(one, {})).toEqual(['a', 'b']);
    expect(await write(other, { beside: beside(['c']) })).toEqual(['c']);
    expect(await write(one, { beside: beside(['a', 'b']) })).toEqual(['a', 'b']);
    expect(await write(one, { beside: null })).toEqual(['a', 'b']);
    expect(await write(one, { beside: beside(['b']) })).toEqual(['b']);
    expect(await write(other, { beside: beside(['b', 'a']) })).toEqual(['b', 'a']);
    expect(await write(one, { beside: beside([]) })).toEqual([]);
    expect(await write(one, { beside: beside(['a']) })).toEqual(['a']);
  });

  test('a name is held by one of them, waited for, and free when its node is struck off', async () => {
    const url = await postgres!.fresh();
    const fatal: string[] = [];
    const first = await opened(url, (message) => fatal.push(message));
    const second = await opened(url);
    const exclusive = [first, second].map(({ nodes }) => exclusiveIn(nodes));
    let inside = 0;
    let most = 0;
    let count = 0;
    const job = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      const now = count;
      await pause(2);
      count = now + 1;
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 40 }, (_, n) => exclusive[n % 2]!('name', job)));
    expect([most, count]).toEqual([1, 40]);
    // Several at once, in any order: nobody waits for each other for ever.
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const release = await [first, second][n % 2]!.nodes.hold(n % 3 === 0 ? ['a', 'b'] : ['b', 'a']);
        await release();
      }),
    );
    expect(await ask(url, 'SELECT * FROM claims')).toEqual([]);

    await first.nodes.hold(['kept']);
    expect(await first.nodes.claim('job')).not.toBeNull();
    expect(await second.nodes.claim('job')).toBeNull();
    const waiting = second.nodes.hold(['kept']);
    await vi.waitFor(async () => {
      const rows = await ask<{ gone: boolean }>(
        url,
        'SELECT strike_off(epoch, seen) AS gone FROM nodes WHERE epoch = (SELECT min(epoch) FROM nodes)',
      );
      expect(rows[0]?.gone).toBe(true);
    });
    await waiting;
    expect(await second.nodes.claim('job')).not.toBeNull();
    await expect(first.store.writeDocument('thing', 'a', {})).rejects.toBeInstanceOf(StoreDead);
    expect(fatal).toEqual([STRUCK_OFF]);
  });

  test('what one writes the other reads, however fresh its memory, and hears of in order', async () => {
    const url = await postgres!.fresh();
    const [first, second] = [await opened(url), await opened(url)];
    const heard: string[] = [];
    second.nodes.follow({
      hear: async (changes) => void heard.push(...changes.map(({ kind, id }) => `${kind} ${id}`)),
      told: (topic, count) => heard.push(`told ${topic} ${count}`),
    });
    const state = caseState('a', { number: 'number of a' });
    await first.store.createCase(caseDocument('a', { state }));
    await first.store.writeDocument('board', 'p', {});
    await first.store.writeDocument('draft', 'd', {});
    await second.nodes.current();
    expect(heard).toEqual(['case a', 'board p']);
    const bump = (store: typeof first.store) =>
      store.updateCase('a', (now) => ({ ...now, state: { ...now.state, revision: now.state.revision + 1 } }));
    await Promise.all(Array.from({ length: 60 }, (_, n) => bump([first, second][n % 2]!.store)));
    for (const { store } of [first, second]) expect((await store.readCase('a'))?.state.revision).toBe(61);
    // Nothing to do is said of the newest, not of what is remembered.
    await bump(second.store);
    expect((await first.store.updateCase('a', () => null)).state.revision).toBe(62);
    heard.length = 0;
    first.nodes.tell('inbox/x', 3);
    await vi.waitFor(() => expect(heard).toContain('told inbox/x 3'));
  });

  test('a change that becomes visible after a later one is heard all the same', async () => {
    const url = await postgres!.fresh();
    const [first, second] = [await opened(url), await opened(url)];
    const heard: string[] = [];
    second.nodes.follow({
      hear: async (changes) => void heard.push(...changes.map(({ id }) => id)),
      told: () => undefined,
    });
    const slow = await clientOf(url);
    await slow.query('BEGIN');
    await slow.query(`INSERT INTO changes (epoch, kind, id) VALUES (0, 'case', 'slow')`);
    for (let n = 0; n < 5; n += 1) {
      await first.store.writeDocument('board', `b${n}`, {});
      await second.nodes.current();
    }
    expect(heard).toEqual(['b0', 'b1', 'b2', 'b3', 'b4']);
    await slow.query('COMMIT');
    await slow.end();
    await second.nodes.current();
    expect(heard).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'slow']);
    await second.nodes.current();
    expect(heard).toHaveLength(6);
  });

  test('whoever needs the database alone waits for them, and they for it', async () => {
    const url = await postgres!.fresh();
    const first = await opened(url);
    await expect(openPostgres({ url, onFatal: () => undefined })).rejects.toBeInstanceOf(SeatTaken);
    await first.store.close();
    const alone = await openPostgres({ url, onFatal: () => undefined });
    await expect(openPostgres({ url, onFatal: () => undefined, isShared: true })).rejects.toBeInstanceOf(SeatTaken);
    await alone.store.close();
    ends.splice(0);
  });

  test('of cases that want the same key at once on different nodes one gets it', async () => {
    const url = await postgres!.fresh();
    const both = [await opened(url), await opened(url)];
    const definition = {
      declared: { reservations: { open: { title: '一份', key: 'x', taken: '已有一份' } } },
    } as unknown as Definition;
    const crypto = testCrypto();
    const houses = both.map(({ store, nodes }) => ({ store, reservations: createReservations(store, crypto, nodes) }));
    for (let round = 0; round < 15; round += 1) {
      const asked = Array.from({ length: 4 }, async (_, n) => {
        const { store, reservations } = houses[n % 2]!;
        const id = `r${round}-${n}`;
        const state = caseState(id, { number: id, reservations: { open: `K${round}` } });
        const taken = await reservations.take(definition, null, state);
        const isFree = taken.blockers.length === 0;
        if (isFree) await store.createCase(caseDocument(id, { state }));
        await taken.release(isFree);
        return isFree;
      });
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    }
    expect(await ask(url, 'SELECT * FROM claims')).toEqual([]);
  });
});

describe.skipIf(postgres === null)('halls that share a database', () => {
  test('a person is served by any of them: log-in, cases, lists, live lines, wrong passwords', async () => {
    const [first, second] = await halls(2);
    const client = await new Client(first!.url).logIn('applicant');
    client.url = second!.url;
    const { status, body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    expect(status).toBe(200);
    for (const { url } of [first!, second!]) {
      client.url = url;
      expect((await client.view(body.id)).id).toBe(body.id);
      const list = await client.ask<{ rows: { id: string }[] }>('GET', '/api/cases');
      expect(JSON.stringify(list.body)).toContain(body.id);
    }
    client.url = first!.url;
    const lines = new Lines(await client.raw('GET', `/api/cases/${body.id}/stream`));
    await lines.until('event: revision');
    lines.text = '';
    const view = await client.view(body.id);
    client.url = second!.url;
    const sent: number[] = [];
    for (const { event } of view.tasks.flatMap(({ offers }) => offers)) {
      sent.push((await client.send(body.id, event)).status);
      if (sent.at(-1) === 200) break;
    }
    expect(sent.at(-1)).toBe(200);
    await lines.until('event: revision');

    const lead = await new Client(first!.url).logIn('reviewLead');
    const board = {
      opening: null,
      announcements: { m: { title: '系统维护', text: '今晚。', from: '2026-01-01', until: '2036-01-02' } },
    };
    expect((await lead.ask('PUT', '/api/board/szmg', { board, base: 0, note: '维护' })).status).toBe(200);
    const hall = await new Client(second!.url).ask('GET', '/api/hall');
    expect(JSON.stringify(hall.body)).toContain('系统维护');

    for (let n = 0; n < 5; n += 1) {
      const at = new Client([first, second][n % 2]!.url);
      await at.ask('POST', '/api/session', { account: 'reviewer', password: 'wrong-password' });
    }
    for (const { url } of [first!, second!]) {
      const locked = await new Client(url).ask('POST', '/api/session', {
        account: 'reviewer',
        password: 'demo-certflow',
      });
      expect(locked.status).toBe(423);
    }
  });

  test('what one publishes is in force on the other; many cases at once are worked on by the one that leads', async () => {
    const [first, second] = await halls(2);
    const { releases } = second!.context;
    const head = (await releases.project('szmg'))!;
    const path = 'workflows/projects/szmg.project.yaml';
    const yaml = (await releases.draftFiles(head))[path]!;
    const changed = yaml.replace(/^title: .*$/m, 'title: 另一个标题');
    expect(changed).not.toBe(yaml);
    await releases.saveDraft('szmg', { yaml: changed, files: null, by: 'editor' });
    await releases.publish('szmg', { note: '改标题', by: 'editor' });
    const hall = await new Client(first!.url).ask('GET', '/api/hall');
    expect(JSON.stringify(hall.body)).toContain('另一个标题');

    // Neither is asked who leads: whoever it is does both.
    for (const [n, { context }] of [first!, second!].entries()) {
      const row = { id: 'nobody', number: '1', key: '', state: 'waiting' as const, message: '', at: null };
      const texts = { by: 'p', name: '甲', locale: 'zh-CN' as const, what: '挂起', event: 'HOLD', to: '' };
      await context.works.put({ ...texts, id: `w${n}`, at: 1, action: 'event', data: null, rows: [row] });
    }
    for (const id of ['w0', 'w1'])
      await vi.waitFor(async () => {
        expect((await first!.context.works.read(id))?.rows[0]?.state).toBe('gone');
      }, 60_000);
  });

  test('one of them leads; when it goes, the next one does', async () => {
    const url = await postgres!.fresh();
    const [first, second] = [await opened(url), await opened(url)];
    const led: string[] = [];
    first.nodes.onLead(() => led.push('first'));
    second.nodes.onLead(() => led.push('second'));
    await vi.waitFor(() => expect(led).toEqual(['first']), 20_000);
    await pause(1_500);
    expect(led).toEqual(['first']);
    ends.splice(0);
    await first.store.close();
    await vi.waitFor(() => expect(led).toEqual(['first', 'second']), 20_000);
    await second.store.close();
  });
});
