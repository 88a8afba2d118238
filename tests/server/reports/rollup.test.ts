import { expect, test } from 'vitest';
import { BOUNDS, emptyLasting, Rollup, within } from '../../../server/reports/rollup.ts';

test('a share of times is read off the classes in which they were counted', () => {
  const lasting = emptyLasting();
  expect(within(lasting, 0.5)).toBeNull();
  // Ten of at most a minute, ten between 15 minutes and an hour.
  lasting.n = 20;
  lasting.within[0] = 10;
  lasting.within[3] = 10;
  expect(within(lasting, 0.25)).toBe(30_000);
  expect(within(lasting, 0.5)).toBe(60_000);
  expect(within(lasting, 1)).toBe(3_600_000);
  const half = within(lasting, 0.75)!;
  expect(half).toBeGreaterThan(15 * 60_000);
  expect(half).toBeLessThan(3_600_000);
});

test('what was counted in other classes is not taken over', () => {
  const rollup = new Rollup();
  expect(rollup.load({ bounds: [1, 2], cells: [], marks: [] })).toBe(false);
  expect(rollup.load({} as never)).toBe(false);
  expect(rollup.load({ bounds: [...BOUNDS], cells: [], marks: [] })).toBe(true);
});
