import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../../server/cli/main.ts';
import { files } from '../../engine/run/loan.ts';

let folder = '';
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const story = 'language: 2\nscenario: 走完\nproject: demo\nsteps:\n';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-coverage-'));
  for (const [path, text] of Object.entries(files)) write(path, text);
  write(
    'workflows/scenarios/good.scenario.yaml',
    `${story}  - do: NEXT\n  - do: APPROVE\n    times: 2\n  - expect: { at: main.work.finish, facts: [known, agreed] }\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

async function certflow(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void err.push(text));
  return { code: await main(['coverage', '--dir', folder, ...args]), out: out.join('\n'), err: err.join('\n') };
}

test('counts what the scenarios show, and lists what they do not', async () => {
  const { code, out } = await certflow('--missing');
  expect(code).toBe(0);
  expect(out).toMatch(/^demo {2}1 scenarios\n {2}states +10 of +\d+ {2}\d+\.\d %\n {6}entered /);
  expect(out).toContain('\n      took main.work.on.HOLD\n');
});

test('as JSON, with the mutants that nobody notices', async () => {
  const { code, out } = await certflow('--json', '--mutants', '--project', 'demo');
  const [demo] = JSON.parse(out);
  expect(code).toBe(0);
  expect(demo.mutation.killed + demo.mutation.survivors.length).toBe(demo.mutation.mutants);
  expect(demo.mutation.killed).toBeGreaterThan(3);
  expect(demo.mutation.survivors).toContainEqual({
    kind: 'drop edge',
    at: 'main.work.on.HOLD',
    what: '',
    untouched: true,
  });
});

test('used wrongly', async () => {
  expect(await certflow('--whatever')).toMatchObject({ code: 2 });
  expect(await certflow('--project', 'nobody')).toMatchObject({ code: 2, err: '没有可以使用的项目：nobody。有：demo' });
});

test('a scenario that does not pass is told instead', async () => {
  write('workflows/scenarios/bad.scenario.yaml', `${story}  - do: APPROVE\n`);
  const { code, err } = await certflow();
  rmSync(join(folder, 'workflows/scenarios/bad.scenario.yaml'));
  expect(code).toBe(1);
  expect(err).toContain('workflows/scenarios/bad.scenario.yaml');
});
