import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { StudioProject } from '../../../engine/contract/routes.ts';
import type { Verdict } from '../../../engine/contract/verdict.ts';
import { readScenario, runScenario } from '../../../engine/index.ts';
import { load } from '../../../engine/load.ts';
import type { Files } from '../../../engine/model/definition.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { Client, DEFINITIONS, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

interface Refused {
  readonly verdict: Verdict;
}

let running: Running;
beforeAll(async () => {
  const files: Files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  running = await testServer({}, { files });
});
afterAll(() => running.close());

test('U-70 U-72 an admin changes a setting and publishes: new cases take it, running cases keep theirs', async () => {
  const admin = await new Client(running.url).logIn('admin');
  const publisher = await new Client(running.url).logIn('publisher');
  const applicant = await new Client(running.url).logIn('applicant');
  const start = async (): Promise<string> =>
    (await applicant.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body.id;
  const before = await start();

  const opened = (await admin.ask<StudioProject>('GET', '/api/studio/projects/szmg')).body;
  expect(opened.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(opened.release?.number).toBe(1);
  expect(opened.openCases).toBe(1);
  expect(opened.diagram.nodes.length).toBeGreaterThan(20);
  expect(opened.settings).toMatchObject({ legalRepAuth: true });

  const yaml = opened.yaml.replace('settings:', 'settings:\n  legalRepAuth: false');
  expect(yaml).not.toBe(opened.yaml);
  const checked = (await admin.ask<StudioProject>('POST', '/api/studio/projects/szmg/check', { yaml })).body;
  expect(checked.settings).toMatchObject({ legalRepAuth: false });
  expect(checked.diagram.nodes.some(({ id, removed }) => removed && id.includes('legalRep'))).toBe(true);

  const saved = (await admin.ask<StudioProject>('PUT', '/api/studio/projects/szmg/draft', { yaml, base: opened.base }))
    .body;
  expect(saved.draft?.errors).toBe(0);
  const stale = await admin.ask('PUT', '/api/studio/projects/szmg/draft', { yaml, base: opened.base });
  expect(stale).toMatchObject({ status: 409, body: { error: { code: 'draft-changed' } } });
  const wordless = await publisher.ask('POST', '/api/studio/projects/szmg/publish', { note: ' ', base: saved.base });
  expect(wordless).toMatchObject({ status: 422, body: { error: { code: 'note-needed' } } });
  // Stories of the legal representative come out otherwise: that is told first, and may be meant.
  const publishing = { note: '关闭法人认证', base: saved.base };
  const told = await publisher.ask<Refused>('POST', '/api/studio/projects/szmg/publish', publishing);
  expect(told).toMatchObject({ status: 409, body: { error: { code: 'draft-stories' }, verdict: { violations: [] } } });
  expect(told.body.verdict.scenarios.map(({ path }) => path).join()).toContain('legal-rep');
  const published = await publisher.ask<StudioProject>('POST', '/api/studio/projects/szmg/publish', {
    ...publishing,
    stories: 'changed',
  });
  expect(published.status).toBe(200);
  // Laws about sums are proved, too: nothing is left to production.
  expect(published.body.undecided).toEqual([]);
  expect(published.body.history.map(({ number, note }) => [number, note])).toEqual([
    [2, '关闭法人认证'],
    [1, '初始发布'],
  ]);

  const after = await start();
  const [old, young] = [await applicant.view(before), await applicant.view(after)];
  expect(old.release).toBe(opened.release?.hash);
  expect(young.release).toBe(published.body.release?.hash);
  const hall = await applicant.ask<{ projects: { release: string }[] }>('GET', '/api/hall');
  expect(hall.body.projects[0]?.release).toBe(young.release);
});

test('what a case could get to and must not is refused, with a scenario that plays there; nothing is published', async () => {
  const admin = await new Client(running.url).logIn('admin');
  const publisher = await new Client(running.url).logIn('publisher');
  const opened = (await admin.ask<StudioProject>('GET', '/api/studio/projects/szmg')).body;
  const law = 'laws: { neverLegalRep: { title: 任何时候都不提供法人认证, offers: LEGAL_REP, must: false } }';
  const yaml = `${opened.yaml.replace('legalRepAuth: false', 'legalRepAuth: true')}\n${law}\n`;
  const { base } = (
    await admin.ask<StudioProject>('PUT', '/api/studio/projects/szmg/draft', { yaml, base: opened.base })
  ).body;
  const refused = await publisher.ask<Refused>('POST', '/api/studio/projects/szmg/publish', { note: '不提供', base });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'draft-unproven' } } });
  const [violation] = refused.body.verdict.violations;
  expect(violation).toMatchObject({ message: expect.stringContaining('任何时候都不提供法人认证'), played: true });
  // The way moment by moment, for the diagram: it begins, and ends where the button is.
  const moments = violation?.moments ?? [];
  expect(moments[0]).toMatchObject({ kind: 'begin', active: expect.arrayContaining([expect.any(String)]) });
  const [last] = moments.slice(-1);
  expect(moments.length).toBeGreaterThan(5);
  expect(last?.active.some((address) => address.startsWith('main.work.organization'))).toBe(true);
  expect(moments.some(({ kind, title }) => kind === 'do' && /[\u4e00-\u9fff]/.test(title))).toBe(true);

  // It is kept as a scenario once, by whoever sees it; the gate plays it from then on.
  const keeping = { text: violation?.scenario ?? '' };
  const kept = await publisher.ask<{ path: string }>('POST', '/api/studio/projects/szmg/scenarios', keeping);
  expect(kept).toMatchObject({ status: 200, body: { title: violation?.message, by: expect.any(String) } });
  const again = await admin.ask<{ path: string }>('POST', '/api/studio/projects/szmg/scenarios', keeping);
  expect(again.body.path).toBe(kept.body.path);
  const list = await admin.ask<{ scenarios: object[] }>('GET', '/api/studio/projects/szmg/scenarios');
  expect(list.body.scenarios).toHaveLength(1);
  const wrong = await admin.ask('POST', '/api/studio/projects/szmg/scenarios', { text: 'project: szmg' });
  expect(wrong).toMatchObject({ status: 422, body: { error: { code: 'scenario-unusable' } } });
  const failing = 'language: 2\nscenario: 一开始就办完\nproject: szmg\nsteps: [{ expect: { over: true } }]\n';
  const other = await admin.ask<{ path: string }>('POST', '/api/studio/projects/szmg/scenarios', { text: failing });
  const lawless = yaml.replace(law, '').replace('legalRepAuth: true', 'legalRepAuth: false');
  const mended = (await admin.ask<StudioProject>('PUT', '/api/studio/projects/szmg/draft', { yaml: lawless, base }))
    .body;
  const tried = await publisher.ask<Refused>('POST', '/api/studio/projects/szmg/publish', {
    ...{ note: '关', base: mended.base },
  });
  expect(tried.body.verdict.scenarios.filter((one) => one.kept)).toMatchObject([
    { path: other.body.path, step: 1, moments: [{ kind: 'begin' }] },
  ]);
  await admin.ask('DELETE', '/api/studio/projects/szmg/scenarios', { path: other.body.path });
  const gone = await admin.ask('DELETE', '/api/studio/projects/szmg/scenarios', { path: kept.body.path });
  expect(gone.status).toBe(200);
  expect((await admin.ask('DELETE', '/api/studio/projects/szmg/scenarios', { path: kept.body.path })).status).toBe(404);
  await admin.ask('PUT', '/api/studio/projects/szmg/draft', { yaml, base: mended.base });

  // The files of the draft and of a release; not those of another project's.
  const files = await admin.ask<{ files: Files }>('GET', '/api/studio/projects/szmg/files');
  expect(files.body.files['workflows/projects/szmg.project.yaml']).toBe(yaml);
  const hash = opened.release?.hash;
  const old = await admin.ask<{ files: Files }>('GET', `/api/studio/projects/szmg/files?of=${hash}`);
  expect(old.body.files['workflows/projects/szmg.project.yaml']).toBe(opened.yaml);
  expect((await admin.ask('GET', '/api/studio/projects/szmg/files?of=0123456789')).status).toBe(404);

  // The lab is given what was refused; nobody else is.
  const tester = await new Client(running.url).logIn('tester');
  const lab = await tester.ask<{ files: Files; project: string }>('GET', '/api/lab/drafts/szmg');
  expect(lab.body.files['workflows/projects/szmg.project.yaml']).toBe(yaml);
  const module = await tester.raw('GET', '/api/lab/drafts/szmg/validators.js');
  expect(module.headers.get('content-type')).toContain('text/javascript');
  expect(module.headers.get('cache-control')).toBe('no-store');
  expect(await module.text()).not.toMatch(/\bnew Function\b|\beval\(/);
  const applicant = await new Client(running.url).logIn('applicant');
  for (const path of ['/api/lab/drafts/szmg', '/api/lab/drafts/szmg/validators.js'])
    expect((await applicant.ask('GET', path)).status).toBe(403);
  expect((await tester.ask('GET', '/api/lab/drafts/nobody')).status).toBe(404);

  const draft = { ...(await readReleaseFiles(DEFINITIONS)), 'workflows/projects/szmg.project.yaml': yaml };
  const { scenario } = readScenario('way', violation?.scenario ?? '');
  const played = runScenario(load(draft, 'szmg').definition!, scenario!);
  expect(played.session?.incidents).toContain('law:neverLegalRep');
  const after = (await admin.ask<StudioProject>('GET', '/api/studio/projects/szmg')).body;
  expect(after.release?.hash).toBe(opened.release?.hash);
});

