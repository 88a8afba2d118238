import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

/** The campaign itself is `npm run campaign -- fuzz --mutants 20000`. */
test('mutated definitions never crash, hang or pollute, and every refusal is located', { timeout: 120_000 }, () => {
  const report = fuzz(100, 7);
  expect(report.failures).toEqual([]);
  expect(report.refused).toBeGreaterThan(20);
});
