import { describe, expect, it } from 'vitest';
import { type Chances, charactersOf } from '../../../../server/connectors/ocr/reader/ctc.ts';

const known = ['东', '篱', '区', '离', '7', ' '];

/** What the recogniser says, step by step: the chance of each sign; the rest is the chance of none. */
function said(...steps: { readonly [sign: string]: number }[]): Chances {
  const classes = known.length + 1;
  const data = new Float32Array(steps.length * classes);
  for (const [step, chances] of steps.entries()) {
    const sum = Object.values(chances).reduce((a, b) => a + b, 0);
    data[step * classes] = 1 - sum;
    for (const [sign, chance] of Object.entries(chances)) data[step * classes + 1 + known.indexOf(sign)] = chance;
  }
  return { data, steps: steps.length, classes };
}
const read = (chances: Chances) =>
  charactersOf(chances, known)
    .map(({ sign }) => sign)
    .join('');
const gap = [{}, {}, {}, {}];

describe('characters along a line', () => {
  it('are one each however many steps they take, and the clearest step speaks for them', () => {
    const [only, ...more] = charactersOf(said({}, { 东: 0.6 }, { 东: 0.9 }, { 东: 0.7 }, {}), known);
    expect(more).toEqual([]);
    expect(only?.score).toBeCloseTo(0.9);
    expect(only?.at).toBeCloseTo(2.5 / 5);
    expect(read(said({ 东: 0.9 }, {}, { 东: 0.9 }))).toBe('东东');
  });

  it('are put in where several share the chances and nothing seems likeliest, with a low score', () => {
    const line = said({ 东: 1 }, ...gap, { 篱: 0.3, 离: 0.2 }, ...gap, { 区: 1 });
    expect(read(line)).toBe('东篱区');
    const faint = charactersOf(line, known)[1]!;
    expect(faint.score).toBeCloseTo(0.3);
    expect(faint.others.map(({ sign }) => sign)).toEqual(expect.arrayContaining(['篱', '离']));
  });

  it('are not put in where there is no room, where nothing is likely, nor among digits', () => {
    expect(read(said({ 东: 1 }, {}, { 篱: 0.3 }, {}, { 区: 1 }))).toBe('东区');
    expect(read(said({ 东: 1 }, ...gap, { 篱: 0.1 }, ...gap, { 区: 1 }))).toBe('东区');
    expect(read(said({ 东: 1 }, ...gap, { 7: 0.4 }, ...gap, { 区: 1 }))).toBe('东区');
  });

  it('keep what else they might be: digits always, other signs when they are likely enough', () => {
    const [only] = charactersOf(said({ 离: 0.7, 篱: 0.2, 区: 0.001 }), known);
    expect(only?.others.map(({ sign }) => sign)).toEqual(['离', '篱', '7']);
  });
});
