import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { EditableParts } from '../../../engine/contract/editable.ts';
import type { StudioProject } from '../../../engine/contract/routes.ts';
import { shortHash } from '../../../engine/read/index.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { Client, DEFINITIONS, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let running: Running;
beforeAll(async () => {
  running = await testServer({}, { files: filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg') });
});
afterAll(() => running.close());

test('forms and texts of a text are told as they are without its changes, with who reads what', async () => {
  const admin = await new Client(running.url).logIn('admin');
  const { yaml } = (await admin.ask<StudioProject>('GET', '/api/studio/projects/szmg')).body;
  const ask = (text: string) => admin.ask<EditableParts>('POST', '/api/studio/projects/szmg/parts', { yaml: text });
  const parts = (await ask(yaml)).body;
  expect(parts.forms.slice(0, 3).map(({ id, by }) => [id, by])).toEqual([
    ['agreements', 'applicant'],
    ['certificate', 'applicant'],
    ['organization', 'applicant'],
  ]);
  const readers = parts.needs.filter(({ path }) => path === 'organization.name').map(({ by }) => by.zh);
  expect(readers).toContain('列表里的主题');
  expect(parts.content.agreements).toHaveProperty('service');
  expect(parts.priced).toContain('prices');

  // Its own changes are not among them, and do not hinder the answer where they are wrong.
  const wrong = `${yaml}\nchanges: { a: { set: forms.organization.title, was: "00000000", is: 公司 } }\n`;
  expect((await ask(wrong)).body.forms).toEqual(parts.forms);
  expect(await ask('project: [')).toMatchObject({ status: 409, body: { error: { code: 'draft-broken' } } });
});

test('a published form is asked of new cases; the check of the server tells at the change what the process reads', async () => {
  const admin = await new Client(running.url).logIn('admin');
  const opened = (await admin.ask<StudioProject>('GET', '/api/studio/projects/szmg')).body;
  const parts = (await admin.ask<EditableParts>('POST', '/api/studio/projects/szmg/parts', { yaml: opened.yaml })).body;
  const { name } = parts.forms.find(({ id }) => id === 'organization')!.schema.properties;
  const gone = `changes: { gone: { remove: forms.organization.fields.name, was: "${shortHash(name!)}" } }`;
  const yaml = `${opened.yaml}\n${gone}\n`;
  const checked = await admin.ask<StudioProject>('POST', '/api/studio/projects/szmg/check', { yaml });
  expect(checked.body.issues.filter(({ severity }) => severity === 'error')).toMatchObject([
    { code: 'field-needed', path: 'changes.gone', file: 'workflows/projects/szmg.project.yaml' },
  ]);
});
