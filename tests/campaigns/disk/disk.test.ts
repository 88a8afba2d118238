import { describe, expect, test } from 'vitest';
import { runCycles } from './cycles.ts';
import { cyclesOf, mutants } from './mutants.ts';

/** A small part of `npm run campaign -- disk`: the same code, few cycles. */
const limit = 120_000;

describe('processes that end at any operation of the disk', () => {
  test(
    'lose nothing that was told, do nothing twice, and the next one comes up by itself',
    async () => {
      const report = await runCycles({ from: 1, cycles: 360, untilWrong: false });
      expect(report.wrong).toEqual([]);
      expect(report.acknowledged).toBeGreaterThan(360);
      expect(report.restarts.index).toBeGreaterThan(30);
      expect(report.flips).toBeGreaterThan(10);
    },
    limit,
  );

  test(
    'with everything sealed: no file, no entry of the log and no key is lost, whatever change of keys is broken off',
    async () => {
      const report = await runCycles({ from: 1, cycles: 240, untilWrong: false, sealed: true });
      expect(report.wrong).toEqual([]);
      expect(report.acknowledged).toBeGreaterThan(200);
    },
    limit,
  );

  test('the same seed is the same run', async () => {
    const once = await runCycles({ from: 7, cycles: 12, untilWrong: false });
    expect(await runCycles({ from: 7, cycles: 12, untilWrong: false })).toEqual(once);
  });

  test.each(mutants)(
    'are not safe on a store with: $title',
    async (mutant) => {
      const run = await cyclesOf(mutant);
      const { wrong } = await run({ from: mutant.from ?? 1, cycles: 3_000, untilWrong: true });
      expect(wrong).toHaveLength(1);
    },
    limit,
  );
});
