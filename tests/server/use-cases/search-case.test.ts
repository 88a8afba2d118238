import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CaseList } from '../../../engine/contract/routes.ts';
import type { Running } from '../../../server/server.ts';
import { wordsOf } from '../../../server/use-cases/search-case.ts';
import { press } from '../../support/filling.ts';
import { Client, testServer } from '../../support/server.ts';
import { freshNumber } from '../../support/walk.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
let client: Client;
let committed = '';
let drafted = '';
beforeAll(async () => {
  running = await testServer();
  client = await new Client(running.url).logIn('applicant');
  const start = async () => (await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body.id;
  committed = await start();
  drafted = await start();
  const over = {
    organization: { name: '江东纺织有限公司', number: freshNumber() },
    agent: { name: '欧阳示例', mobile: '13800001234' },
  };
  for (let n = 0; n < 3; n += 1) await press(running, client, committed, 'NEXT', { over });
  for (let n = 0; n < 2; n += 1)
    await press(running, client, drafted, 'NEXT', { over: { organization: { number: freshNumber() } } });
  const forms = { organization: { name: 'Westridge Ｍachines 有限公司' } };
  expect((await client.ask('PATCH', `/api/cases/${drafted}/draft`, { forms })).status).toBe(200);
});
afterAll(() => running.close());

const found = async (q: string, who = client) =>
  (await who.ask<CaseList>('GET', `/api/cases?q=${encodeURIComponent(q)}`)).body.rows.map(({ id }) => id);

test('what was committed, what is only typed, number, subject and state are found, in any order of the words', async () => {
  expect(await found('欧阳')).toEqual([committed]);
  expect(await found('138 0000 1234')).toEqual([committed]);
  expect(await found('13800001234  江东')).toEqual([committed]);
  expect(await found('westridge machines')).toEqual([drafted]);
  expect(await found((await client.view(drafted)).number.slice(-8))).toContain(drafted);
  expect((await found('草稿')).sort()).toEqual([committed, drafted].sort());
});

test('every word has to stand there; nothing of others is found', async () => {
  expect(await found('欧阳 westridge')).toEqual([]);
  expect(await found('没有这个词')).toEqual([]);
  const other = await new Client(running.url).logIn('applicant2');
  expect(await found('欧阳', other)).toEqual([]);
  expect(await found('草稿', other)).toEqual([]);
  // Without words, the list is what it was.
  expect((await found(' ')).sort()).toEqual([committed, drafted].sort());
});

test('words are few, and folded as what was typed is', () => {
  expect(wordsOf('  １３８ 0000-1234　ＡＢ c ')).toEqual(['13800001234', 'ab', 'c']);
  expect(wordsOf('a '.repeat(100))).toHaveLength(8);
});
