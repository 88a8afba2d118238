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
  expect(out).toMatch(/^north {2}没有发现违反，\d+ states, \d+ ms$/);
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
  expect(JSON.parse(told.out)[0].violations).toMatchObject([{ kind: 'stuck', name: 'main.again', played: true }]);
});

test('what was not searched to its end is not proven', async () => {
  const { code, out } = await certflow('prove', '--dir', folder, '--limit', '2');
  expect(code).toBe(1);
  expect(out).toContain('未完  main');
});

test('wrong use', async () => {
  expect((await certflow('prove', '--dir', folder, '--limit', 'many')).code).toBe(2);
  expect((await certflow('prove', '--dir', folder, '--project', 'nowhere')).code).toBe(2);
  expect((await certflow('prove', '--help')).code).toBe(0);
});
