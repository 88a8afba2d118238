import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  deadline,
  deadlineDay,
  fileSize,
  isoDate,
  money,
  numberGroups,
  remaining,
  shortDate,
  shortDateTime,
} from '../../../ui/app/format.ts';
import { setLocale } from '../../../ui/app/texts/index.ts';

/** A moment by the clock of Asia/Shanghai. */
const at = (text: string): number => Date.parse(`${text}+08:00`);
const now = at('2026-11-18T09:00:00');

describe('dates', () => {
  afterEach(() => setLocale('zh-CN'));

  it('are those of Asia/Shanghai, at the edge of its day', () => {
    expect(isoDate(Date.parse('2026-11-17T16:30:00Z'))).toBe('2026-11-18');
    expect(isoDate(Date.parse('2026-11-17T15:59:59Z'))).toBe('2026-11-17');
    expect(shortDateTime(at('2026-11-18T00:05:00'), now)).toBe('11-18 00:05');
  });

  it('have the year where it is not this one', () => {
    expect(shortDate(at('2026-01-02T10:00:00'), now)).toBe('01-02');
    expect(shortDate(at('2025-12-31T23:59:00'), now)).toBe('2025-12-31');
  });

  it('of deadlines have a weekday, or say today', async () => {
    expect(deadline(at('2026-11-25T16:20:00'), now)).toBe('11-25 周三 16:20');
    expect(deadline(at('2026-11-18T17:30:00'), now)).toBe('今天 17:30');
    expect(deadlineDay(at('2026-11-25T16:20:00'), now)).toBe('11-25 周三');
    expect(deadlineDay(at('2026-11-18T17:30:00'), now)).toBe('今天 17:30');
    await setLocale('en');
    expect(deadline(at('2026-11-25T16:20:00'), now)).toBe('11-25 Wed 16:20');
  });

  it('say coarsely what is left, and nothing when it is over', () => {
    expect(remaining(now + 112 * 60_000, now)).toBe('1 小时 52 分');
    expect(remaining(now + 5 * 60_000, now)).toBe('5 分钟');
    expect(remaining(now + 30_000, now)).toBe('不到 1 分钟');
    expect(remaining(now + 3 * 24 * 3_600_000, now)).toBe('3 天');
    expect(remaining(now, now)).toBeNull();
  });
});

describe('money', () => {
  it('is yuan with two digits from integer fen', () => {
    expect(money(28_000)).toBe('280.00 元');
    expect(money(1)).toBe('0.01 元');
    expect(money(123_456_789)).toBe('1,234,567.89 元');
    expect(money(-50)).toBe('−0.50 元');
  });

  it('loses no fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (fen) => {
        expect(Number(money(fen).replace(/[元 ,.]/g, ''))).toBe(fen);
      }),
    );
  });
});

describe('numbers and sizes', () => {
  it('of cases are grouped 3-6-6-2, others stay whole', () => {
    expect(numberGroups('01626111809301245')).toEqual(['016', '261118', '093012', '45']);
    expect(numberGroups('X-1')).toEqual(['X-1']);
  });

  it('of files are readable', () => {
    expect(fileSize(1_572_864)).toBe('1.5 MB');
    expect(fileSize(67_000)).toBe('65 kB');
    expect(fileSize(10)).toBe('1 kB');
  });
});
