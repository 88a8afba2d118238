import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDuration,
  durationWords,
  parseDuration,
  percentOf,
  workingTimeBetween,
} from '../../../engine/compose/duration.ts';
import { proposeDuration } from '../../../engine/compose/settings.ts';
import type { Calendar } from '../../../engine/model/command.ts';

/** Beijing; Thursday 1 and Friday 2 October 2026 are off, Saturday 10 October is worked. */
const calendar: Calendar = {
  offsetMinutes: 480,
  exceptions: { '2026-10-01': true, '2026-10-02': true, '2026-10-10': false },
  until: '2026-12-31',
};
const at = (text: string) => Date.parse(`${text}+08:00`);
const hour = 3_600_000;

describe('words', () => {
  test.each([
    ['30 days', { kind: 'elapsed', ms: 30 * 24 * hour }],
    ['1 day', { kind: 'elapsed', ms: 24 * hour }],
    ['2 hours', { kind: 'elapsed', ms: 2 * hour }],
    ['1 hour 30 minutes', { kind: 'elapsed', ms: 1.5 * hour }],
    ['5 working days', { kind: 'working', days: 5 }],
    ['1 working day', { kind: 'working', days: 1 }],
    ['0.5 working days', { kind: 'working', days: 0.5 }],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toEqual(expected);
  });

  test.each([
    '',
    '30',
    'days',
    '2h',
    '30天',
    '-1 days',
    '0 days',
    '1e3 days',
    '30  ',
    '40000 days',
    '1 day 2',
    '1 working hour',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test.each([
    ['2h', '2 hours'],
    ['30天', '30 days'],
    ['1 h', '1 hour'],
    ['5工作日', '5 working days'],
    ['10 minuts', '10 minutes'],
    ['soon', undefined],
  ])('%s is proposed as %s', (written, proposal) => {
    expect(proposeDuration(written)).toBe(proposal);
  });

  test('are said in Chinese', () => {
    expect(durationWords({ kind: 'elapsed', ms: 1.5 * hour })).toBe('1 小时 30 分钟');
    expect(durationWords({ kind: 'working', days: 1.5 })).toBe('1.5 个工作日');
  });
});

describe('adding', () => {
  test.each([
    ['within a working day', '2026-09-28T09:00', 0.25, '2026-09-28T15:00'],
    ['over the night', '2026-09-28T15:00', 1, '2026-09-29T15:00'],
    ['over a weekend', '2026-09-25T15:00', 1, '2026-09-28T15:00'],
    ['from a day off: the clock starts with the next working day', '2026-09-26T11:00', 1, '2026-09-29T00:00'],
    ['over a holiday', '2026-09-30T10:00', 1, '2026-10-05T10:00'],
    ['a Saturday that is worked counts', '2026-10-09T10:00', 1, '2026-10-10T10:00'],
  ])('%s', (_title, from, days, to) => {
    expect(addDuration(at(from), { kind: 'working', days }, calendar)).toBe(at(to));
  });

  test('the zone of the calendar decides what a day is, not the host', () => {
    // Friday 23:00 in Beijing is Friday 15:00 in London, where a whole working evening would be left.
    const friday = at('2026-09-25T23:00');
    expect(addDuration(friday, { kind: 'working', days: 0.125 }, calendar)).toBe(at('2026-09-28T02:00'));
    expect(addDuration(friday, { kind: 'working', days: 0.125 }, { ...calendar, offsetMinutes: 0 })).toBe(
      friday + 3 * hour,
    );
  });

  test('a share of a working duration passes before the whole', () => {
    const sla = { kind: 'working', days: 2 } as const;
    const from = at('2026-09-24T10:00');
    const warn = addDuration(from, percentOf(sla, 75), calendar);
    expect(warn).toBe(at('2026-09-25T22:00'));
    expect(warn).toBeLessThan(addDuration(from, sla, calendar));
  });

  test('a calendar without any working day ends all the same', () => {
    const never: Calendar = { ...calendar, exceptions: new Proxy({}, { get: () => true }) };
    expect(addDuration(0, { kind: 'working', days: 1 }, never)).toBeGreaterThan(0);
  });

  test('working time that was added is the working time between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-12-01T00:00') }),
        fc.integer({ min: 1, max: 40 * 24 * 60 }),
        (now, minutes) => {
          const days = minutes / (24 * 60);
          const due = addDuration(now, { kind: 'working', days }, calendar);
          expect(due).toBeGreaterThan(now);
          expect(workingTimeBetween(now, due, calendar)).toBe(Math.round(days * 24 * hour));
        },
      ),
    );
  });
});
