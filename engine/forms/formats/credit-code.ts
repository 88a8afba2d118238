import { type Format, lengthProblem, say, withoutSeparators } from './format.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of the first 17 characters (GB 32100). */
export function creditCodeCheck(first17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] ?? '';
}

/**
 * Unified social credit code, GB 32100. Genuine codes with a wrong check digit exist: that is a doubt to be confirmed,
 * not a refusal.
 */
export const creditCode: Format = {
  id: 'creditCode',
  clean: (value) => withoutSeparators(value).toUpperCase(),
  problem(value, locale) {
    const strange = [...value].find((character) => !alphabet.includes(character));
    if (strange && 'IOSVZ'.includes(strange)) {
      const likely = { I: '1', O: '0', S: '5', V: 'U', Z: '2' }[strange] ?? '';
      return say(
        locale,
        `代码里没有字母 ${strange}，是不是 ${likely}？请对照证照核对`,
        `The letter ${strange} does not occur; is it ${likely}?`,
      );
    }
    if (strange) return say(locale, '只能是数字和大写字母，请对照证照核对', 'Digits and capital letters only');
    return lengthProblem(value, 18, ' 18 位统一社会信用代码', 'the 18 characters of the code', locale);
  },
  doubt(value, locale) {
    if (creditCodeCheck(value.slice(0, 17)) === value[17]) return null;
    return say(
      locale,
      '校验位对不上，可能有一位输错；请对照证照核对，确认无误可以继续',
      'The check digit does not fit; compare with the licence, go on if it is right',
    );
  },
  // 990000: no region, so no registered organisation.
  example(seed) {
    const first = `91990000MA${String(50000000 + seed).slice(1)}`.slice(0, 17);
    return first + creditCodeCheck(first);
  },
  input: { autocomplete: 'off' },
};
