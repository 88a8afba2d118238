import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CaseState, JournalEntry } from '../../../engine/model/case.ts';
import type { Running } from '../../../server/server.ts';
import { Client, testServer } from '../../support/server.ts';
import { caseAt } from '../../support/walk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

interface Taken {
  readonly project: string;
  readonly hash: string;
  readonly state: CaseState;
  readonly journal: readonly JournalEntry[];
}

let running: Running;
let tester: Client;
let owner: Client;
let id = '';
let number = '';

const add = async (account: string, grants: readonly { role: string; projects: readonly string[] | null }[]) => {
  const { accounts } = running.context;
  await accounts.book.create({
    ...{ account, name: account, grants: [...grants] },
    password: (await accounts.book.find('login', 'applicant'))?.password ?? null,
  });
  return new Client(running.url).logIn(account);
};
const take = (who: Client, body: object) =>
  who.ask<Taken & { error?: { code: string } }>('POST', '/api/lab/cases', body);
const because = { reason: '重现随机码输不对的问题' };

beforeAll(async () => {
  running = await testServer();
  tester = await new Client(running.url).logIn('tester');
  const made = await caseAt(running, 4);
  owner = made.client;
  id = made.id;
  number = (await running.context.cases.read(id)).document.state.number;
});
afterAll(() => running.close());

test('a tester gets the case by its number, anonymous, where it stands, on its own release', async () => {
  const { document, definition } = await running.context.cases.read(id);
  const answer = await take(tester, { number: `${number.slice(0, 3)} ${number.slice(3)}`, ...because });
  expect(answer.status).toBe(200);
  const { state, journal, hash, project } = answer.body;
  expect([hash, project]).toEqual([definition.hash, 'szmg']);
  expect(state.active).toEqual(document.state.active);
  expect(state.updatedAt).toBe(document.state.updatedAt);
  expect(journal.map(({ title }) => title)).toEqual(document.journal.map(({ title }) => title));
  const text = JSON.stringify(answer.body);
  const { organization, agent } = document.state.forms;
  for (const value of [id, number, document.state.owner, organization?.number, agent?.mobile, agent?.idNumber])
    if (typeof value === 'string') expect(text).not.toContain(value);
  expect(state.forms.organization?.number).not.toBe(organization?.number);
});

test('who, when, which and why is written down, also when nothing else was done with it', async () => {
  const auditor = await new Client(running.url).logIn('auditor');
  const { body } = await auditor.ask<{ entries: { action: string; reason: string; at: number; caseId: string }[] }>(
    'GET',
    '/api/audit?action=sample',
  );
  expect(JSON.stringify(body)).toContain(because.reason);
  expect(JSON.stringify(body)).toContain(number);
});

test('without a reason nothing is taken', async () => {
  const answer = await take(tester, { number, reason: '  ' });
  expect([answer.status, answer.body.error?.code]).toEqual([422, 'reason-needed']);
});

test('only testers of the project of the case; others are told what they are told of a number that is none', async () => {
  for (const account of ['admin', 'publisher', 'reviewer', 'auditor', 'applicant2'])
    expect((await take(await new Client(running.url).logIn(account), { number, ...because })).status, account).toBe(
      403,
    );
  const elsewhere = await add('tester-elsewhere', [{ role: 'tester', projects: ['weigu'] }]);
  const none = await take(tester, { number: '99926010509000001', ...because });
  const foreign = await take(elsewhere, { number, ...because });
  expect([foreign.status, foreign.body]).toEqual([404, none.body]);
  const here = await add('tester-here', [{ role: 'tester', projects: ['szmg'] }]);
  expect((await take(here, { number, ...because })).status).toBe(200);
});

test('nobody plays with a case of their own: they would learn what stands for what', async () => {
  const both = await add('tester-applicant', [
    { role: 'tester', projects: null },
    { role: 'applicant', projects: null },
  ]);
  const { body } = await both.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
  const own = (await running.context.cases.read(body.id)).document.state.number;
  expect((await take(both, { number: own, ...because })).status).toBe(404);
  expect((await take(tester, { number: own, ...because })).status).toBe(200);
  expect((await take(owner, { number, ...because })).status).toBe(403);
});

test('whoever tries numbers is slowed down', async () => {
  const curious = await add('tester-curious', [{ role: 'tester', projects: null }]);
  const codes: number[] = [];
  for (let n = 0; n < 32; n += 1)
    codes.push((await take(curious, { number: `0002601050900${String(n).padStart(4, '0')}`, ...because })).status);
  expect(codes.slice(0, 30).every((code) => code === 404)).toBe(true);
  expect(codes.at(-1)).toBe(429);
});
