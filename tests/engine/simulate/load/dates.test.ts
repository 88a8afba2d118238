import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../../engine/model/definition.ts';
import { weekends } from '../../../../engine/simulate/calendar.ts';
import { aheadOf, momentOf } from '../../../../engine/simulate/load/ahead.ts';
import { assumptionsFor, playLoad } from '../../../../engine/simulate/load/index.ts';
import { projects } from '../../../support/definitions.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const appointment = projects().appointment as Definition;
const calendar = weekends;

describe('[SIM-13] a date that a case holds', () => {
  it('lies as many working days ahead for every case, at its time of day', () => {
    const next = aheadOf(at('2026-03-02T09:13:00'), at('2026-03-03T11:00:00'), calendar);
    expect(next).toEqual({ kind: 'ahead', days: 1, working: true, clock: 11 * 3_600_000 });
    expect(momentOf(next, at('2026-03-04T22:00:00'), calendar)).toBe(at('2026-03-05T11:00:00'));
    // Friday evening: Monday.
    expect(momentOf(next, at('2026-03-06T22:00:00'), calendar)).toBe(at('2026-03-09T11:00:00'));
  });

  it('counts all days where it falls on one that is off, and never lies in the past', () => {
    const sunday = aheadOf(at('2026-03-02T09:00:00'), at('2026-03-08T08:00:00'), calendar);
    expect(sunday).toMatchObject({ days: 6, working: false });
    expect(momentOf(sunday, at('2026-03-05T09:00:00'), calendar)).toBe(at('2026-03-11T08:00:00'));
    const today = aheadOf(at('2026-03-02T09:00:00'), at('2026-03-02T12:00:00'), calendar);
    expect(momentOf(today, at('2026-03-03T15:00:00'), calendar)).toBe(at('2026-03-03T15:00:00'));
  });
});

describe('[SIM-13] a crowd with appointments', () => {
  it('comes on the days and at the times that it chose, and waits in the queue from then on', () => {
    const given = { ...assumptionsFor(appointment), cases: 300 };
    const times = new Map<string, number>();
    const early: number[] = [];
    const booked = new Map<number, number>();
    const report = playLoad(appointment, given, {
      watch: (one, now, act) => {
        if (act.kind === 'event' && act.option.event === 'BOOK') {
          booked.set(one.who, now);
          times.set(act.option.id, (times.get(act.option.id) ?? 0) + 1);
        }
        if (act.kind !== 'event' || act.option.event !== 'ARRIVED') return;
        const day = (moment: number) => Math.floor((moment + 8 * 3_600_000) / 86_400_000);
        if (day(now) <= day(booked.get(one.who) ?? now)) early.push(one.who);
      },
    });
    expect(report.reached).toBeGreaterThan(270);
    expect(early).toEqual([]);
    expect([...times.keys()].length).toBe(6);
    for (const [option, count] of times) expect(count, option).toBeGreaterThan(20);
    const counter = report.roles.find(({ role }) => role === 'counter');
    expect(counter?.jobs).toBeGreaterThan(270);
    // Those who are expected tomorrow stand in no queue.
    expect(counter?.waits.median ?? 0).toBeLessThan(3 * 3_600_000);
  });

  it('where nobody is at the counter, nobody gets to the goal and everybody was expected in vain', () => {
    const given = assumptionsFor(appointment);
    const staff = { counter: { ...(given.staff.counter as NonNullable<typeof given.staff.counter>), people: 0 } };
    const report = playLoad(appointment, { ...given, staff, cases: 60 });
    expect(report.reached).toBe(0);
    const missed = report.deadlines.find(({ state }) => state === 'main.booked');
    expect(missed?.fell).toBe(missed?.ran);
  });
});
