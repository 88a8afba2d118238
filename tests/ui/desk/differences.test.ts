import { describe, expect, test } from 'vitest';
import { differences } from '../../../ui/desk/readings/differences.ts';

const marked = (read: string, typed: string) =>
  differences(read, typed)
    .map(({ text, differs }) => (differs ? `[${text}]` : text))
    .join('');

describe('what a picture says otherwise', () => {
  test('is marked sign by sign, and joined it is the text', () => {
    expect(marked('示例大道8号3栋', '示例大道 6 号 3 栋')).toBe('示例大道[8]号3栋');
    expect(marked('江东纺织有限公司', '江东纺织有限公司')).toBe('江东纺织有限公司');
    expect(marked('江东纺织股份有限公司', '江东纺织有限公司')).toBe('江东纺织[股份]有限公司');
    expect(marked('甲乙丙', '丁')).toBe('[甲乙丙]');
    expect(marked('', '丁')).toBe('');
  });

  test('width, case and spaces make no difference', () => {
    expect(marked('（示例）ａ b', '(示例)AB')).toBe('（示例）ａ b');
  });

  test('what was left out is no sign of the picture', () => {
    expect(marked('示例路', '示例路 8 号')).toBe('示例路');
  });

  test('a long text is told as a whole', () => {
    expect(marked('长'.repeat(300), '短')).toBe(`[${'长'.repeat(300)}]`);
  });
});
