import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../engine/forms/formats/index.ts';
import { creditCode } from '../../../../server/connectors/ocr/reader/kinds/business-licence.ts';
import type { Glyph } from '../../../../server/connectors/ocr/reader/layout.ts';
import { hasLength, numberIn, numberOfAll } from '../../../../server/connectors/ocr/reader/numbers.ts';

const code = '91440300723038758B';
const line = { text: '', score: 1, x: 0, y: 0, width: 20, height: 20, characters: [] };

/** A reading, in which some signs are doubtful: place -> what was read there instead, how surely, and what chance the right one has. */
function print(text: string, wrong: { readonly [place: number]: readonly [string, number, number] } = {}): Glyph[] {
  return [...text].map((right, at) => {
    const [sign, score, chance] = wrong[at] ?? [right, 0.98, 0];
    const others = [{ sign, score }, ...(chance > 0 ? [{ sign: right, score: chance }] : [])];
    return { sign, score, at: 0, x: at * 10, y: 0, height: 20, line, others };
  });
}

describe('several readings of one number', () => {
  it('say together what each of them misses elsewhere', () => {
    const readings = [
      print(code, { 9: ['Z', 0.6, 0.3], 16: ['6', 0.6, 0.35] }),
      print(code, { 12: ['1', 0.5, 0.4] }),
      print(code, { 9: ['3', 0.4, 0.3] }),
    ];
    expect(numberOfAll(readings, creditCode)).toMatchObject({ value: code, checked: true });
  });

  it('count as far as they have the right length', () => {
    const short = print(code.slice(1));
    expect(hasLength(short, creditCode)).toBe(false);
    expect(hasLength(print(`统一社会信用代码：${code}`), creditCode)).toBe(true);
    expect(numberOfAll([short, print(code)], creditCode)).toBeNull();
    expect(numberOfAll([short, print(code), print(code)], creditCode)?.value).toBe(code);
  });

  it('never confirm what the check digit does not', () => {
    const wrong = print(code.replace('8B', 'QB'), {});
    const all = numberOfAll([wrong, wrong], creditCode);
    expect(all?.checked).toBe(false);
    expect(formatOf('creditCode')!.doubt?.(numberIn(wrong, creditCode)!.value, 'zh-CN')).toBeNull();
  });
});
