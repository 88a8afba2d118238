import { type Format, grouped, lengthProblem, say, withoutSeparators } from './format.ts';

/** Mobile number of the mainland, 11 digits. */
export const mobile: Format = {
  id: 'mobile',
  clean: (value) => withoutSeparators(value).replace(/^(?:\+|00)?86(?=1\d{10}$)/, ''),
  problem(value, locale) {
    if (/\D/.test(value)) return say(locale, '手机号码只能是数字，请核对', 'Digits only');
    if (!/^1[3-9]/.test(value) && value.length >= 2) {
      return say(locale, '手机号码以 13 至 19 开头，请核对前两位', 'A mobile number begins with 13 to 19');
    }
    return lengthProblem(value, 11, ' 11 位手机号码', 'the 11 digits of the mobile number', locale);
  },
  present: (value) => grouped(value, 3, 4),
  example: (seed) => `1380000${String(seed % 10000).padStart(4, '0')}`,
  input: { mode: 'tel', autocomplete: 'tel-national' },
};
