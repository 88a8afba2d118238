import { expect, test } from 'vitest';
import { cutsOf } from '../../../server/manual/cuts.ts';

const lines = (height: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ top: at * height, bottom: at * height + height - 10 }));

test('a page that has room on a sheet stays whole', () => {
  expect(cutsOf({ top: 20, bottom: 500 }, [], 520)).toEqual([{ top: 20, bottom: 500 }]);
});

test('a long page is cut between its lines, without a gap and without an overlap', () => {
  const whole = lines(90, 20);
  const pieces = cutsOf({ top: 0, bottom: 1_800 }, whole, 520);
  expect(pieces[0]?.top).toBe(0);
  expect(pieces.at(-1)?.bottom).toBe(1_800);
  for (const [at, piece] of pieces.entries()) {
    expect(piece.bottom - piece.top).toBeLessThanOrEqual(520);
    if (at > 0) expect(piece.top).toBe(pieces[at - 1]?.bottom);
    for (const { top, bottom } of whole) expect(piece.bottom > top && piece.bottom < bottom).toBe(false);
  }
});

test('it is cut before a part that begins, where the piece before is long enough', () => {
  expect(cutsOf({ top: 0, bottom: 900 }, lines(30, 30), 520, [300])[0]).toEqual({ top: 0, bottom: 292 });
  expect(cutsOf({ top: 0, bottom: 900 }, lines(30, 30), 520, [90])[0]?.bottom).toBeGreaterThan(480);
});

test('what is longer than a sheet is cut all the same', () => {
  expect(cutsOf({ top: 0, bottom: 1_200 }, [{ top: 0, bottom: 1_200 }], 500)).toHaveLength(3);
});
