import { expect, test } from 'vitest';
import { dateTime, momentText } from '../../../engine/forms/formats/date-time.ts';

test.each([
  ['2026-03-01T08:30:00Z', '2026-03-01 16:30'],
  ['2026-12-31T23:59:59.755Z', '2027-01-01 07:59'],
  ['2026-03-01T08:30:00+08:00', '2026-03-01 08:30'],
])('%s is shown as %s', (moment, shown) => {
  expect(dateTime.problem(moment, 'zh-CN')).toBeNull();
  expect(momentText(moment)).toBe(shown);
});

test.each(['2026-02-30T08:30:00Z', '2026-03-01 08:30', '2026-03-01T24:00:00Z', 'yesterday', ''])(
  '%j is no moment, and shown as it is',
  (text) => {
    expect(dateTime.problem(text, 'zh-CN')).toContain('2026-03-01T08:30:00Z');
    if (!/^2026-02-30/.test(text)) expect(momentText(text)).toBe(text);
  },
);
