import { describe, expect, test } from 'vitest';
import { scenarioText } from '../../../engine/paths/index.ts';
import type { ScenarioCalendar } from '../../../engine/simulate/calendar.ts';
import { readScenario, runScenario, type Scenario } from '../../../engine/simulate/index.ts';
import { zoneMinutes } from '../../../engine/zone.ts';
import { loan } from '../run/support.ts';

const general = loan();
const ofRegistry = loan(['after: { 2 working days: pinned }', 'after: { 2 working days on registry days: pinned }']);

/** Begins on Monday 2026-01-05 at 09:00; on which day at 09:00 two working days are over. */
function dayOfDeadline(calendar: ScenarioCalendar | undefined, definition = general): number {
  const steps = [{ world: { 'registry.check': 'none' } }, { do: 'NEXT' }, { advance: '20 days' }];
  const scenario: Scenario = {
    scenario: '试',
    project: 'demo',
    steps,
    ...(calendar === undefined ? {} : { calendar }),
  };
  const elsewhere = { offsetMinutes: zoneMinutes, exceptions: { '2026-01-07': true }, until: '2026-12-31' };
  const { session, failure } = runScenario(definition, scenario, { calendar: elsewhere });
  expect(failure).toBeNull();
  const passed = session!.journal.find(({ entered }) => entered.includes('main.work.pinned'))!.at;
  return new Date(passed + zoneMinutes * 60_000).getUTCDate();
}

describe('[SIM-8] the working days of a scenario', () => {
  test('are its own where it names them, else those of whoever plays it', () => {
    expect(dayOfDeadline(undefined)).toBe(8);
    expect(dayOfDeadline({})).toBe(7);
    expect(dayOfDeadline({ days: { '2026-01-06': 'off' } })).toBe(8);
    expect(dayOfDeadline({ days: { '2026-01-06': 'off', '2026-01-07': 'off', '2026-01-08': 'off' } })).toBe(12);
  });

  test('hold a weekend that is worked', () => {
    const holiday = { '2026-01-06': 'off', '2026-01-07': 'off', '2026-01-08': 'off', '2026-01-09': 'off' } as const;
    expect(dayOfDeadline({ days: holiday })).toBe(13);
    expect(dayOfDeadline({ days: { ...holiday, '2026-01-10': 'work' } })).toBe(12);
  });

  test('are not those of a connector that has its own', () => {
    const days = { '2026-01-06': 'off' } as const;
    const others = { registry: { days: { '2026-01-07': 'off' } } } as const;
    expect(dayOfDeadline({ days, others })).toBe(8);
    expect(dayOfDeadline({ days, others }, ofRegistry)).toBe(9);
  });

  test('stand in the file, and are refused where they are none', () => {
    const scenario: Scenario = {
      scenario: '过节',
      project: 'demo',
      now: '2026-09-30 09:00',
      calendar: {
        days: { '2026-10-01': 'off', '2026-10-10': 'work' },
        others: { bank: { days: { '2026-10-10': 'off' } } },
      },
      steps: [{ say: '休息' }],
    };
    expect(readScenario('holiday', scenarioText(scenario)).scenario).toMatchObject(scenario);
    const wrong = (text: string, to: string) =>
      readScenario('holiday', scenarioText(scenario).replace(text, to)).issues.map(
        ({ code, line }) => `${line} ${code}`,
      );
    expect(wrong('2026-10-01', '2026-13-01')).toHaveLength(1);
    expect(wrong('work', 'open')).toHaveLength(1);
  });
});
