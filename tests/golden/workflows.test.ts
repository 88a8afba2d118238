import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadAll, runScenario, type Scenario } from '../../engine/index.ts';
import { definitionFiles } from '../workflows/definition-files.ts';
import { trace } from './trace.ts';

/** The trace of the happy path of every process and project, renewed like the others: `npx vitest run tests/golden -u`. */
const files = definitionFiles();
const { projects } = loadAll(files);
const happy = Object.entries(files)
  .filter(([path]) => /\/(happy-path|own-changes)\.scenario\.yaml$/.test(path))
  .map(([, text]) => parse(text) as Scenario);
const played = happy.flatMap((scenario) => [scenario.project].flat().map((project) => ({ project, scenario })));

test('every project has a story whose trace is kept', () => {
  expect(played.map(({ project }) => project).sort()).toEqual(Object.keys(projects).sort());
});

test.each(played)('the trace of $project', async ({ project, scenario }) => {
  const result = runScenario(projects[project]!, scenario);
  expect(result.failure).toBeNull();
  await expect(trace(result)).toMatchFileSnapshot(`./workflows/${project}.trace.txt`);
});
