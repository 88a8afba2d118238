import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import { DEFINITIONS, testServer } from '../../support/server.ts';
import { certflow } from './support.ts';

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
  } finally {
    await running.close();
  }
  const again = await mkdtemp(join(tmpdir(), 'certflow-export-'));
  expect(await certflow('export', 'szmg@current', '--out', again)).toMatchObject({ code: 0 });
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
