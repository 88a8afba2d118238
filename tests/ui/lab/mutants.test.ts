import { expect, it, vi } from 'vitest';
import { type Definition, load } from '../../../engine/index.ts';
import { noticingScenario, placedMutants, type Unnoticed, unnoticedIn } from '../../../ui/lab/mutants.ts';
import { wordsOf } from '../../../ui/lab/mutants-list.tsx';
import { missingScenario, playedOf } from '../../../ui/lab/shown.ts';
import { definitionFiles } from '../../support/definitions.ts';

vi.setConfig({ testTimeout: 300_000 });

const definition = load(definitionFiles(), 'district-archive').definition as Definition;

it('tries every change, tells of each, and knows where it stands', () => {
  const told: number[] = [];
  const streamed: Unnoticed[] = [];
  const all = unnoticedIn(definition, [], '', (done, of, one) => {
    told.push(done);
    expect(of).toBe(placedMutants(definition).length);
    if (one) streamed.push(one);
  });
  expect(told).toHaveLength(placedMutants(definition).length);
  // Nothing was played: nothing is noticed.
  expect(all).toHaveLength(told.length);
  expect(streamed).toEqual(all);
  for (const one of all) {
    expect(definition.chart.states[one.state], one.at).toBeDefined();
    expect(wordsOf(definition, one), one.at).not.toBe('');
  }
});

it('the scenario that is written notices the change; only one state is tried where only that is asked', () => {
  const [first] = unnoticedIn(definition, [], '', () => undefined).filter(
    ({ kind, state }) => kind === 'drop edge' && state.split('.').length > 2,
  );
  if (!first) throw new Error('no edge');
  const written = noticingScenario(definition, first.index);
  if (written.kind === 'none') throw new Error(`${written.tried} tried`);
  const { passed, failing } = playedOf(definition, [{ path: 'a', text: written.text }], () => undefined);
  expect(failing).toEqual([]);
  const here = unnoticedIn(definition, passed, first.state, (_, of) => {
    expect(of).toBeLessThan(placedMutants(definition).length);
  });
  expect(here.map(({ index }) => index)).not.toContain(first.index);
});

it('writes what shows a missing element of any kind, or says how many were tried', () => {
  expect(missingScenario(definition, 'entered nowhere')).toMatchObject({ kind: 'none' });
});
