import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ReportView } from '../../../engine/contract/reports.ts';
import { createClock } from '../../../server/clock.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { isOnPostgres } from '../../support/hall-store.ts';
import { Client, newDataDir, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** A Monday, 9:00 in Shanghai. */
const start = Date.parse('2026-11-23T01:00:00Z');
const HOUR = 3_600_000;
const project = 'district-archive';

let running: Running;
let dataDir: string;
let sentBack = '';
const clock = () => createClock(0, () => start);
const as = (account: string) => new Client(running.url).logIn(account);

/** A request that two offices look at. */
async function inReview(holder: string): Promise<string> {
  const client = await as('applicant');
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project });
  for (const event of ['NEXT', 'NEXT', 'SUBMIT'])
    await press(running, client, body.id, event, { over: { copyRequest: { holderName: holder } } });
  return body.id;
}

beforeAll(async () => {
  dataDir = await newDataDir();
  running = await testServer({ dataDir }, { clock: clock() });
  const right = await inReview('江东纺织有限公司');
  sentBack = await inReview('=西岭机械有限公司');
  await running.context.jobs.advance(2 * HOUR);
  const [archivist, officer] = [await as('archivist'), await as('legalOfficer')];
  await press(running, archivist, right, 'ARCHIVE_OK');
  await press(running, officer, right, 'LEGAL_OK');
  const flags = [
    { field: 'supporting.requestForm', reason: '申请书没有签名或盖章' },
    { field: 'copyRequest.purposeText', reason: '写得太简单' },
  ];
  await press(running, archivist, sentBack, 'ARCHIVE_RETURN', { data: { flags } });
});
afterAll(() => running.close());

async function reportOf(account: string, query = ''): Promise<ReportView> {
  const { status, body } = await (await as(account)).ask<ReportView>('GET', `/api/reports?${query}`);
  expect(status).toBe(200);
  return body;
}

test('whoever leads sees what was begun, found right and sent back, how long it took and why', async () => {
  const report = await reportOf('supervisor');
  expect(report.projects.map(({ id }) => id)).toEqual([project]);
  expect(report.sums).toMatchObject({ begun: 2, right: 1, back: 1, firstRight: 1, firstBack: 1, kept: 2, late: 0 });
  expect(report.days).toHaveLength(30);
  expect(report.days.at(-1)).toMatchObject({ day: '2026-11-23', begun: 2 });
  const archive = report.states.find(({ who }) => who.id === 'archivist')!;
  expect(archive).toMatchObject({ n: 2, average: 2 * HOUR });
  expect(archive.half).toBeLessThanOrEqual(2 * HOUR);
  expect(report.reasons).toEqual([
    // As often as each other: in the order of their names, whatever is counted first.
    expect.objectContaining({ field: 'copyRequest.purposeText', reason: '', n: 1 }),
    expect.objectContaining({ field: 'supporting.requestForm', reason: '申请书没有签名或盖章', n: 1 }),
  ]);
  const [reason] = report.reasons;
  expect(reason!.title).not.toBe(reason!.field);
  expect(reason!.cases.map(({ id }) => id)).toEqual([sentBack]);
  // What a reviewer wrote themselves is not in the report.
  expect(JSON.stringify(report)).not.toContain('写得太简单');
});

test('those who are led, other leaders and applicants see nothing of it; operations see all projects', async () => {
  for (const account of ['archivist', 'applicant'])
    expect((await (await as(account)).ask('GET', '/api/reports')).status, account).toBe(403);
  const other = await reportOf('reviewLead');
  expect(other.projects.map(({ id }) => id)).not.toContain(project);
  expect(other.sums.begun).toBe(0);
  expect((await reportOf('reviewLead', `project=${project}`)).sums.begun).toBe(0);
  expect((await reportOf('operations', `project=${project}`)).sums.begun).toBe(2);
  // Operations have no part in these cases: their numbers are not told.
  expect((await reportOf('operations')).reasons.flatMap(({ cases }) => cases)).toEqual([]);
});

test('a range that is none, or a table that is none, is refused with how to mend it', async () => {
  const client = await as('supervisor');
  for (const query of [
    'from=2026-11-24&to=2026-11-23',
    'from=yesterday&to=2026-11-23',
    'from=2020-01-01&to=2026-11-23',
  ])
    expect((await client.ask('GET', `/api/reports?${query}`)).status, query).toBe(400);
  expect((await client.ask('GET', '/api/reports/table?table=people')).status).toBe(400);
});

test('a table for a spreadsheet knows UTF-8 and holds no formula', async () => {
  const client = await as('supervisor');
  for (const table of ['days', 'projects', 'states', 'reasons', 'promises']) {
    const { body } = await client.ask<{ csv: string }>('GET', `/api/reports/table?table=${table}`);
    expect(body.csv.startsWith('\uFEFF'), table).toBe(true);
    for (const cell of body.csv.slice(1).split(/[,\r\n]+/)) expect(cell, table).not.toMatch(/^[=+@]/);
    expect(body.csv.split('\r\n').length, table).toBeGreaterThan(2);
  }
});

const later = { now: expect.anything(), from: expect.anything(), to: expect.anything(), days: expect.anything() };

test('it is the same after a clean stop', async () => {
  const before = await reportOf('supervisor');
  await running.close();
  running = await testServer({ dataDir }, { clock: clock() });
  expect(running.context.cases.rebuilding()).toBeNull();
  expect(await reportOf('supervisor')).toEqual({ ...before, ...later });
});

// In a database what is counted is written with each step.
test.skipIf(isOnPostgres)('it is the same after a crash, when every case is read again', async () => {
  const before = await reportOf('supervisor');
  // The index is not saved: as if the process had died.
  await running.context.store.removeDocument('caseIndex', 'mark');
  const counted = running.context.rollup.toJson();
  Object.assign(running.context.cases, { rebuilding: () => 1 });
  await running.close();
  running = await testServer({ dataDir }, { clock: clock() });
  await vi.waitFor(() => expect(running.context.cases.rebuilding()).toBeNull(), 20_000);
  expect(await reportOf('supervisor')).toEqual({ ...before, ...later });
  const sorted = (json: unknown) => JSON.stringify(json).split('').sort().join('');
  expect(sorted(running.context.rollup.toJson())).toBe(sorted(counted));
});
