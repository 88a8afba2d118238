import { isDate } from '../../../../../engine/forms/formats/date.ts';
import { type Glyph, type Label, type Row, valuesOf } from '../layout.ts';
import { ofPlaces, wordsIn } from '../lexicon.ts';
import { chineseMarks, digitOf, scoreOf, textValue, type Value } from '../value.ts';
import type { Fields } from './index.ts';

export const idCardBackLabels: readonly Label[] = [
  { id: 'authority', words: ['签发机关'], long: true },
  { id: 'validity', words: ['有效期限'] },
];

/** Years for which cards are issued, by age; a card without an end says so in words. */
const terms = [5, 10, 20];

/** Emblem side of a resident's identity card: authority, validity. `longTerm` instead of `validUntil` where it has no end. */
export function idCardBack(rows: readonly Row[]): Fields {
  const values = valuesOf(rows, idCardBackLabels);
  const candidates = [values.get('validity') ?? [], ...rows.map(({ glyphs }) => glyphs)];
  const validity = candidates.map(validityOf).find((one) => one !== null) ?? {};
  const authority = wordsIn(chineseMarks(values.get('authority') ?? []), ofPlaces, new Map());
  return { authority: textValue(authority), ...validity };
}

function validityOf(glyphs: readonly Glyph[]): Fields | null {
  const digits: Glyph[] = [];
  for (const glyph of glyphs) {
    const digit = digitOf(glyph.sign);
    if (digit !== null) digits.push({ ...glyph, sign: digit });
  }
  const [from, until] = [dateOf(digits.slice(0, 8)), dateOf(digits.slice(8, 16))];
  if (!from) return null;
  const score = scoreOf(digits);
  if (digits.length === 8 && glyphs.some(({ sign }) => sign === '长' || sign === '期'))
    return { validFrom: value(from, score, false), longTerm: value('长期', score, false) };
  if (!until || digits.length !== 16) return null;
  const years = Number(until.slice(0, 4)) - Number(from.slice(0, 4));
  // Both dates are the same day, a known number of years apart: that they agree confirms both.
  const agree = terms.includes(years) && from.slice(5) === until.slice(5);
  return { validFrom: value(from, score, agree), validUntil: value(until, score, agree) };
}

function value(text: string, score: number, checked: boolean): Value {
  return { value: text, score, checked };
}

function dateOf(digits: readonly Glyph[]): string | null {
  const text = digits.map(({ sign }) => sign).join('');
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  return isDate(date) ? date : null;
}
