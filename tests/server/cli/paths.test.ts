import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { files } from '../../engine/run/loan.ts';
import { certflow } from './support.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-paths-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

test('paths are written as scenario files that `run` plays', async () => {
  const out = join(folder, 'workflows/scenarios/demo');
  const { code, out: said } = await certflow('paths', '--dir', folder, '--project', 'demo', '--out', out);
  // A payment that comes before anybody asked for it is heard by nobody in this business: that is told.
  expect(code).toBe(1);
  expect(said).toContain('违反  unheard:PAID');
  const written = ['states', 'transitions', 'cover'].flatMap((each) => readdirSync(join(out, each)));
  expect(written.length).toBeGreaterThan(40);
  expect(said.split('\n').at(-1)).toMatch(/^(\d+) of \1 reached, \d+ covering paths, (\d+) of \2 edges/);
  const played = await certflow('run', '--dir', folder);
  expect(played.out.split('\n').at(-1)).toBe(`${written.length} passed, 0 failed`);
});

test('as JSON, the same each time', async () => {
  const first = await certflow('paths', '--dir', folder, '--project', 'demo', '--json');
  const second = await certflow('paths', '--dir', folder, '--project', 'demo', '--json');
  expect(second.out).toBe(first.out);
  expect(JSON.parse(first.out)).toMatchObject({ project: 'demo', complete: true, unreached: [] });
});

test('used wrongly', async () => {
  expect((await certflow('paths', '--dir', folder)).code).toBe(2);
  const { code, err } = await certflow('paths', '--dir', folder, '--project', 'nobody');
  expect(code).toBe(2);
  expect(err).toContain('没有名为 nobody 的项目。有：demo');
});
