import { expect, test, vi } from 'vitest';
import { coverageOf, kinds, mutantsOf, playAll, shownBy } from '../../../engine/coverage/index.ts';
import { killedBy } from '../../../engine/coverage/kill.ts';
import { type Definition, load, readScenario, runScenario } from '../../../engine/index.ts';
import { scenarioText } from '../../../engine/paths/index.ts';
import { scenarioNoticing, scenarioShowing } from '../../../engine/paths/showing.ts';
import { definitionFiles } from '../../support/definitions.ts';

vi.setConfig({ testTimeout: 300_000 });

const archive = load(definitionFiles(), 'district-archive').definition as Definition;

test('[PTH-8] for every kind of element of a whole process the scenario that shows it is written, and it passes as a file', () => {
  const { counts } = coverageOf(archive, []);
  for (const kind of kinds) {
    // Every third one: each is a search.
    for (const key of counts[kind].missing.filter((_, index) => index % 3 === 0)) {
      const showing = scenarioShowing(archive, key);
      if (showing.kind === 'none') throw new Error(`${key}: ${showing.tried} tried`);
      const { scenario } = readScenario('missing', scenarioText(showing.scenario));
      if (scenario === null) throw new Error(`${key} does not read`);
      expect(runScenario(archive, scenario).failure, key).toBe(null);
      expect(shownBy(playAll(archive, [scenario])).has(key), key).toBe(true);
    }
  }
  expect(kinds.filter((kind) => counts[kind].missing.length > 0).length).toBeGreaterThan(3);
});

test('[PTH-8] a late answer, and a condition of a form that another form decides', () => {
  const szmg = load(definitionFiles(), 'szmg').definition as Definition;
  const late = coverageOf(szmg, []).counts.outcomes.missing.find((key) => key.startsWith('late '));
  if (late === undefined) throw new Error('the process hears no late answer');
  for (const [definition, key] of [
    [szmg, late],
    [archive, 'visible supporting.lawyerLetter'],
  ] as const) {
    const showing = scenarioShowing(definition, key);
    expect(showing.kind, key).toBe('found');
  }
});

test('[PTH-8] what cannot be shown is said with how many were tried', () => {
  let told = 0;
  const showing = scenarioShowing(archive, 'entered nowhere', () => {
    told += 1;
  });
  expect(showing).toEqual({ kind: 'none', tried: told });
});

test('a change that no scenario notices is noticed by the one that is written for it', () => {
  const mutant = mutantsOf(archive).find(({ kind }) => kind === 'drop edge');
  if (mutant === undefined) throw new Error('no edge');
  expect(killedBy(mutant, [])).toBe(null);
  const noticing = scenarioNoticing(archive, mutant);
  if (noticing.kind === 'none') throw new Error(`${noticing.tried} tried`);
  expect(killedBy(mutant, playAll(archive, [noticing.scenario]))).not.toBe(null);
});
