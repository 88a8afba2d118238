import { expect, test, vi } from 'vitest';
import { load } from '../../../engine/load.ts';
import { readDefinitionFiles } from '../../../server/cli/files.ts';
import { Ended } from '../../../server/proving/in-child.ts';
import { filesOfProject } from '../../../server/releases/files.ts';
import { createGate } from '../../../server/releases/gate.ts';

vi.setConfig({ testTimeout: 60_000 });

const files = filesOfProject(await readDefinitionFiles('tests/fixtures/prove'), 'north');
const sound = load(files, 'north').definition!;
const story = (last: string) => ({
  'workflows/scenarios/north/one.scenario.yaml': `scenario: 通过\nproject: north\nsteps:\n  - do: SEND\n  - expect: { at: ${last} }\n`,
});

test('a definition is judged once, by its proof and its scenarios', async () => {
  const asked = vi.fn(async () => story('main.examination'));
  const gate = createGate(asked);
  const [one, two] = await Promise.all([gate.judge(sound, files), gate.judge(sound, files)]);
  expect(one).toEqual({ violations: [], unfinished: [], undecided: [], scenarios: [] });
  expect(two).toBe(one);
  const begun = performance.now();
  expect(await gate.judge(sound, files)).toBe(one);
  expect(performance.now() - begun).toBeLessThan(100);
});

test('a scenario that comes out otherwise is told with its step', async () => {
  const gate = createGate(async () => story('main.issued'));
  const { scenarios } = await gate.judge(sound, files);
  expect(scenarios).toMatchObject([
    {
      path: 'workflows/scenarios/north/one.scenario.yaml',
      title: '通过',
      step: 2,
      expected: expect.stringContaining('issued'),
    },
  ]);
});

test('who leaves ends the work, unless somebody else waits; it is begun anew for the next', async () => {
  const gate = createGate(async () => story('main.examination'));
  const [left, stays] = [new AbortController(), new AbortController()];
  const both = [gate.judge(sound, files, left.signal), gate.judge(sound, files, stays.signal)];
  setTimeout(() => left.abort(), 50);
  expect(await Promise.all(both)).toMatchObject([{ violations: [] }, { violations: [] }]);

  const alone = createGate(async () => story('main.examination'));
  const abort = new AbortController();
  const judging = alone.judge(sound, files, abort.signal);
  setTimeout(() => abort.abort(), 50);
  await expect(judging).rejects.toEqual(new Ended('cancelled'));
  expect(await alone.judge(sound, files)).toMatchObject({ violations: [] });
});

test('what takes too long is no verdict', async () => {
  await expect(createGate(async () => ({}), 20).judge(sound, files)).rejects.toEqual(new Ended('time'));
});
