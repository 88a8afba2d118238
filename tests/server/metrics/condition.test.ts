import { expect, test } from 'vitest';
import { conditionOf } from '../../../server/metrics/condition.ts';

type Sources = Parameters<typeof conditionOf>[0];

const sources = (count: number, estimates: number | null): Sources =>
  ({
    clock: { now: () => 0 },
    store: { trouble: () => null, damaged: () => [] },
    vault: { trouble: async () => null },
    cases: { lists: { count: async () => count, estimates }, rebuilding: () => null },
    jobs: { standing: () => ({}) },
    outside: { circuits: () => ({}) },
    counting: { letters: async () => ({}), sessions: async () => 0 },
  }) as unknown as Sources;

test('a number of cases is an estimate where the lists say so, and from so many on', async () => {
  const told = async (count: number, estimates: number | null) => {
    const { cases, estimated } = await conditionOf(sources(count, estimates));
    return [cases, estimated];
  };
  expect(await told(2_000_000, null)).toEqual([2_000_000, false]);
  expect(await told(99_999, 100_000)).toEqual([99_999, false]);
  expect(await told(100_000, 100_000)).toEqual([100_000, true]);
});
