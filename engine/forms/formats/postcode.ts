import { type Format, lengthProblem, say, withoutSeparators } from './format.ts';

export const postcode: Format = {
  id: 'postcode',
  clean: withoutSeparators,
  problem(value, locale) {
    if (/\D/.test(value)) return say(locale, '邮编只能是数字，请核对', 'Digits only');
    return lengthProblem(value, 6, ' 6 位邮编', 'the 6 digits of the postcode', locale);
  },
  example: (seed) => `518${String(seed % 1000).padStart(3, '0')}`,
  input: { mode: 'numeric', autocomplete: 'postal-code' },
};
