import { type Format, grouped, say, withoutSeparators } from './format.ts';

/** Account of an organisation: 8 to 32 digits. No check digit: the Luhn rule holds for cards only. */
export const bankAccount: Format = {
  id: 'bankAccount',
  length: { least: 8, most: 32 },
  clean: withoutSeparators,
  problem(value, locale) {
    if (/\D/.test(value)) return say(locale, '账号只能是数字，请核对', 'Digits only');
    if (value.length < 8) {
      return say(locale, `少 ${8 - value.length} 位以上，账号为 8–32 位数字`, 'Too short: 8 to 32 digits');
    }
    return value.length > 32
      ? say(locale, `多 ${value.length - 32} 位，账号为 8–32 位数字`, 'Too long: 8 to 32 digits')
      : null;
  },
  present: (value) => grouped(value, 4),
  example: (seed) => `40000000${String(10000000 + seed).slice(1)}`,
  input: { mode: 'numeric', autocomplete: 'off' },
};
