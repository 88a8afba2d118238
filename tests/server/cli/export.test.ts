import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { filesOfProject, projectPath, readReleaseFiles, readScenarioFiles } from '../../../server/releases/files.ts';
import { DEFINITIONS, testServer } from '../../support/server.ts';
import { certflow } from './support.ts';

const STORY = 'workflows/scenarios/certificate-new/happy-path.scenario.yaml';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('a release goes back into files as it was published, through the running server too', async () => {
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  const running = await testServer({}, { files });
  vi.stubEnv('DATA_DIR', running.context.config.dataDir);
  const out = await mkdtemp(join(tmpdir(), 'certflow-export-'));
  try {
    const done = await certflow('export', 'szmg@1', '--out', out);
    expect(done).toMatchObject({ code: 0 });
    for (const [path, text] of Object.entries(files)) expect(await readFile(join(out, path), 'utf8')).toBe(text);
    expect((await readdir(out)).sort()).toEqual(['forms', 'workflows']);
    // With what it was tried with; scenarios of other projects stay where they are.
    const tried = await readScenarioFiles(out);
    expect(tried[STORY]).toBe((await readScenarioFiles(DEFINITIONS))[STORY]);
    expect(Object.keys(tried).some((path) => path.startsWith('workflows/scenarios/appointment/'))).toBe(false);
  } finally {
    await running.close();
  }
  const again = await mkdtemp(join(tmpdir(), 'certflow-export-'));
  expect(await certflow('export', 'szmg@current', '--out', again)).toMatchObject({ code: 0 });
});

test('a scenario that was kept goes out with the draft, and into another hall with its files', async () => {
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  const running = await testServer({}, { files });
  vi.stubEnv('DATA_DIR', running.context.config.dataDir);
  const text = (await readScenarioFiles(DEFINITIONS))[STORY] ?? '';
  const out = await mkdtemp(join(tmpdir(), 'certflow-export-'));
  try {
    await running.context.kept.keep('szmg', `# kept\n${text}`, 'p1');
    const yaml = files[projectPath('szmg')] ?? '';
    await running.context.releases.saveDraft('szmg', { yaml, files: null, by: 'p1' });
    expect(await certflow('export', 'szmg@draft', '--out', out)).toMatchObject({ code: 0 });
  } finally {
    await running.close();
  }
  const other = await testServer({}, { files });
  vi.stubEnv('DATA_DIR', other.context.config.dataDir);
  try {
    expect(await certflow('import', '--dir', out)).toMatchObject({ code: 0 });
    expect(await other.context.kept.list('szmg')).toMatchObject([{ text: `# kept\n${text}` }]);
    // Again nothing is doubled.
    await certflow('import', '--dir', out);
    expect(await other.context.kept.list('szmg')).toHaveLength(1);
  } finally {
    await other.close();
  }
});

test('what there is not is said, and nothing is written', async () => {
  const running = await testServer({}, { files: filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg') });
  vi.stubEnv('DATA_DIR', running.context.config.dataDir);
  const out = await mkdtemp(join(tmpdir(), 'certflow-export-'));
  try {
    const unknown = await certflow('export', 'szmg@9', '--out', out);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('szmg@9');
    expect(await readdir(out)).toEqual([]);
    expect((await certflow('export', 'szmg@1')).code).toBe(2);
  } finally {
    await running.close();
  }
});