test('U-71 a broken text is kept as a draft with its issues at their place, is not published, and crashes nothing', async () => {
  const admin = await new Client(running.url).logIn('admin');
  const publisher = await new Client(running.url).logIn('publisher');
  const { yaml, base } = (await admin.ask<StudioProject>('GET', '/api/studio/projects/szmg')).body;
  for (const text of [
    '',
    '{',
    '[[[[',
    'a: &x [*x]',
    `${yaml}\nsettings: { legalRepAuth: maybe }\n`,
    yaml.replace('settings:', 'setings:'),
    '\0',
    '💥'.repeat(2_000),
  ]) {
    const { status, body } = await admin.ask<StudioProject>('POST', '/api/studio/projects/szmg/check', { yaml: text });
    expect(status, JSON.stringify(text.slice(0, 40))).toBe(200);
    const errors = body.issues.filter(({ severity }) => severity === 'error');
    expect(errors.length, JSON.stringify(text.slice(0, 40))).toBeGreaterThan(0);
    for (const issue of errors) expect(issue.line).toBeGreaterThan(0);
  }
  const saved = (await admin.ask<StudioProject>('PUT', '/api/studio/projects/szmg/draft', { yaml: '{', base })).body;
  expect(saved.draft?.errors).toBeGreaterThan(0);
  expect(saved.yaml).toBe('{');
  const tester = await new Client(running.url).logIn('tester');
  expect((await tester.ask('GET', '/api/lab/drafts/szmg')).status).toBe(200);
  const module = await tester.ask('GET', '/api/lab/drafts/szmg/validators.js');
  expect(module).toMatchObject({ status: 409, body: { error: { code: 'draft-broken' } } });
  const refused = await publisher.ask('POST', '/api/studio/projects/szmg/publish', { note: 'n', base: saved.base });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'draft-broken' } } });
  const applicant = await new Client(running.url).logIn('applicant');
  expect((await applicant.ask('POST', '/api/cases', { project: 'szmg' })).status).toBe(200);
});

test('the lab gets the files and the calendar of a release; validators are a module without eval', async () => {
  const tester = await new Client(running.url).logIn('tester');
  const { projects } = (await tester.ask<{ projects: { id: string; hash: string }[] }>('GET', '/api/lab/projects'))
    .body;
  const hash = projects[0]!.hash;
  const { body } = await tester.ask<{ files: Files; project: string; calendar: { offsetMinutes: number } }>(
    'GET',
    `/api/lab/releases/${hash}`,
  );
  expect(body.project).toBe('szmg');
  expect(Object.keys(body.files)).toContain('workflows/certificate-new.workflow.yaml');
  expect(body.calendar.offsetMinutes).toBe(480);
  const script = await tester.raw('GET', `/api/releases/${hash}/validators.js`);
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect(await script.text()).not.toMatch(/\bnew Function\b|\beval\(/);
  const release = await tester.ask<{ article?: string; forms: object }>('GET', `/api/releases/${hash}`);
  expect(release.body.article).toBe('guide');
  expect((await tester.ask('GET', '/api/releases/nope')).status).toBe(404);
});
