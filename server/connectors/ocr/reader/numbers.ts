import type { Glyph } from './layout.ts';
import { round, type Value } from './value.ts';

/** How a number with a check digit is written. */
export interface NumberRule {
  readonly length: number;
  /** What may stand at a place, counted from 0. */
  readonly allowed: (place: number) => string;
  /** The whole number is possible: check digit, date. */
  readonly fits: (number: string) => boolean;
}

/** Signs that are taken for each other when print is bad; the recogniser's own doubts come first. */
const alike: readonly string[] = [
  '0OQDCU',
  '1IJL7T',
  '2Z',
  '3E8',
  '4A',
  '5S',
  '6G',
  '8B3',
  '9G',
  'XY',
  'UV',
  'MN',
  'WM',
  'PR',
  'HN',
  'KX',
];
const unlikely = 0.0005;

interface Choice {
  readonly sign: string;
  /** How much less likely than the likeliest, -log. */
  readonly cost: number;
}

/**
 * The number in a row of characters. As it was read when its check digit fits; else the likeliest other reading whose check digit
 * fits, which is a suggestion and no longer confirmed; else, when the length is right, what was read, unconfirmed.
 */
export function numberIn(glyphs: readonly Glyph[], rule: NumberRule): Value | null {
  let best: Value | null = null;
  for (const run of runsOf(glyphs, rule)) {
    const found = fitting(run, rule);
    if (found && (!best || rank(found) > rank(best))) best = found;
  }
  return best;
}

/** The reading has just as many signs as the number. */
export function hasLength(glyphs: readonly Glyph[], rule: NumberRule): boolean {
  return signsOf(glyphs, rule).length === rule.length;
}

/** Several readings of one number, put together place by place, as far as they have the right length. */
export function numberOfAll(readings: readonly (readonly Glyph[])[], rule: NumberRule): Value | null {
  const runs = readings.map((glyphs) => signsOf(glyphs, rule)).filter(({ length }) => length === rule.length);
  const [first] = runs;
  if (!first || runs.length < 2) return null;
  const run = first.map((sign, place): Sign => {
    const chances = new Map<string, number>();
    for (const one of runs) {
      const at = one[place]!;
      const seen = new Map([...at.others.map((other) => [other.sign, other.score] as const), [at.sign, at.score]]);
      for (const [other, score] of seen) chances.set(other, (chances.get(other) ?? 0) + score / runs.length);
    }
    const others = [...chances].map(([other, score]) => ({ sign: other, score })).sort((a, b) => b.score - a.score);
    return { ...sign, sign: others[0]!.sign, score: others[0]!.score, others };
  });
  return fitting(run, rule);
}

/** The longest stretch of a number's signs. */
function signsOf(glyphs: readonly Glyph[], rule: NumberRule): readonly Sign[] {
  return stretchesOf(glyphs, rule).reduce<readonly Sign[]>((a, b) => (b.length > a.length ? b : a), []);
}

export function rank(value: Value): number {
  return value.score + (value.checked ? 1 : 0);
}

type Sign = { readonly sign: string; readonly score: number; readonly x: number; readonly others: Glyph['others'] };

/** Signs in a row that may be a number's. */
function stretchesOf(glyphs: readonly Glyph[], rule: NumberRule): readonly (readonly Sign[])[] {
  const any = new Set(Array.from({ length: rule.length }, (_, at) => rule.allowed(at)).join(''));
  let run: Sign[] = [];
  const stretches: Sign[][] = [];
  for (const glyph of glyphs) {
    const sign = glyph.sign.toUpperCase();
    if (/^[\s.·•,\-—:：]$/.test(sign)) continue;
    const could = any.has(sign) || glyph.others.some((other) => any.has(other.sign) && other.score > 0.02);
    if (could || /^[A-Z0-9|!]$/.test(sign)) {
      run.push({ ...glyph, sign });
      continue;
    }
    if (run.length > 0) stretches.push(run);
    run = [];
  }
  stretches.push(run);
  return stretches;
}

/** Stretches of the right length. */
function* runsOf(glyphs: readonly Glyph[], rule: NumberRule): Iterable<readonly Sign[]> {
  for (const stretch of stretchesOf(glyphs, rule)) {
    if (stretch.length === rule.length - 1) yield* oneMore(stretch);
    for (let from = 0; from + rule.length <= Math.min(stretch.length, rule.length + 4); from++) {
      yield stretch.slice(from, from + rule.length);
    }
    if (stretch.length === rule.length + 1)
      for (let at = 1; at < stretch.length - 1; at++) yield stretch.filter((_, index) => index !== at);
  }
}

/** Two equal digits that touch are read as one: where the gap is widest, one may be missing. */
function* oneMore(stretch: readonly Sign[]): Iterable<readonly Sign[]> {
  const gaps = stretch.slice(1).map((one, at) => one.x - stretch[at]!.x);
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  for (const [at, gap] of gaps.entries()) {
    if (gap < 1.5 * usual) continue;
    for (const twin of [stretch[at]!, stretch[at + 1]!])
      yield [...stretch.slice(0, at + 1), { ...twin, score: 0.3 }, ...stretch.slice(at + 1)];
  }
}

function fitting(run: readonly Sign[], rule: NumberRule): Value | null {
  const choices = run.map((one, place) => choicesOf(one, rule.allowed(place)));
  if (choices.some((list) => list.length === 0)) return null;
  const read = choices.map(([first]) => first!.sign).join('');
  const score = round(run.reduce((sum, one) => sum + one.score, 0) / run.length);
  if (rule.fits(read)) return { value: read, score, checked: true };
  const mended = mend(choices, rule);
  if (mended)
    return { value: mended.value, score: round(Math.min(score, 0.85) * Math.exp(-mended.cost / 20)), checked: false };
  return { value: read, score: round(Math.min(score, 0.5)), checked: false };
}

/** What the sign may be at this place, likeliest first. */
function choicesOf(one: Sign, allowed: string): readonly Choice[] {
  const chances = new Map<string, number>();
  const note = (sign: string, chance: number) => {
    if (allowed.includes(sign)) chances.set(sign, Math.max(chance, chances.get(sign) ?? 0));
  };
  note(one.sign, one.score);
  for (const other of one.others) note(other.sign, other.score);
  const kin = alike.filter((group) => group.includes(one.sign)).join('');
  for (const sign of kin) note(sign, unlikely);
  const sorted = [...chances].sort((a, b) => b[1] - a[1]);
  const top = Math.max(sorted[0]?.[1] ?? 0, 1e-6);
  return sorted.map(([sign, chance]) => ({ sign, cost: Math.log(top / Math.max(chance, 1e-6)) }));
}

/** The cheapest one or two substitutions that make it fit. */
function mend(choices: readonly (readonly Choice[])[], rule: NumberRule): { value: string; cost: number } | null {
  const signs = choices.map(([first]) => first!.sign);
  const single = choices.flatMap((list, place) => list.slice(1).map(({ sign, cost }) => ({ place, sign, cost })));
  single.sort((a, b) => a.cost - b.cost);
  let best: { value: string; cost: number } | null = null;
  const look = (changes: typeof single) => {
    const cost = changes.reduce((sum, one) => sum + one.cost, 0);
    if (best && cost >= best.cost) return;
    const changed = [...signs];
    for (const { place, sign } of changes) changed[place] = sign;
    const value = changed.join('');
    if (rule.fits(value)) best = { value, cost };
  };
  for (const one of single) look([one]);
  const likely = single.slice(0, 12);
  for (const [at, one] of likely.entries())
    for (const two of likely.slice(at + 1)) if (one.place !== two.place) look([one, two]);
  return best;
}
