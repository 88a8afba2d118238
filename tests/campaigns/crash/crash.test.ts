import { expect, test } from 'vitest';
import { crash } from './crash.ts';

/** A small part of `npm run campaign -- crash`: the same code, few kills. */
test('a real server that is killed under load loses nothing that was told and does nothing twice', async () => {
  const report = await crash(3, 3);
  expect(report.wrongs).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(20);
  expect(report.effects).toBeGreaterThan(0);
}, 300_000);
