import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../engine/forms/index.ts';

const format = (id: string) => {
  const found = formats.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const problem = (id: string, typed: string) => format(id).problem(format(id).clean(typed), 'zh-CN');

describe('what is typed is cleaned before it is judged', () => {
  test.each([
    ['mobile', '138 0000-0001', '13800000001'],
    ['mobile', '+86 138 0000 0001', '13800000001'],
    ['idNumber', '990000 19900101 011x', '99000019900101011X'],
    ['bankAccount', '4000 0212-3456 7890', '4000021234567890'],
    ['creditCode', ' 91440300723038758b', '91440300723038758B'],
    ['date', '2026/3/1', '2026-03-01'],
    ['date', '2026年12月31日', '2026-12-31'],
    ['email', ' a@example。com ', 'a@example.com'],
    ['duration', '30  Days', '30 days'],
  ])('%s: %s', (id, typed, clean) => expect(format(id).clean(typed)).toBe(clean));
});

describe('messages say how to mend it', () => {
  test.each([
    ['mobile', '1380000000', '少 1 位，请输入 11 位手机号码'],
    ['mobile', '138000000001', '多 1 位，请输入 11 位手机号码'],
    ['mobile', '12800000001', '手机号码以 13 至 19 开头，请核对前两位'],
    ['mobile', '1380000000a', '手机号码只能是数字，请核对'],
    ['idNumber', '9900001990010101', '少 2 位，请输入 18 位身份证号码'],
    ['idNumber', '990000199013010113', '第 7 至 14 位不是一个日期，请对照身份证核对'],
    ['idNumber', '990000199001010114', '号码校验不通过，可能有一位输错，请对照身份证核对'],
    ['creditCode', '9144030072303875OB', '代码里没有字母 O，是不是 0？请对照证照核对'],
    ['creditCode', '9144030072303875', '少 2 位，请输入 18 位统一社会信用代码'],
    ['email', 'name', '缺少 @，请输入完整的邮箱，如 name@example.com'],
    ['email', 'name@example', '@ 后面不完整，请输入完整的邮箱，如 name@example.com'],
    ['bankAccount', '1234567', '少 1 位以上，账号为 8–32 位数字'],
    ['postcode', '51800', '少 1 位，请输入 6 位邮编'],
    ['taxNumber', '91', '少 13 位以上，识别号为 15–20 位'],
    ['date', '2026-02-30', '没有这一天，请按 2026-03-01 的写法输入'],
    ['duration', 'soon', '请按“2 hours”“30 days”或“1 working day”的写法输入'],
  ])('%s: %s', (id, typed, message) => expect(problem(id, typed)).toBe(message));
});

describe('unified social credit code', () => {
  test.each(['91440300723038758B', '9144030071526726XG', '91110000101623741K', '911101066976941872'])(
    '%s is right',
    (code) => {
      expect(problem('creditCode', code)).toBeNull();
      expect(format('creditCode').doubt?.(code, 'zh-CN')).toBeNull();
    },
  );

  test('a wrong check digit is a doubt, not a problem', () => {
    expect(problem('creditCode', '91440300723038758A')).toBeNull();
    expect(format('creditCode').doubt?.('91440300723038758A', 'zh-CN')).toContain('确认无误可以继续');
  });
});

test('2024 had a 29th of February, 2023 and 1900 had none', () => {
  expect(problem('date', '2024-02-29')).toBeNull();
  expect(problem('date', '2023-02-29')).not.toBeNull();
  expect(problem('date', '1900-02-29')).not.toBeNull();
});

describe.each(formats.map((one) => [one.id, one] as const))('%s', (_, one) => {
  test('its examples are valid and are their own clean form', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const example = one.example(seed);
        expect(one.clean(example)).toBe(example);
        expect(one.problem(example, 'zh-CN')).toBeNull();
        expect(one.doubt?.(example, 'zh-CN') ?? null).toBeNull();
      }),
    );
  });

  test('any text is judged without throwing, cleaning twice is cleaning once, groups lose nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const clean = one.clean(text);
        expect(one.clean(clean)).toBe(clean);
        one.problem(clean, 'en');
        one.doubt?.(clean, 'en');
        expect(one.present?.(clean).replaceAll(' ', '') ?? clean.replaceAll(' ', '')).toBe(clean.replaceAll(' ', ''));
      }),
    );
  });
});

test('one changed digit of an identity number is found', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(16), fc.integer({ min: 1, max: 9 }), (seed, at, by) => {
      const right = format('idNumber').example(seed);
      const digit = (Number(right[at]) + by) % 10;
      expect(problem('idNumber', right.slice(0, at) + digit + right.slice(at + 1))).not.toBeNull();
    }),
  );
});
