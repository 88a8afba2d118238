import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { load, loadReleased } from '../../../engine/load.ts';
import { projectPath } from '../../../server/releases/files.ts';
import { createReleases } from '../../../server/releases/releases.ts';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import { files } from '../../engine/run/loan.ts';
import { certflow } from './support.ts';

let folder = '';
let dataDir = '';
/** Hash of the release that is in force. */
let current = '';

const project = (id: string, settings: string) =>
  `${files[projectPath('demo')]}${settings}`.replace('project: demo', `project: ${id}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-diff-'));
  dataDir = join(folder, 'data');
  const all = { ...files, [projectPath('carded')]: project('carded', 'settings: { needsCard: true }\n') };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const store = await openFileStore({
    folder: dataDir,
    onFatal: (message) => {
      throw new Error(message);
    },
  });
  const releases = createReleases(store, { load, loadReleased }, { now: () => 0 } as never);
  await releases.seed(files);
  await releases.saveDraft('demo', { yaml: project('demo', 'settings: { needsCard: true }\n'), files: null, by: 'x' });
  current = (await releases.project('demo'))?.current ?? '';
  await store.close();
  vi.stubEnv('DATA_DIR', dataDir);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => vi.restoreAllMocks());

const told = (...args: string[]) => certflow('diff', ...args, '--dir', folder);

test('two projects: what differs, and a path that shows it; written as scenarios, they play', async () => {
  const out = join(folder, 'workflows/scenarios/diff');
  const { code, out: said } = await told('demo', 'carded', '--thorough', '--out', out);
  expect(code).toBe(1);
  expect(said).toContain('+ 状态  main.work.card');
  expect(said).toMatch(/走得通：carded；demo 在第 \d+ 步不同：/);
  const written = readdirSync(out);
  const [, behaviour, shown] = /其中流程 (\d+) 处，(\d+) 处有路径/.exec(said) ?? [];
  expect(shown).toBe(behaviour);
  expect(String(written.length)).toBe(shown);
  const played = await certflow('run', '--dir', folder);
  expect(played.out.split('\n').at(-1)).toBe(`${written.length} passed, 0 failed`);
  rmSync(out, { recursive: true });
});

test('in English', async () => {
  const { out } = await told('demo', 'carded', '--lang', 'en');
  expect(out).toContain('+ state  main.work.card');
  expect(out).toMatch(/passes in carded; demo goes otherwise at step \d+: /);
  expect(out.split('\n').at(-1)).toMatch(/^\d+ differences, \d+ of them in the process, \d+ with a path/);
});

test('alike: nothing is said but the count, exit code 0', async () => {
  expect(await told('demo', 'demo')).toMatchObject({ code: 0, out: '0 处不同，其中流程 0 处，0 处有路径' });
});

test('as JSON', async () => {
  const { code, out } = await told('demo', 'carded', '--json');
  const compared = JSON.parse(out) as { difference: { kind: string; address: string } }[];
  expect(code).toBe(1);
  expect(compared.find(({ difference }) => difference.address === 'needsCard')).toEqual({
    difference: {
      kind: 'setting',
      address: 'needsCard',
      before: 'false',
      after: 'true',
      changes: [{ part: '', before: 'false', after: 'true' }],
    },
    witness: null,
    impossible: false,
  });
  for (const each of compared) expect(Object.keys(each)).toEqual(['difference', 'witness', 'impossible']);
});

test('releases and drafts of the data folder: by hash, by number, in force, what is being worked on', async () => {
  expect((await told('demo', current.slice(0, 8))).code).toBe(0);
  expect((await told('demo@1', 'demo@current')).code).toBe(0);
  const { code, out } = await told('demo@current', 'demo@draft');
  expect(code).toBe(1);
  expect(out).toContain('~ 设置  needsCard');
});

test.each([
  [['demo', 'cardet'], '没有名为 cardet 的项目。是不是 carded？有：carded、demo'],
  [['demo@7', 'demo'], '数据目录里没有 demo@7。'],
  [['demo', 'nobody@draft'], '有：demo@current'],
  [['demo', 'ffffffff'], '有：demo@1、demo@draft'],
  [['demo'], '要两个：项目、发布或者草稿'],
  [['demo', 'carded', 'third'], '要两个：项目、发布或者草稿'],
  [['demo', 'carded', '--lang', 'fr'], '--lang 要是 zh 或者 en'],
])('used wrongly: %j', async (args, said) => {
  const { code, err } = await told(...args);
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(said) });
});

test('a data folder that is none is said', async () => {
  vi.stubEnv('DATA_DIR', join(folder, 'nothing'));
  const { code, err } = await told('demo', 'demo@draft');
  vi.stubEnv('DATA_DIR', dataDir);
  expect(code).toBe(1);
  expect(err).toContain('不是数据目录');
});
