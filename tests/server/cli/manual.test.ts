import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { files } from '../../engine/run/loan.ts';
import { certflow } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-manual-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

test('the manual of a project is Markdown: a title, the chapters, the fields of its forms', async () => {
  const { code, out, err } = await certflow('manual', '--project', 'demo', '--dir', folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^# /);
  expect([...out.matchAll(/^## [一二三四五六七]、.+$/gm)].length).toBeGreaterThan(3);
  for (const said of ['填写借用信息', '编号 | 必填', '30 天']) expect(out).toContain(said);
});

test('as JSON: the project and the same text', async () => {
  const plain = await certflow('manual', '--project', 'demo', '--dir', folder);
  vi.restoreAllMocks();
  const { code, out } = await certflow('manual', '--project', 'demo', '--dir', folder, '--json');
  const told = JSON.parse(out) as { project: string; markdown: string };
  expect({ code, project: told.project }).toEqual({ code: 0, project: 'demo' });
  expect(told.markdown.trimEnd()).toBe(plain.out);
});

test.each([
  [['--project', 'nobody'], 2, '没有名为 nobody 的项目。有：demo'],
  [[], 2, '--project 是必需的'],
  [['--project', 'demo', 'more'], 2, 'certflow manual'],
  [['--project', 'demo', '--pictures'], 2, '--pictures 要和 --out FILE.pdf 一起用'],
])('%j: used wrongly', async (args, expected, said) => {
  const { code, out, err } = await certflow('manual', ...args, '--dir', folder);
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(err).toContain(said);
});

test('a folder without definitions is said', async () => {
  const { code, err } = await certflow('manual', '--project', 'demo', '--dir', join(folder, 'forms'));
  expect(code).toBe(2);
  expect(err).toContain('没有找到定义文件');
});

test('a broken definition has no manual: the place of each mistake, exit code 1', async () => {
  const path = join(folder, 'workflows/projects/demo.project.yaml');
  writeFileSync(path, `${files['workflows/projects/demo.project.yaml']}settings: { trys: 3 }\n`);
  const { code, out, err } = await certflow('manual', '--project', 'demo', '--dir', folder);
  writeFileSync(path, files['workflows/projects/demo.project.yaml'] as string);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/demo\.project\.yaml:6:\d+/);
});

test('without a browser there are no pictures: it is said how to get one, before anything is started', async () => {
  vi.stubEnv('CHROME_PATH', '/nowhere/chromium');
  const { code, err } = await certflow(
    'manual',
    '--project',
    'demo',
    '--dir',
    folder,
    '--pictures',
    '--out',
    join(folder, 'a.pdf'),
  );
  vi.unstubAllEnvs();
  expect(code).toBe(1);
  expect(err).toContain('CHROME_PATH 是 /nowhere/chromium');
  expect(err).toContain('apt-get install chromium');
});
