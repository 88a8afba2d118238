import { expect, test } from 'vitest';
import { conditionOf } from '../../../server/metrics/condition.ts';
import { StoreUnavailable } from '../../../server/store/store.ts';

type Sources = Parameters<typeof conditionOf>[0];

type Count = Awaited<ReturnType<Sources['cases']['lists']['count']>>;

const sources = (count: () => Promise<Count>, trouble: string | null = null): Sources =>
  ({
    clock: { now: () => 0 },
    store: { trouble: () => trouble, damaged: () => [] },
    vault: { trouble: async () => null },
    cases: { lists: { count }, rebuilding: () => null },
    jobs: { standing: () => ({}) },
    outside: { circuits: () => ({}) },
    counting: { letters: async () => ({}), sessions: async () => 0 },
  }) as unknown as Sources;

test('a store that does not answer, or not in time, is told as it is; a mistake of the program is one', async () => {
  const when = (count: () => Promise<Count>) => conditionOf(sources(count, 'ECONNREFUSED'));
  expect(await when(() => Promise.reject(new StoreUnavailable('ECONNREFUSED')))).toMatchObject({
    ...{ counts: null, trouble: 'ECONNREFUSED', files: null, damaged: 0 },
  });
  expect(await when(() => new Promise(() => undefined))).toMatchObject({ counts: null });
  await expect(when(() => Promise.reject(new TypeError('of ours')))).rejects.toThrow('of ours');
});

test('how many cases there are, and whether that is an estimate, is told as the lists say it', async () => {
  const { counts } = await conditionOf(sources(async () => ({ cases: 2_000_000, estimated: true })));
  expect(counts).toMatchObject({ cases: 2_000_000, estimated: true });
});
