import { expect, test } from 'vitest';
import { breaksOf, cutsOf } from '../../../server/manual/cuts.ts';

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

test('a piece may be cut once more between its lines, with air, and not at its edges', () => {
  const breaks = breaksOf({ top: 90, bottom: 450 }, lines(90, 20), 520);
  expect(breaks.length).toBeGreaterThan(4);
  for (const y of breaks) {
    expect(y).toBeGreaterThan(16);
    expect(y).toBeLessThan(344);
    for (const { top, bottom } of lines(90, 20)) expect(y + 90 > top && y + 90 < bottom).toBe(false);
  }
  expect(breaks).toEqual([...breaks].sort((one, other) => one - other));
  expect(breaksOf({ top: 0, bottom: 300 }, [{ top: 0, bottom: 300 }], 520)).toEqual([]);
});
