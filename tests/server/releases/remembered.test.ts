import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { composedOf, type Loaded, load } from '../../../engine/load.ts';
import type { Files } from '../../../engine/model/definition.ts';
import { createRememberingLoad } from '../../../server/releases/remembered.ts';
import { baseFiles } from '../../engine/definitions.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const files = baseFiles();
const baseProject = 'north';
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certflow-remembered-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What is on the disk, as paths below the folder. */
const kept = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.json'));
const loadOf = (version = 'one', at = folder) => createRememberingLoad(at, () => version);
const changed = (path: string, change: (text: string) => string): Files => ({ ...files, [path]: change(files[path]!) });
const projectFile = `workflows/projects/${baseProject}.project.yaml`;

describe('what loading came to is remembered on the disk', () => {
  test('and is the same definition with the same issues', async () => {
    const first = loadOf()(files, baseProject);
    const again = loadOf()(files, baseProject);
    const loaded = load(files, baseProject);
    expect(again.definition).not.toBe(first.definition);
    expect(composedOf(again.definition!)).toEqual(composedOf(loaded.definition!));
    const machine = ({ definition }: Loaded) => JSON.stringify(definition!.machine.config);
    expect(machine(again)).toBe(machine(loaded));
    expect(again.issues).toEqual(loaded.issues);
    expect(await kept()).toHaveLength(1);
  });

  test('what was kept is what is used', async () => {
    loadOf()(files, baseProject);
    const [path] = await kept();
    const text = await readFile(join(folder, path!), 'utf8');
    await writeFile(join(folder, path!), text.replace('"issues":[', '"issues":[{"code":"kept"},').replace(',]', ']'));
    expect(loadOf()(files, baseProject).issues[0]).toEqual({ code: 'kept' });
  });

  test('another text, another path, another project or another engine is loaded anew', async () => {
    const one = loadOf()(files, baseProject).definition;
    const other = loadOf()(
      changed(projectFile, (text) => text.replace(/^title: .*$/m, 'title: 另一个')),
      baseProject,
    ).definition;
    expect(other!.hash).not.toBe(one!.hash);
    expect(other!.project.title).toBe('另一个');
    loadOf()({ ...files, 'README.md': '' }, baseProject);
    loadOf('two')(files, baseProject);
    expect(await kept()).toHaveLength(4);
  });

  test('a definition with errors is not kept', async () => {
    const { definition, issues } = loadOf()(
      changed(projectFile, (text) => `${text}\nsetings: {}\n`),
      baseProject,
    );
    expect(definition).toBeNull();
    expect(issues[0]).toMatchObject({ file: projectFile, severity: 'error' });
    expect(await kept()).toEqual([]);
  });

  test.each(['', '{', 'null'])('a spoilt file (%j) is loaded anew', async (text) => {
    loadOf()(files, baseProject);
    const [path] = await kept();
    await writeFile(join(folder, path!), text);
    expect(loadOf()(files, baseProject).definition!.hash).toBe(load(files, baseProject).definition!.hash);
  });

  test('a folder that is none costs nothing but time', async () => {
    const place = join(folder, 'file');
    await writeFile(place, '');
    expect(loadOf('one', place)(files, baseProject).definition!.project.id).toBe(baseProject);
  });

  test('projects go on sharing their forms', () => {
    loadOf()(files, baseProject);
    const remembering = loadOf();
    const [one, two] = [remembering(files, baseProject), remembering(files, baseProject)];
    const [form] = Object.keys(one.definition!.forms);
    expect(two.definition!.forms[form!]).toBe(one.definition!.forms[form!]);
  });

  test('the engine of this program has a version of its own', async () => {
    createRememberingLoad(folder)(files, baseProject);
    expect((await kept())[0]).toMatch(/^[0-9a-f]{16}[/\\][0-9a-f]{64}\.json$/);
  });
});
