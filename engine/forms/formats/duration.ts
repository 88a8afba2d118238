import { type Format, say } from './format.ts';

/** A duration in words, as the workflow language writes it. */
export const duration: Format = {
  id: 'duration',
  clean: (value) =>
    value
      .trim()
      .replace(/[\s\u3000]+/g, ' ')
      .toLowerCase(),
  problem: (value, locale) =>
    /^[1-9]\d{0,4} (?:second|minute|hour|day|week|working day)s?$/.test(value)
      ? null
      : say(
          locale,
          '请按“2 hours”“30 days”或“1 working day”的写法输入',
          'Write “2 hours”, “30 days” or “1 working day”',
        ),
  example: (seed) => `${1 + (seed % 30)} day${seed % 30 === 0 ? '' : 's'}`,
};
