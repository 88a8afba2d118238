import { expect, test } from 'vitest';
import { definitionFiles } from '../../../bench/definitions.ts';
import { Space } from '../../../engine/explore/space.ts';
import { loadAll } from '../../../engine/load.ts';
import { runs } from '../../support/runs.ts';
import { loan } from '../run/support.ts';
import { askedOf, dice, walk } from './walks.ts';

const { projects } = loadAll(definitionFiles());

test.each(Object.keys(projects))('every step of the interpreter is a step of the search: %s [PRV-1]', (id) => {
  const definition = projects[id]!;
  const space = new Space(definition, { asked: askedOf(definition) });
  let steps = 0;
  for (let seed = 1; seed <= runs(2).numRuns; seed++) {
    const walked = walk(definition, space, dice(seed), 120);
    expect(walked.unknown, `seed ${seed}`).toEqual([]);
    steps += walked.steps;
  }
  expect(steps).toBeGreaterThan(20);
});

test('and of a process that uses every word of the language [PRV-1]', () => {
  const definition = loan();
  const space = new Space(definition, { asked: askedOf(definition) });
  for (let seed = 1; seed <= runs(6).numRuns; seed++)
    expect(walk(definition, space, dice(seed), 100).unknown, `seed ${seed}`).toEqual([]);
});
