import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { certflow } from './support.ts';

const fixture = fileURLToPath(new URL('../../fixtures/languages/1/', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-upgrade-'));
  cpSync(fixture, folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const workflow = 'workflows/book-loan.workflow.yaml';

test('--check writes nothing and says what is to do; then it is done, and nothing is left to do', async () => {
  const before = read(workflow);
  const check = await certflow('upgrade', '--dir', folder, '--check');
  expect(check.code).toBe(1);
  expect(check.out).toContain(`需要升级 ${workflow}`);
  expect(check.out.split('\n').at(-1)).toBe('12 files to upgrade, 0 issues');
  expect(read(workflow)).toBe(before);

  const done = await certflow('upgrade', '--dir', folder);
  expect({ code: done.code, last: done.out.split('\n').at(-1) }).toEqual({
    code: 0,
    last: '12 files upgraded, 0 issues',
  });
  expect(read(workflow)).toContain('ready: { sms: reader.mobile,');
  expect((await certflow('check', '--dir', folder)).code).toBe(0);
  expect((await certflow('run', '--dir', folder)).code).toBe(0);
  const again = await certflow('upgrade', '--dir', folder, '--check');
  expect({ code: again.code, out: again.out }).toEqual({ code: 0, out: '0 files to upgrade, 0 issues' });
  expect(readdirSync(join(folder, 'workflows')).filter((name) => name.endsWith('.next'))).toEqual([]);
});

test('only the paths that were asked for; what depends on them is told', async () => {
  const { code, err } = await certflow('upgrade', join(folder, workflow), '--dir', folder);
  expect(code).toBe(1);
  expect(err).toContain('workflows/projects/east.project.yaml:11:42 error change-conflict');
  expect(read('workflows/projects/east.project.yaml')).toContain('language: 1\n');
  expect(read(workflow)).toContain('language: 2\n');
});

test('what cannot be upgraded is left as it is and told with its place; the others are done', async () => {
  const broken = read(workflow).replace('by: desk, to: role.librarian', 'by: desk, to: reader.mobile');
  writeFileSync(join(folder, workflow), broken);
  const { code, err } = await certflow('upgrade', '--dir', folder);
  expect(code).toBe(1);
  expect(err).toContain(`${workflow}:48:28 error language-by-hand`);
  expect(read(workflow)).toBe(broken);
  expect(read('workflows/connectors/shelf.connector.yaml')).toContain('language: 2\n');
});

test('a path that is not there', async () => {
  const { code, err } = await certflow('upgrade', join(folder, 'workflows/none.workflow.yaml'), '--dir', folder);
  expect({ code, err }).toEqual({ code: 2, err: '没有找到定义文件：workflows/none.workflow.yaml' });
});
