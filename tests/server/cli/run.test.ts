import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { files } from '../../engine/run/loan.ts';
import { certflow } from './support.ts';

let folder = '';
const scenario = (title: string, steps: string) => `language: 2\nscenario: ${title}\nproject: demo\nsteps:\n${steps}`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-run-'));
  const all: { [path: string]: string } = {
    ...files,
    'workflows/scenarios/demo/good.scenario.yaml': scenario(
      '走完',
      '  - through: main.done\n  - expect: { over: true }\n',
    ),
    'workflows/scenarios/demo/bad.scenario.yaml': scenario('走不完', '  - do: NEXT\n  - expect: { at: main.done }\n'),
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

test('all scenarios: the failure is told with its step, the last line counts, the exit code is 1', async () => {
  const { code, out } = await certflow('run', '--dir', folder);
  expect(code).toBe(1);
  expect(out.split('\n').at(-1)).toBe('1 passed, 1 failed');
  expect(out).toContain('step 2 {"expect":{"at":"main.done"}}');
  expect(out).toContain('expected 在 main.done');
  expect(out).toContain('found    在 main.work.review.first、money.none');
});

test('one scenario by a part of its path', async () => {
  const { code, out } = await certflow('run', 'good', '--dir', folder, '--restore');
  expect({ code, last: out.split('\n').at(-1) }).toEqual({ code: 0, last: '1 passed, 0 failed' });
});

test('as JSON', async () => {
  const { code, out } = await certflow('run', '--dir', folder, '--json', '--project', 'demo');
  const told = JSON.parse(out);
  expect({ code, passed: told.passed, failed: told.failed }).toEqual({ code: 1, passed: 1, failed: 1 });
  expect(told.scenarios.find((each: { passed: boolean }) => !each.passed).failure).toMatchObject({ step: 1 });
});

test.each([
  [['run', 'nothing-like-this'], '没有找到场景：nothing-like-this'],
  [['run', 'goot'], '没有找到场景：goot。是不是 good？'],
  [['run', '--project', 'demu'], '没有 demu 的场景。是不是 demo？有：demo'],
  [['run', '--whatever'], '--whatever'],
  [['dance'], 'certflow has no command dance'],
  [[], 'certflow <command>'],
])('used wrongly: %j', async (args, said) => {
  const { code, out, err } = await certflow(...args, ...(args[0] === 'run' ? ['--dir', folder] : []));
  expect(code).toBe(2);
  expect(out + err).toContain(said);
});

test('a broken definition fails its scenarios and says where', async () => {
  const path = join(folder, 'workflows/projects/demo.project.yaml');
  writeFileSync(path, `${files['workflows/projects/demo.project.yaml']}settings: { trys: 3 }\n`);
  const { code, out } = await certflow('run', 'good', '--dir', folder);
  writeFileSync(path, files['workflows/projects/demo.project.yaml'] as string);
  expect(code).toBe(1);
  expect(out).toMatch(/demo\.project\.yaml:6:\d+/);
});
