import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deskPause } from '../../../server/http/stream.ts';

test('few open pages look again after a second', () => {
  for (const pages of [0, 1, 10, 40]) expect(deskPause(pages, 0.9)).toBe(1000);
});

test('many look again in their turn: some forty in a second, none before a second is over', () => {
  for (const pages of [41, 100, 300, 5_000]) {
    const pauses = Array.from({ length: pages }, (_, n) => deskPause(pages, (n + 0.5) / pages));
    const mean = pauses.reduce((sum, pause) => sum + pause, 0) / pages;
    expect((pages / mean) * 1000).toBeCloseTo(40, 5);
  }
  fc.assert(
    fc.property(fc.nat(5_000), fc.double({ min: 0, max: 1, noNaN: true }), (pages, chance) => {
      expect(deskPause(pages, chance)).toBeGreaterThanOrEqual(1000);
    }),
  );
});
