import { expect, test } from 'vitest';
import { conditionOf } from '../../../server/metrics/condition.ts';
import { StoreUnavailable } from '../../../server/store/store.ts';

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

test('a store that does not answer, or not in time, is told as it is; a mistake of the program is one', async () => {
  const { cases, ...rest } = sources(1, null);
  const when = (count: () => Promise<number>) =>
    conditionOf({
      ...rest,
      store: { ...rest.store, trouble: () => 'ECONNREFUSED' },
      cases: { ...cases, lists: { count } },
    } as Sources);
  expect(await when(() => Promise.reject(new StoreUnavailable('ECONNREFUSED')))).toMatchObject({
    ...{ counts: null, trouble: 'ECONNREFUSED', files: null, damaged: 0 },
  });
  expect(await when(() => new Promise(() => undefined))).toMatchObject({ counts: null });
  await expect(when(() => Promise.reject(new TypeError('of ours')))).rejects.toThrow('of ours');
});

test('a number of cases is an estimate where the lists say so, and from so many on', async () => {
  const told = async (count: number, estimates: number | null) => {
    const { counts } = await conditionOf(sources(count, estimates));
    return [counts?.cases, counts?.estimated];
  };
  expect(await told(2_000_000, null)).toEqual([2_000_000, false]);
  expect(await told(99_999, 100_000)).toEqual([99_999, false]);
  expect(await told(100_000, 100_000)).toEqual([100_000, true]);
});
