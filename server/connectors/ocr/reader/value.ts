import type { Glyph } from './layout.ts';

/** What was read for one field. `checked`: a check digit, or another rule of the field, confirms it. */
export interface Value {
  readonly value: string;
  readonly score: number;
  readonly checked: boolean;
}

/** The least sure character decides how sure a short value is; a long one is not doubtful for one of thirty. */
export function scoreOf(glyphs: readonly Glyph[]): number {
  if (glyphs.length === 0) return 0;
  const scores = glyphs.map(({ score }) => score).sort((a, b) => a - b);
  const worst = scores.slice(0, Math.max(1, Math.ceil(scores.length / 4)));
  return round(worst.reduce((sum, one) => sum + one, 0) / worst.length);
}

export function round(score: number): number {
  return Math.round(Math.min(1, Math.max(0, score)) * 1000) / 1000;
}

/** Text without spaces and the marks at its end. @returns null when nothing stands there */
export function textValue(glyphs: readonly Glyph[] | undefined): Value | null {
  const kept = chineseMarks(glyphs ?? []);
  const value = kept
    .map(({ sign }) => sign)
    .join('')
    .replace(/[。.,，、;；:：]+$/, '');
  return value === '' ? null : { value, score: scoreOf(kept), checked: false };
}

const fullWidth: { readonly [sign: string]: string } = {
  '(': '（',
  ')': '）',
  '[': '（',
  ']': '）',
  '{': '（',
  '}': '）',
};

/** As it is typed: full-width brackets and commas among Chinese, no spaces. Between Chinese characters a dash is the number one. */
export function chineseMarks(glyphs: readonly Glyph[]): readonly Glyph[] {
  const kept = glyphs.filter(({ sign }) => sign.trim() !== '');
  const chinese = (glyph: Glyph | undefined) => /^[\u3400-\u9fff（）()]$/.test(glyph?.sign ?? '');
  return kept.map((glyph, at) => {
    const { sign } = glyph;
    const before = chinese(kept[at - 1]);
    if (sign === ',' && before) return { ...glyph, sign: '，' };
    if (/^[-—–－]$/.test(sign) && before && chinese(kept[at + 1])) return { ...glyph, sign: '一' };
    return { ...glyph, sign: fullWidth[sign] ?? sign };
  });
}

const lookalikes: { readonly [sign: string]: string } = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  〇: '0',
  I: '1',
  l: '1',
  '|': '1',
  '!': '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  B: '8',
  b: '6',
  g: '9',
  q: '9',
};

/** A digit, or what looks like one. */
export function digitOf(sign: string): string | null {
  return /^[0-9]$/.test(sign) ? sign : (lookalikes[sign] ?? null);
}
