import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Definition, diagram, forms, loadAll, runScenario, type Scenario } from '../../engine/index.ts';
import { definitionFiles } from '../support/definitions.ts';

/**
 * What the lab does in a browser, under the ban of its content security policy: the files are loaded, checked and compiled, forms
 * are checked by the validators that the server wrote, scenarios are played.
 */
const folder = mkdtempSync(join(tmpdir(), 'certflow-noeval-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = definitionFiles();

async function validatorsOf(definition: Definition): Promise<void> {
  const file = join(folder, `${definition.project.id}.mjs`);
  // The server may make code; only what it has made comes here.
  execFileSync(process.execPath, ['--import', 'tsx', 'tests/noeval/write-validators.ts', definition.project.id, file]);
  forms.formFromStandalone(await import(/* @vite-ignore */ pathToFileURL(file).href), definition.forms);
}

describe('without code from strings', () => {
  it('the ban holds here', () => {
    expect(() => new Function('return 1')()).toThrow(EvalError);
  });

  const { projects, issues } = loadAll(files);

  it('all definitions load without an error', () => {
    expect(issues.filter((issue) => issue.severity === 'error')).toEqual([]);
    expect(Object.keys(projects).length).toBeGreaterThanOrEqual(6);
  });

  for (const definition of Object.values(projects)) {
    const id = definition.project.id;
    it(`${id}: the diagram is made and its scenarios are played`, { timeout: 120_000 }, async () => {
      await validatorsOf(definition);
      expect(diagram(definition).nodes.length).toBeGreaterThan(5);
      // Two are enough to pass every kind of code; `certflow run` plays all of them.
      const scenarios = Object.entries(files)
        .filter(([path]) => path.startsWith('workflows/scenarios/'))
        .map(([path, text]) => ({ path, scenario: parse(text) as Scenario }))
        .filter(({ scenario }) => [scenario.project].flat().includes(id))
        .slice(0, 2);
      expect(scenarios.length).toBeGreaterThan(0);
      for (const { path, scenario } of scenarios) {
        const result = runScenario(definition, scenario, {});
        expect(result.failure, path).toBeNull();
      }
    });
  }
});
