import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { certflow } from './support.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-prove-'));
  cpSync(fileURLToPath(new URL('../../fixtures/prove', import.meta.url)), folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

vi.setConfig({ testTimeout: 120_000 });

test('a sound process is proven', async () => {
  const { code, out } = await certflow('prove', '--dir', folder);
  expect(out).toMatch(
    /^permit（默认设置） {2}没有发现违反，\d+ states, \d+ ms\nnorth {2}没有发现违反，\d+ states, \d+ ms$/,
  );
  expect(code).toBe(0);
});

test('a fault is told with its way, which `run` plays', async () => {
  const path = join(folder, 'workflows/permit.workflow.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('          DROP: rejected\n      second', '      second'));
  const out = join(folder, 'workflows/scenarios/north');
  const { code, out: said } = await certflow('prove', '--dir', folder, '--project', 'north', '--out', out);
  expect(code).toBe(1);
  expect(said).toContain('违反  卡住：main.again');
  const played = await certflow('run', '--dir', folder);
  expect(played.out.split('\n').at(-1)).toBe('1 passed, 0 failed');
  const told = await certflow('prove', '--dir', folder, '--json');
  const stuck = [{ kind: 'stuck', name: 'main.again', played: true }];
  expect(JSON.parse(told.out)).toMatchObject([
    { project: null, workflow: 'permit', violations: stuck },
    { project: 'north', workflow: 'permit', violations: stuck },
  ]);
});

test('the way of the base is written with the project that plays it', async () => {
  const path = join(folder, 'workflows/permit.workflow.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('          DROP: rejected\n      second', '      second'));
  const out = join(folder, 'workflows/scenarios/base');
  expect((await certflow('prove', '--dir', folder, '--workflow', 'permit', '--out', out)).code).toBe(1);
  const played = await certflow('run', '--dir', folder);
  expect(played.out.split('\n').at(-1)).toBe('2 passed, 0 failed');
});

/** A setting with which the second clerk's refusal leads nowhere. */
function withLenient(): void {
  const settings = join(folder, 'workflows/permit.settings.json');
  const schema = JSON.parse(readFileSync(settings, 'utf8'));
  schema.properties.lenient = { title: '宽松', type: 'boolean', default: false };
  schema.properties.colour = { title: '颜色', type: 'string', enum: ['red', 'blue', 'green'], default: 'red' };
  writeFileSync(settings, JSON.stringify(schema));
  const path = join(folder, 'workflows/permit.workflow.yaml');
  const text = readFileSync(path, 'utf8');
  const last = '          DROP: rejected\n      second';
  writeFileSync(path, text.replace(last, '          DROP: { if: "!settings.lenient", to: rejected }\n      second'));
}

test('the smallest bad combination of a family is told, with how many were covered', async () => {
  withLenient();
  const out = join(folder, 'workflows/scenarios/family');
  const { code, out: said } = await certflow('prove', '--dir', folder, '--family', '--out', out);
  expect(code).toBe(1);
  expect(said).toContain('permit  1 处违反，6/6 种设置组合，归为 2 个不同的流程');
  expect(said).toContain('最少改动：{"lenient":true}');
  expect(said).toContain('违反  卡住：main.again');
  const played = await certflow('run', '--dir', folder);
  expect(played.out.split('\n').at(-1)).toBe('1 passed, 0 failed');
});

test('a sound family', async () => {
  const { code, out } = await certflow('prove', '--dir', folder, '--family', '--workflow', 'permit', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject([{ workflow: 'permit', combinations: 1, covered: 1, machines: 1, bad: [] }]);
});

test('what was not searched to its end is not proven', async () => {
  const { code, out } = await certflow('prove', '--dir', folder, '--limit', '2');
  expect(code).toBe(1);
  expect(out).toContain('未完  main');
});

test('wrong use', async () => {
  expect((await certflow('prove', '--dir', folder, '--limit', 'many')).code).toBe(2);
  expect((await certflow('prove', '--dir', folder, '--project', 'nowhere')).code).toBe(2);
  expect((await certflow('prove', '--dir', folder, '--workflow', 'nowhere')).code).toBe(2);
  expect((await certflow('prove', '--dir', folder, '--project', 'north', '--family')).code).toBe(2);
  expect((await certflow('prove', '--help')).code).toBe(0);
});
