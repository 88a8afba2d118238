import { type Format, say, withoutSeparators } from './format.ts';

/** Taxpayer number: 15 to 20 digits and capital letters. */
export const taxNumber: Format = {
  id: 'taxNumber',
  length: { least: 15, most: 20 },
  clean: (value) => withoutSeparators(value).toUpperCase(),
  problem(value, locale) {
    if (/[^0-9A-Z]/.test(value)) return say(locale, '只能是数字和字母，请核对', 'Digits and letters only');
    if (value.length < 15) {
      return say(locale, `少 ${15 - value.length} 位以上，识别号为 15–20 位`, 'Too short: 15 to 20 characters');
    }
    return value.length > 20
      ? say(locale, `多 ${value.length - 20} 位，识别号为 15–20 位`, 'Too long: 15 to 20 characters')
      : null;
  },
  example: (seed) => `91990000MA${String(50000000 + seed).slice(1)}X`,
  input: { autocomplete: 'off' },
};
