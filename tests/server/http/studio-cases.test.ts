import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Impact, StudioDifference } from '../../../engine/contract/impact.ts';
import type { StudioProject, StudioProjectRow } from '../../../engine/contract/routes.ts';
import type { Files } from '../../../engine/model/definition.ts';
import type { Running } from '../../../server/server.ts';
import type { MigrationLine } from '../../../server/use-cases/migrate-cases.ts';
import { Client, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const workflow = (states: string): string => `language: 2
workflow: permit
title: 许可
goals: [main.closed]
roles: { applicant: { title: 办理人, tile: 办 } }
events: { NEXT: { title: 下一步, by: applicant } }
regions:
  main:
    title: 办理
    states:
${states}
      closed: { final: true, title: 结束, label: 结束 }
`;
const state = (id: string, title: string, to: string, more = ''): string =>
  `      ${id}: { title: ${title}, label: ${title}, task: { by: applicant }, on: { NEXT: { to: ${to} } }${more} }`;

const PATH = 'workflows/permit.workflow.yaml';
const first: Files = {
  [PATH]: workflow(
    [state('begin', '开始', 'middle'), state('middle', '当中', 'end'), state('end', '收尾', 'closed')].join('\n'),
  ),
  'workflows/projects/permit.project.yaml':
    'language: 2\nproject: permit\ntitle: 许可\nextends: permit\nnumber: "999"\n',
};
/** The middle is no more, and the end has a deadline. */
const second = workflow(
  [state('begin', '开始', 'end'), state('end', '收尾', 'closed', ', after: { 3 days: { to: closed } }')].join('\n'),
);

let running: Running;
let admin: Client;
let publisher: Client;
let operations: Client;
const numbers: { [at: string]: string } = {};
beforeAll(async () => {
  running = await testServer({}, { files: first });
  admin = await new Client(running.url).logIn('admin');
  publisher = await new Client(running.url).logIn('publisher');
  operations = await new Client(running.url).logIn('operations');
  const applicant = await new Client(running.url).logIn('applicant');
  for (const [at, steps] of [
    ['begin', 0],
    ['middle', 1],
    ['end', 2],
  ] as const) {
    const { id } = (await applicant.ask<{ id: string }>('POST', '/api/cases', { project: 'permit' })).body;
    for (let step = 0; step < steps; step += 1) {
      const { revision } = await applicant.view(id);
      const event = { event: 'NEXT', revision, request: `${id}-${step}` };
      expect((await applicant.ask('POST', `/api/cases/${id}/events`, event)).status).toBe(200);
    }
    numbers[at] = (await applicant.view(id)).number;
  }
  const { yaml } = (await admin.ask<StudioProject>('GET', '/api/studio/projects/permit')).body;
  await running.context.releases.saveDraft('permit', { yaml, files: { ...first, [PATH]: second }, by: 'import' });
});
afterAll(() => running.close());

const impact = async (who: Client, body: object): Promise<Impact> =>
  (await who.ask<Impact>('POST', '/api/studio/projects/permit/impact', body)).body;

test('every open case is tried on the draft: as it was, otherwise, or somebody has to say where it goes on', async () => {
  const found = await impact(admin, { of: 'draft' });
  expect(found.counts).toEqual({ same: 1, moved: 1, person: 1 });
  expect(found.cases.map(({ number, outcome }) => [number, outcome])).toEqual([
    [numbers.middle, 'person'],
    [numbers.end, 'moved'],
    [numbers.begin, 'same'],
  ]);
  const [stranded, moved] = found.cases;
  expect(stranded).toMatchObject({ label: '当中', gone: [{ id: 'main.middle', title: '当中' }], release: 1 });
  expect(stranded?.blockers.join()).toContain('当中');
  expect(moved?.begins.join()).toContain('3');
  // With a plan nobody is stranded, and nothing was written by trying.
  const planned = await impact(admin, { of: 'draft', plan: { states: { 'main.middle': 'main.begin' } } });
  expect(planned.counts.person).toBe(0);
  expect((await impact(admin, { of: 'draft' })).counts.person).toBe(1);
  expect((await impact(admin, { of: 'release' })).cases).toEqual([]);
});

test('what the draft does otherwise is told with a way that shows it', async () => {
  const { status, body } = await admin.ask<{ differences: StudioDifference[] }>(
    'POST',
    '/api/studio/projects/permit/difference',
    {},
  );
  expect(status).toBe(200);
  const gone = body.differences.find(({ kind, address }) => kind === 'state' && address === 'main.middle');
  expect(gone).toMatchObject({ title: '当中', after: null, witness: { passesIn: 'before' } });
  expect(gone?.witness?.scenario).toContain('NEXT');
  expect(body.differences.some(({ kind }) => kind === 'timer')).toBe(true);
});

test('cases are moved in waves, those that cannot go stay and say why, and there is a way back', async () => {
  const { base, release } = (await admin.ask<StudioProject>('GET', '/api/studio/projects/permit')).body;
  const published = await publisher.ask<StudioProject>('POST', '/api/studio/projects/permit/publish', {
    note: '去掉当中',
    base,
  });
  expect(published.status).toBe(200);
  expect(published.body).toMatchObject({ openCases: 3, olderCases: 3 });
  // Operations see which cases go by older releases, and open nothing else of the studio.
  const { projects } = (await operations.ask<{ projects: StudioProjectRow[] }>('GET', '/api/studio/projects')).body;
  expect(projects).toMatchObject([{ olderCases: 3, opens: false, moves: true }]);
  expect((await operations.ask('GET', '/api/studio/projects/permit')).status).toBe(403);

  const move = async (body: object): Promise<readonly MigrationLine[]> =>
    (await operations.ask<{ cases: MigrationLine[] }>('POST', '/api/studio/projects/permit/migrate', body)).body.cases;
  const dry = await move({ check: true });
  expect(dry.map(({ outcome }) => outcome).sort()).toEqual(['moved', 'moved', 'refused']);
  const waves: MigrationLine[] = [];
  for (;;) {
    const wave = await move({
      most: 1,
      except: waves.filter(({ outcome }) => outcome === 'refused').map((l) => l.number),
    });
    if (wave.length === 0) break;
    expect(wave).toHaveLength(1);
    waves.push(...wave);
  }
  expect(waves.map(({ number, outcome }) => [number, outcome]).sort()).toEqual(
    [
      [numbers.begin, 'moved'],
      [numbers.end, 'moved'],
      [numbers.middle, 'refused'],
    ].sort(),
  );
  const back = await move({ to: release?.hash });
  expect(back.map(({ outcome }) => outcome)).toEqual(['moved', 'moved']);
  expect(await operations.ask('POST', '/api/studio/projects/permit/migrate', { to: 'other' })).toMatchObject({
    status: 404,
  });
  expect((await publisher.ask('POST', '/api/studio/projects/permit/migrate', {})).status).toBe(403);
});

test('an earlier release is put in force again by one request: a number of its own, the draft and the cases stay', async () => {
  const opened = (await publisher.ask<StudioProject>('GET', '/api/studio/projects/permit')).body;
  const [, old] = opened.history;
  const given = { hash: old?.hash, note: '第 2 版有误', base: opened.base };
  const path = '/api/studio/projects/permit/go-back';
  expect((await admin.ask('POST', path, given)).status).toBe(403);
  expect((await publisher.ask('POST', path, { ...given, hash: 'other' })).status).toBe(404);
  expect((await publisher.ask('POST', path, { ...given, note: ' ' })).status).toBe(422);
  expect((await publisher.ask('POST', path, { ...given, base: opened.base - 1 })).status).toBe(409);
  const { status, body } = await publisher.ask<StudioProject>('POST', path, given);
  expect(status).toBe(200);
  expect(body.release).toMatchObject({ number: 3, hash: old?.hash, note: '第 2 版有误' });
  const hall = await admin.ask<{ projects: { release: string }[] }>('GET', '/api/hall');
  expect(hall.body.projects[0]?.release).toBe(old?.hash);
  const zip = await admin.raw('GET', `/api/studio/projects/permit/releases/${old?.hash}/files.zip`);
  expect(zip.headers.get('content-type')).toBe('application/zip');
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  expect(strFromU8(files[PATH]!)).toBe(first[PATH]);
  expect((await admin.raw('GET', '/api/studio/projects/permit/releases/other/files.zip')).status).toBe(404);
});

test('a project begins as another one, as a draft that takes no cases; its first release opens it', async () => {
  const given = { from: 'permit', id: 'north', title: '北区许可', number: '016' };
  const made = await admin.ask<StudioProject>('POST', '/api/studio/projects', given);
  expect(made).toMatchObject({
    status: 200,
    body: { id: 'north', title: '北区许可', release: null, draft: { errors: 0 }, history: [] },
  });
  expect(made.body.yaml).toContain('number: "016"');
  const applicant = await new Client(running.url).logIn('applicant');
  expect((await applicant.ask('POST', '/api/cases', { project: 'north' })).status).toBe(404);
  const refused = async (body: object): Promise<unknown> =>
    (await admin.ask<{ error: { code: string } }>('POST', '/api/studio/projects', { ...given, ...body })).body.error
      .code;
  expect(await refused({})).toBe('project-taken');
  expect(await refused({ id: 'North' })).toBe('project-id');
  expect(await refused({ id: '../x' })).toBe('project-id');
  expect(await refused({ id: 'south', number: '1' })).toBe('project-number');
  expect(await refused({ id: 'south', title: ' ' })).toBe('project-title');
  expect((await publisher.ask('POST', '/api/studio/projects', { ...given, id: 'south' })).status).toBe(403);
  expect((await operations.ask<Impact>('POST', '/api/studio/projects/north/impact', { of: 'release' })).status).toBe(
    404,
  );

  const { base } = made.body;
  const published = await publisher.ask<StudioProject>('POST', '/api/studio/projects/north/publish', {
    note: '开办',
    base,
  });
  expect(published.body.release).toMatchObject({ number: 1, note: '开办' });
  const { id } = (await applicant.ask<{ id: string }>('POST', '/api/cases', { project: 'north' })).body;
  expect((await applicant.view(id)).number).toMatch(/^016/);
});
