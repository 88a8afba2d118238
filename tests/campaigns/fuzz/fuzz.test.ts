import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

/** The campaign itself is `npm run campaign -- fuzz --mutants 20000`. */
test.each([
  ['small', 150],
  ['shipped', 60],
] as const)(
  'mutants of the %s files never crash, hang or pollute, and every refusal is located',
  { timeout: 120_000 },
  (corpus, mutants) => {
    const report = fuzz(corpus, mutants, 7);
    expect(report.failures).toEqual([]);
    expect(report.refused).toBeGreaterThan(mutants / 5);
    expect(report.codes).toBeGreaterThan(10);
  },
);
