import { describe, expect, it } from 'vitest';
import { shortOf } from '../../../../engine/simulate/load/short.ts';

const hour = 3_600_000;

/** A week with these hours of work waiting at hours of Monday, while somebody is there from 9 to 18. */
function monday(waiting: { readonly [at: number]: number }) {
  const bins = Array.from({ length: 168 }, (_, bin) => bin);
  const duty = bins.map((bin) => (bin >= 9 && bin < 18 ? 4 * hour : 0));
  const clock = bins.map(() => 4 * hour);
  const backlog = bins.map((bin) => (waiting[bin] ?? 0) * hour * 4 * hour);
  return shortOf(duty, clock, backlog);
}

describe('where people are short', () => {
  it('so many people as do the work that waits within two hours', () => {
    expect(monday({ 9: 4, 10: 4 })).toEqual([{ weekday: 0, from: 9, to: 11, people: 2 }]);
  });

  it('less than half a person, or work at night, is nobody', () => {
    expect(monday({ 3: 40, 9: 0.9, 20: 40 })).toEqual([]);
  });

  it('hours that want far fewer are told for themselves', () => {
    expect(monday({ 9: 20, 10: 12, 11: 4, 12: 0, 13: 4 })).toEqual([
      { weekday: 0, from: 9, to: 11, people: 10 },
      { weekday: 0, from: 11, to: 12, people: 2 },
      { weekday: 0, from: 13, to: 14, people: 2 },
    ]);
  });
});
