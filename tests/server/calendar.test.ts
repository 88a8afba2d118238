import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { addDuration } from '../../engine/compose/duration.ts';
import type { Calendar } from '../../engine/model/command.ts';
import { calendarEnds, loadCalendar, recordCalendar } from '../../server/calendar.ts';
import { ConfigError } from '../../server/config.ts';
import { createMemoryStore } from '../../server/store/memory.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'certflow-calendar-'));
});
const own = (file: unknown) => writeFileSync(join(dataDir, 'calendar.json'), JSON.stringify(file));
const at = (text: string) => Date.parse(`${text}+08:00`);
const passed = (from: string, days: number, calendar: Calendar, by?: string) =>
  new Date(
    addDuration(at(from), { kind: 'working', days, ...(by === undefined ? {} : { calendar: by }) }, calendar) +
      8 * 3_600_000,
  )
    .toISOString()
    .slice(0, 16);

describe('working days', () => {
  test('as published: over National Day 2025, with its make-up Sunday and Saturday (U-51)', async () => {
    const calendar = await loadCalendar(dataDir);
    // 1 to 8 October are off; Sunday 28 September and Saturday 11 October are worked.
    expect(passed('2025-09-27T12:00:00', 1, calendar)).toBe('2025-09-29T00:00');
    expect(passed('2025-09-30T15:00:00', 1, calendar)).toBe('2025-10-09T15:00');
    expect(passed('2025-10-10T15:00:00', 1, calendar)).toBe('2025-10-11T15:00');
    expect(passed('2025-10-11T15:00:00', 1, calendar)).toBe('2025-10-13T15:00');
  });

  test('the operator says otherwise for a day, for a connector, and until when it is known', async () => {
    own({
      days: { '2025-10-09': 'off', '2025-10-05': 'work' },
      until: '2031-12-31',
      others: { bank: { days: { '2025-10-10': 'off', '2025-10-05': 'off' } } },
    });
    const calendar = await loadCalendar(dataDir);
    expect(calendar.until).toBe('2031-12-31');
    expect(passed('2025-09-30T15:00:00', 1, calendar)).toBe('2025-10-05T15:00');
    expect(passed('2025-10-08T15:00:00', 1, calendar)).toBe('2025-10-11T00:00');
    expect(passed('2025-09-30T15:00:00', 1, calendar, 'bank')).toBe('2025-10-11T15:00');
  });

  test.each([
    [{ day: {} }, '"day"'],
    [{ days: { '2025-13-01': 'off' } }, '2025-13-01'],
    [{ days: { '2025-02-30': 'off' } }, '2025-02-30'],
    [{ days: { '2025-10-01': true } }, '2025-10-01'],
    [{ until: 'soon' }, 'until'],
    [{ others: { bank: { days: [] } } }, 'others.bank'],
    [[], 'object'],
  ])('a file that cannot be used is told: %j', async (file, said) => {
    own(file);
    const error = await loadCalendar(dataDir).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toContain(said);
  });

  test('the operator is told two months before the known days end', async () => {
    own({ until: '2031-12-31' });
    const calendar = await loadCalendar(dataDir);
    expect(calendarEnds(calendar, Date.parse('2031-10-30T00:00:00Z'))).toBe(false);
    expect(calendarEnds(calendar, Date.parse('2031-11-05T00:00:00Z'))).toBe(true);
  });

  test('which calendar was in force from when is written down once for each change', async () => {
    const store = createMemoryStore();
    const first = await loadCalendar(dataDir);
    await recordCalendar(store, first, 1);
    await recordCalendar(store, await loadCalendar(dataDir), 2);
    own({ days: { '2025-10-09': 'off' } });
    const second = await loadCalendar(dataDir);
    await recordCalendar(store, second, 3);
    const known: unknown[] = [];
    for await (const { document } of store.listDocuments('calendar')) known.push(document.data);
    expect(known).toEqual([
      { number: 1, from: 1, calendar: first },
      { number: 2, from: 3, calendar: second },
    ]);
  });
});
