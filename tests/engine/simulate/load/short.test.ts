import { describe, expect, it } from 'vitest';
import { shortOf } from '../../../../engine/simulate/load/short.ts';

const hour = 3_600_000;

/** A week with so many hours of work waiting, and coming, at hours of Monday; two people are there from 9 to 18. */
function monday(waiting: { readonly [at: number]: number }, coming: { readonly [at: number]: number } = {}) {
  const bins = Array.from({ length: 168 }, (_, bin) => bin);
  const duty = bins.map((bin) => (bin >= 9 && bin < 18 ? 4 * hour : 0));
  const backlog = bins.map((bin) => (waiting[bin] ?? 0) * hour * 4 * hour);
  const came = bins.map((bin) => (coming[bin] ?? 0) * 4 * hour);
  return shortOf(2, duty, backlog, came);
}

describe('where people are short', () => {
  it('so many more as do what waits and what comes within two hours', () => {
    expect(monday({ 9: 8, 10: 8 })).toEqual([{ weekday: 0, from: 9, to: 11, people: 2 }]);
    expect(monday({ 9: 2 }, { 9: 4 })).toEqual([{ weekday: 0, from: 9, to: 10, people: 3 }]);
    // Two people do four hours of work in two hours.
    expect(monday({ 9: 4 })).toEqual([]);
  });

  it('less than half a person, or work at night, is nobody', () => {
    expect(monday({ 3: 40, 9: 4.9, 20: 40 })).toEqual([]);
  });

  it('hours that want far fewer are told for themselves', () => {
    expect(monday({ 9: 24, 10: 16, 11: 8, 12: 0, 13: 8 })).toEqual([
      { weekday: 0, from: 9, to: 11, people: 10 },
      { weekday: 0, from: 11, to: 12, people: 2 },
      { weekday: 0, from: 13, to: 14, people: 2 },
    ]);
  });
});
