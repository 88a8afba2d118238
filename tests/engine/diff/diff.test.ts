import { expect, test } from 'vitest';
import { diff } from '../../../engine/diff/index.ts';
import { runScenario } from '../../../engine/simulate/index.ts';
import { loan } from '../run/support.ts';

const before = loan();

test('[DIF-1] a definition does not differ from itself', () => {
  expect(diff(before, loan())).toEqual([]);
});

test('[DIF-2] a guard that changed is told with both, and a path that passes in the one and not in the other', () => {
  const after = loan([
    'AGAIN: [{ if: counters.checks < 3, to: check }',
    'AGAIN: [{ if: counters.checks < 1, to: check }',
  ]);
  const found = diff(before, after);
  const again = found.find(({ difference }) => difference.address === 'main.work.pinned.on.AGAIN.check');
  expect(again?.difference.kind).toBe('transition');
  expect(again?.difference.before).toContain('counters.checks < 3');
  expect(again?.difference.after).toContain('counters.checks < 1');
  const witness = again?.witness;
  if (witness == null) throw new Error('no witness');
  const [passes, fails] = witness.passesIn === 'before' ? [before, after] : [after, before];
  expect(runScenario(passes, witness.scenario).passed).toBe(true);
  expect(runScenario(fails, witness.scenario).passed).toBe(false);
});

test('[DIF-1] a timer is told by its value, a text by itself', () => {
  const after = loan(['after: { 7 days: done }', 'after: { 8 days: done }'], ['label: 待取走', 'label: 等待取走']);
  const kinds = diff(before, after).map(({ difference }) => `${difference.kind} ${difference.address}`);
  expect(kinds).toContain('timer main.work.finish.after.7 days');
  expect(kinds).toContain('timer main.work.finish.after.8 days');
  expect(kinds).toContain('state main.work.finish');
});
