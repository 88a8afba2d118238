import { expect, test } from 'vitest';
import { createKeptScenarios, isKept, mostScenarios } from '../../../server/releases/kept-scenarios.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';

const story = (title: string, project = 'north') =>
  `language: 2\nscenario: ${title}\nproject: ${project}\nsteps:\n  - do: SEND\n`;

test('a scenario is kept once, by its content, for the project whose story it is', async () => {
  const kept = createKeptScenarios(createMemoryStore(), { now: () => 7 });
  const first = await kept.keep('north', story('一'), 'p1');
  expect(first).toMatchObject({ kind: 'kept', isNew: true, scenario: { title: '一', by: 'p1', at: 7 } });
  expect(await kept.keep('north', story('一'), 'p2')).toMatchObject({
    kind: 'kept',
    isNew: false,
    scenario: { by: 'p1' },
  });
  expect(await kept.keep('south', story('一'), 'p1')).toEqual({ kind: 'broken', issue: null });
  expect(await kept.keep('north', 'scenario: [', 'p1')).toMatchObject({ kind: 'broken' });
  const [path = '', ...more] = Object.keys(await kept.files('north'));
  expect(more).toEqual([]);
  expect(isKept(path)).toBe(true);
  expect(isKept('workflows/scenarios/north/one.scenario.yaml')).toBe(false);
  expect(await kept.list('south')).toEqual([]);
  expect(await kept.remove('north', path)).toBe(true);
  expect(await kept.remove('north', path)).toBe(false);
  expect(await kept.files('north')).toEqual({});
});

test('of two at once neither is lost, and there is an end to them', async () => {
  const kept = createKeptScenarios(createMemoryStore(), { now: () => 0 });
  await Promise.all(Array.from({ length: mostScenarios }, (_, n) => kept.keep('north', story(`第 ${n} 个`), 'p')));
  expect(await kept.list('north')).toHaveLength(mostScenarios);
  expect(await kept.keep('north', story('多一个'), 'p')).toEqual({ kind: 'full' });
});
