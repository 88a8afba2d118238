import { type Format, say } from './format.ts';

/** E-mail address: one @, a domain with a dot, no spaces. Whether it exists only a message can tell. */
export const email: Format = {
  id: 'email',
  clean: (value) => value.replace(/[\s\u3000]/g, '').replace(/[。．]/g, '.'),
  problem(value, locale) {
    const parts = value.split('@');
    if (parts.length !== 2) {
      return say(
        locale,
        parts.length < 2 ? '缺少 @，请输入完整的邮箱，如 name@example.com' : '只能有一个 @，请核对',
        'Enter a whole address such as name@example.com',
      );
    }
    const [name = '', domain = ''] = parts;
    if (!name) return say(locale, '@ 前面缺少邮箱名，请输入完整的邮箱', 'The part before @ is missing');
    if (!domain.includes('.')) {
      return say(locale, '@ 后面不完整，请输入完整的邮箱，如 name@example.com', 'The part after @ is not complete');
    }
    const label = /^[A-Za-z0-9\u4e00-\u9fff](?:[A-Za-z0-9\u4e00-\u9fff-]{0,61}[A-Za-z0-9\u4e00-\u9fff])?$/;
    if (
      !domain.split('.').every((part) => label.test(part)) ||
      /[",;:<>()[\]\\]/.test(name) ||
      /^\.|\.$|\.\./.test(name)
    ) {
      return say(locale, '邮箱里有不能用的字符，请核对', 'There is a character that cannot be used');
    }
    return value.length > 254 ? say(locale, '邮箱太长，请核对', 'The address is too long') : null;
  },
  example: (seed) => `test${seed || ''}@example.com`,
  input: { mode: 'email', autocomplete: 'email' },
};
