import { beforeAll, describe, expect, test, vi } from 'vitest';
import { load, loadReleased } from '../../../engine/load.ts';
import type { Files } from '../../../engine/model/definition.ts';
import { upgradeFiles } from '../../../engine/upgrade.ts';
import { importFiles } from '../../../server/admin/commands.ts';
import { createClock } from '../../../server/clock.ts';
import { filesOfProject, projectPath, readReleaseFiles } from '../../../server/releases/files.ts';
import { BrokenDefinition, createReleases } from '../../../server/releases/releases.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { Conflict } from '../../../server/store/store.ts';
import { formerFiles } from '../../engine/former-files.ts';
import { DEFINITIONS } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PATH = projectPath('inner-mongolia');
let files: Files = {};
beforeAll(async () => {
  files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'inner-mongolia');
});
const world = (store = createMemoryStore()) => ({
  store,
  releases: createReleases(store, { load, loadReleased }, createClock()),
});
const renamed = (title: string): Files => ({
  ...files,
  [PATH]: files[PATH]!.replace(/^title: .*$/m, `title: ${title}`),
});
const broken = (): Files => ({ ...files, [PATH]: `${files[PATH]}\nchange: {}\n` });

describe('files seed, releases rule', () => {
  test('the first start publishes release 1 of every project; scenarios are no part of it', async () => {
    const { releases } = world();
    expect(await releases.seed(files)).toMatchObject({ seeded: ['inner-mongolia'], changed: [], broken: [] });
    const head = (await releases.project('inner-mongolia'))!;
    expect(head.history).toMatchObject([{ number: 1, by: 'files' }]);
    const release = (await releases.release(head.current!))!;
    expect(Object.keys(release.files).some((path) => path.includes('scenario'))).toBe(false);
    expect((await releases.definition(head.current!)).project.id).toBe('inner-mongolia');
  });

  test('a broken file stops the first start with file, line and column, and nothing is published', async () => {
    const { releases } = world();
    const error = await releases.seed(broken()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BrokenDefinition);
    const [issue] = (error as BrokenDefinition).issues;
    expect(issue?.file).toBe(PATH);
    expect(issue?.line).toBeGreaterThan(1);
    expect(issue?.column).toBeGreaterThan(0);
    expect(await releases.projects()).toEqual([]);
  });

  test('later a broken file is reported and the released project runs on', async () => {
    const { store, releases } = world();
    await releases.seed(files);
    const before = (await releases.project('inner-mongolia'))!.current!;
    const later = world(store).releases;
    const seeding = await later.seed(broken());
    expect(seeding.broken.length).toBeGreaterThan(0);
    expect((await later.project('inner-mongolia'))!.current).toBe(before);
    expect((await later.definition(before)).hash).toBe(before);
  });

  test('a changed file changes nothing by itself; import makes it a draft, publishing a release', async () => {
    const { releases } = world();
    await releases.seed(files);
    const first = (await releases.project('inner-mongolia'))!.current!;
    expect(await releases.seed(renamed('新名'))).toMatchObject({ seeded: [], changed: ['inner-mongolia'] });
    expect((await releases.project('inner-mongolia'))!.current).toBe(first);
    expect(await importFiles(releases, renamed('新名'), 'x')).toMatchObject([{ state: 'draft' }]);
    const head = await releases.publish('inner-mongolia', { note: '改名', by: 'x' });
    expect(head.current).not.toBe(first);
    expect(head.history.map(({ number }) => number)).toEqual([2, 1]);
    expect(head.draft).toBeNull();
    expect((await releases.definition(head.current!)).project.title).toBe('新名');
    expect((await releases.definition(first!)).project.title).not.toBe('新名');
    expect(await importFiles(releases, renamed('新名'), 'x')).toMatchObject([{ state: 'unchanged' }]);
  });

  test('import brings in a new project, and a broken one as a draft with its issues', async () => {
    const { releases } = world();
    await releases.seed(files);
    const path = projectPath('new-town');
    const more: Files = { ...files, [path]: files[PATH]!.replace('project: inner-mongolia', 'project: new-town') };
    const imported = await importFiles(releases, more, 'x');
    expect(imported.map(({ project, state }) => `${project}:${state}`).sort()).toEqual([
      'inner-mongolia:unchanged',
      'new-town:seeded',
    ]);
    const [bad] = await importFiles(releases, broken(), 'x');
    expect(bad).toMatchObject({ project: 'inner-mongolia', state: 'draft' });
    expect(bad?.issues.length).toBeGreaterThan(0);
    await expect(releases.publish('inner-mongolia', { note: 'n', by: 'x' })).rejects.toBeInstanceOf(BrokenDefinition);
  });

  test('of two who change the same draft the second is told', async () => {
    const { releases } = world();
    await releases.seed(files);
    const { version } = (await releases.project('inner-mongolia'))!;
    await releases.saveDraft('inner-mongolia', { yaml: 'a', files: null, by: 'x' }, version);
    const second = releases.saveDraft('inner-mongolia', { yaml: 'b', files: null, by: 'y' }, version);
    await expect(second).rejects.toBeInstanceOf(Conflict);
  });
});

test('a release in an older language version loads from the store under the name that it was published with', async () => {
  const { store, releases } = world();
  const old = filesOfProject(formerFiles(1), 'east');
  await releases.seed(old);
  const current = (await releases.project('east'))!.current!;
  // As the program named it when there was no other version: tests/engine/upgrade/versions.test.ts.
  expect(current).toBe('55b844c9b987ccb3d1657d5f84643a1fe8c83d59e2ba00af5cbb62a75b1ef654');
  const later = world(store).releases;
  expect((await later.definition(current)).hash).toBe(current);
  // The same in the newest version is another text, so it is another release; a case keeps the one it began with.
  await importFiles(later, { ...old, ...upgradeFiles(old).files }, 'x');
  const head = await later.publish('east', { note: '升级语言版本', by: 'x' });
  expect(head.current).not.toBe(current);
  expect((await later.definition(current)).hash).toBe(current);
});
