import { describe, expect, test } from 'vitest';
import type { EffectiveLine } from '../../../engine/effective/index.ts';
import { canFold, foundIn, opened, shownLines } from '../../../ui/studio/effective-model.ts';
import { textDifference } from '../../../ui/studio/text-difference.ts';

const line = (indent: number, text: string, change: EffectiveLine['change'] = 'same'): EffectiveLine => ({
  ...{ indent, text, change, layer: 'base', was: null, address: text },
  origin: { file: 'f', line: 1, column: 1 },
});
const lines = [line(0, 'a:'), line(1, 'b:'), line(2, 'c: 1', 'changed'), line(1, 'd: 2'), line(0, 'e: 3')];
const none = { folded: new Set<number>(), onlyChanged: false };

describe('the effective text on the screen', () => {
  test('is folded by depth', () => {
    expect(lines.map((_, index) => canFold(lines, index))).toEqual([true, true, false, false, false]);
    expect(shownLines(lines, none)).toEqual([0, 1, 2, 3, 4]);
    expect(shownLines(lines, { ...none, folded: new Set([1]) })).toEqual([0, 1, 3, 4]);
    expect(shownLines(lines, { ...none, folded: new Set([0]) })).toEqual([0, 4]);
  });
  test('shows of what changed where it stands', () => {
    expect(shownLines(lines, { ...none, onlyChanged: true })).toEqual([0, 1, 2]);
  });
  test('is searched, and what was found is unfolded', () => {
    expect(foundIn(lines, ' C: ')).toEqual([2]);
    expect(foundIn(lines, '')).toEqual([]);
    expect([...opened(lines, new Set([0, 1, 3]), 2)]).toEqual([3]);
  });
});

describe('two texts', () => {
  const joined = (before: string, after: string) =>
    textDifference(before, after)
      .map(({ text, side }) => (side === 'both' ? text : side === 'before' ? `-${text}-` : `+${text}+`))
      .join('');
  test('word by word, a Han character is one', () => {
    expect(joined('办理元旦假期安排', '办理假期的安排')).toBe('办理-元旦-假期+的+安排');
    expect(joined('pay 28000 now', 'pay 19900 now')).toBe('pay -28000-+19900+ now');
    expect(joined('', '新')).toBe('+新+');
    expect(joined('一样', '一样')).toBe('一样');
  });
  test('each side is whole', () => {
    const [before, after] = ['甲乙丙丁 one two', '乙丙戊 two three'];
    const found = textDifference(before, after);
    const side = (not: string) =>
      found
        .filter((one) => one.side !== not)
        .map(({ text }) => text)
        .join('');
    expect(side('after')).toBe(before);
    expect(side('before')).toBe(after);
  });
  test('very long ones are told whole', () => {
    expect(textDifference('甲'.repeat(2000), '乙'.repeat(2000))).toHaveLength(2);
  });
});
