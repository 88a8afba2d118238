import { describe, expect, it } from 'vitest';
import type { Glyph } from '../../../../server/connectors/ocr/reader/layout.ts';
import { ofCompanies, ofPlaces, threesOf, wordsIn } from '../../../../server/connectors/ocr/reader/lexicon.ts';
import { among, nearest } from '../../../../server/connectors/ocr/reader/mend.ts';

/** `doubts`: place -> score of what was read there, and what it might be instead. */
function print(
  text: string,
  doubts: { readonly [at: number]: { score: number; [sign: string]: number } } = {},
): Glyph[] {
  return [...text].map((sign, at) => {
    const { score = 0.99, ...others } = doubts[at] ?? {};
    const line = { text, score, x: 0, y: 0, width: 20, height: 20, characters: [] };
    return {
      sign,
      score,
      at: 0,
      x: at * 20,
      y: 0,
      height: 24,
      line,
      others: [{ sign, score }, ...Object.entries(others).map(([other, chance]) => ({ sign: other, score: chance }))],
    };
  });
}
const text = (glyphs: readonly Glyph[] | null) => glyphs?.map(({ sign }) => sign).join('') ?? null;
const none = new Map();

describe('a word of a list', () => {
  const words = ['汉', '回', '维吾尔', '有限责任公司（自然人投资或控股）', '有限责任公司（自然人独资）'];

  it('is taken instead of a doubtful reading, by what the recogniser thought of', () => {
    expect(text(nearest(print('团', { 0: { score: 0.5, 回: 0.1 } }), words))).toBe('回');
    const doubts = { 11: { score: 0.6, 资: 0.2 }, 13: { score: 0.4 }, 14: { score: 0.5, 股: 0.3 } };
    expect(text(nearest(print('有限责任公司（自然人投宾或检服）', doubts), words))).toBe(
      '有限责任公司（自然人投资或控股）',
    );
  });

  it('is found though a sign was lost, or one too many was seen', () => {
    expect(text(nearest(print('维尔'), words))).toBe('维吾尔');
    expect(text(nearest(print('维吾I尔', { 2: { score: 0.4 } }), words))).toBe('维吾尔');
  });

  it('never replaces what was read surely', () => {
    expect(nearest(print('团'), words)).toBeNull();
    expect(nearest(print('有限责任公司（自然人投宾或控股）'), words)).toBeNull();
  });

  it('keeps a low score where it was changed', () => {
    expect(nearest(print('团', { 0: { score: 0.5, 回: 0.1 } }), words)?.[0]?.score).toBeLessThan(0.9);
  });
});

describe('signs that may stand somewhere', () => {
  const amount = new Set('壹贰叁仟佰万圆整');
  it('take the place of doubtful ones that may not', () => {
    expect(text(among(print('叁件万圆整', { 1: { score: 0.7, 作: 0.2, 仟: 0.04 } }), amount))).toBe('叁仟万圆整');
    expect(text(among(print('叁件万圆整', { 1: { score: 0.7 } }), amount, { 件: '仟' }))).toBe('叁仟万圆整');
    expect(text(among(print('叁件万圆整'), amount, { 件: '仟' }))).toBe('叁件万圆整');
  });
});

describe('words of a name or an address', () => {
  it('decide between the readings of a doubtful sign', () => {
    expect(text(wordsIn(print('示例云帆信息技市有限公司', { 7: { score: 0.7, 术: 0.2 } }), ofCompanies, none))).toBe(
      '示例云帆信息技术有限公司',
    );
    expect(text(wordsIn(print('广东省深训市南山区', { 4: { score: 0.5, 圳: 0.3 } }), ofPlaces, none))).toBe(
      '广东省深圳市南山区',
    );
  });

  it('complete a long word around a sign that was not made out', () => {
    expect(text(wordsIn(print('示例园触绿化有限公司', { 3: { score: 0.4 } }), ofCompanies, none))).toBe(
      '示例园林绿化有限公司',
    );
  });

  it('leave alone what is sure, what makes a word, and what no word speaks for', () => {
    const sure = print('示例信息技市有限公司');
    expect(text(wordsIn(sure, ofCompanies, none))).toBe('示例信息技市有限公司');
    expect(text(wordsIn(print('临江科技', { 2: { score: 0.5, 林: 0.3 } }), ofCompanies, none))).toBe('临江科技');
    expect(text(wordsIn(print('张沛南', { 1: { score: 0.6, 沐: 0.3 } }), ofPlaces, none))).toBe('张沛南');
  });

  it('are also what the picture says elsewhere', () => {
    const elsewhere = threesOf([{ glyphs: print('望川省安澜市新港区') }]);
    expect(text(wordsIn(print('安润启凌', { 1: { score: 0.5, 澜: 0.3 } }), ofCompanies, elsewhere))).toBe('安澜启凌');
    expect(text(wordsIn(print('安润启凌', { 1: { score: 0.5, 澜: 0.3 } }), ofCompanies, none))).toBe('安润启凌');
  });
});
