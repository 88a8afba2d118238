import { isDate } from './date.ts';
import { type Format, grouped, lengthProblem, say, withoutSeparators } from './format.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Check character of the first 17 digits (GB 11643). */
export function idNumberCheck(first17: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return '10X98765432'[sum % 11] ?? '';
}

/** Resident identity number, GB 11643. Region codes are not judged: genuine cards carry withdrawn ones. */
export const idNumber: Format = {
  id: 'idNumber',
  clean: (value) => withoutSeparators(value).toUpperCase(),
  problem(value, locale) {
    if (/[^0-9X]/.test(value) || /X./.test(value)) {
      return say(locale, '只能是数字，最后一位可以是 X，请核对', 'Digits only; the last character may be X');
    }
    const wrongLength = lengthProblem(
      value,
      18,
      ' 18 位身份证号码',
      'the 18 characters of the identity number',
      locale,
    );
    if (wrongLength) return wrongLength;
    const born = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
    if (!isDate(born)) {
      return say(
        locale,
        '第 7 至 14 位不是一个日期，请对照身份证核对',
        'Characters 7 to 14 are no date; compare with the card',
      );
    }
    if (idNumberCheck(value) !== value[17]) {
      return say(
        locale,
        '号码校验不通过，可能有一位输错，请对照身份证核对',
        'The check digit does not fit; one character may be wrong, compare with the card',
      );
    }
    return null;
  },
  present: (value) => grouped(value, 6, 8, 4),
  // 990000 is no region: nobody has this number.
  example(seed) {
    const first = `990000199001${String(1 + (seed % 28)).padStart(2, '0')}${String((seed * 7 + 11) % 1000).padStart(3, '0')}`;
    return first + idNumberCheck(first);
  },
  input: { autocomplete: 'off' },
};
