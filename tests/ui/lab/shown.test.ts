import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { type Definition, load, readScenario, runScenario } from '../../../engine/index.ts';
import { gapsOf, missingScenario, placeOf, shownReport } from '../../../ui/lab/shown.ts';
import { definitionFiles } from '../../support/definitions.ts';

vi.setConfig({ testTimeout: 240_000 });

const definition = load(definitionFiles(), 'district-archive').definition as Definition;

it('counts what the scenarios of a project show, and writes the one that is missing', () => {
  const none = shownReport(definition, [], () => undefined);
  expect(none.coverage.counts.states.covered).toBe(0);
  expect(none.entered).toEqual([]);
  const [goal = ''] = definition.declared.goals;
  expect(placeOf(definition, `entered ${goal}`)).toBe(goal);
  expect(gapsOf(definition, none.coverage).get(goal)).toBeGreaterThan(0);

  const missing = missingScenario(definition, `entered ${goal}`);
  const text = missing.kind === 'found' ? missing.text : null;
  const { scenario } = readScenario('missing', text ?? '');
  expect(scenario && runScenario(definition, scenario).failure).toBe(null);
  let told = 0;
  const some = shownReport(definition, [{ path: 'missing', text: text ?? '' }], (done) => {
    told = done;
  });
  expect(told).toBe(1);
  expect(some.failing).toEqual([]);
  expect(some.entered).toContain(goal);
  expect(some.coverage.counts.states.covered).toBeGreaterThan(3);
});

it('a scenario that does not pass shows nothing, and is named; those of others are not played', () => {
  const wrong = `language: 2\nscenario: 试\nproject: district-archive\nsteps:\n  - expect: { at: nowhere }\n`;
  const path = 'workflows/scenarios/certificate-new/happy-path.scenario.yaml';
  const report = shownReport(
    definition,
    [
      { path: 'wrong', text: wrong },
      { path, text: readFileSync(path, 'utf8') },
    ],
    () => undefined,
  );
  expect(report.failing).toEqual(['wrong']);
  expect(report.coverage.stories).toBe(0);
});
