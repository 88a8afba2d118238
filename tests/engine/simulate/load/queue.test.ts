import { describe, expect, it, vi } from 'vitest';
import { playLoad } from '../../../../engine/simulate/load/index.ts';
import { aroundTheClock, counter } from './desk.ts';

vi.setConfig({ testTimeout: 240_000 });

const minute = 60_000;
const definition = counter();

/** Erlang's C: how long somebody waits on the average, in units of the mean service time. @param load offered, in people */
function erlangWait(people: number, load: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < people; k++) {
    term *= load / k;
    sum += term;
  }
  const last = ((term * load) / people) * (people / (people - load));
  return last / (sum + last) / (people - load);
}

describe('[SIM-11] a queue of the books: arrivals and work by chance, so many people', () => {
  it.each([
    { people: 1, load: 0.7 },
    { people: 3, load: 2.4 },
    { people: 8, load: 6.4 },
  ])('$people people, work for $load: the mean wait is that of Erlang’s formula', ({ people, load }) => {
    const minutes = 10;
    const perDay = (load / minutes) * 24 * 60;
    const waits = [1, 2, 3, 4].map((seed) => {
      const report = playLoad(definition, { ...aroundTheClock(definition, { people, perDay, minutes }), seed });
      expect(report.roles[0]?.busy).toBeGreaterThan((load / people) * 0.95);
      expect(report.roles[0]?.busy).toBeLessThan((load / people) * 1.05);
      return report.roles[0]?.waits.mean ?? 0;
    });
    const mean = waits.reduce((sum, one) => sum + one, 0) / waits.length;
    const expected = erlangWait(people, load) * minutes * minute;
    expect(mean).toBeGreaterThan(expected * 0.85);
    expect(mean).toBeLessThan(expected * 1.15);
  });
});

describe('[SIM-10] what holds whatever is assumed', () => {
  const perDay = 250;
  const given = (people: number) => aroundTheClock(definition, { people, perDay, minutes: 15 });

  it('every applicant has ended or waits somewhere; days, ends and open cases count the same', () => {
    for (const people of [0, 2, 4]) {
      const report = playLoad(definition, { ...given(people), cases: 3_000, tail: 2 });
      expect(report.cases).toBe(3_000);
      expect(report.reached + report.ended + report.open).toBe(report.cases);
      expect(report.days.reduce((sum, { begun }) => sum + begun, 0)).toBe(report.cases);
      expect(report.days.at(-1)?.open).toBe(report.open);
      expect(report.ends.reduce((sum, { n }) => sum + n, 0)).toBe(report.reached + report.ended);
      expect(report.states.reduce((sum, { now }) => sum + now, 0)).toBe(report.open);
    }
  });

  it('Little’s law: cases that are open on the average = those that come in a time × how long they stay', () => {
    const report = playLoad(definition, { ...given(4), tail: 30 });
    expect(report.open).toBe(0);
    const rate = report.cases / (report.until - report.from);
    expect(report.meanOpen).toBeCloseTo(rate * report.lasted.mean, 6);
    // The queue's own law, counted by two different hands.
    const { waits, hours } = report.roles[0] ?? { waits: { mean: 0, n: 0 }, hours: [] };
    const waiting = hours.reduce((sum, one) => sum + one.waiting, 0) / hours.length;
    const arriving = report.cases / (report.days.length * 24 * 60 * minute);
    expect(waiting / (arriving * waits.mean)).toBeGreaterThan(0.9);
    expect(waiting / (arriving * waits.mean)).toBeLessThan(1.1);
  });

  it('more people never make the same applicants wait longer', () => {
    const waits = [3, 4, 5, 6, 8].map(
      (people) => playLoad(definition, { ...given(people), cases: 4_000 }).roles[0]?.waits.mean ?? 0,
    );
    for (const [index, wait] of waits.entries())
      if (index > 0) expect(wait).toBeLessThanOrEqual((waits[index - 1] ?? 0) * 1.001);
    expect(waits[0]).toBeGreaterThan(4 * (waits.at(-1) ?? 0));
  });

  it('is the same for the same seed, and another for another', () => {
    const play = (seed: number) => JSON.stringify(playLoad(definition, { ...given(3), cases: 500, seed }));
    expect(play(7)).toBe(play(7));
    expect(play(7)).not.toBe(play(8));
  });

  it('says where people are short, and with how many it would do', () => {
    const report = playLoad(definition, { ...given(2), cases: 2_000 });
    const [role] = report.roles;
    // 250 a day for 15 minutes are 2.6 people all day long.
    expect(role?.busy).toBeGreaterThan(1.2);
    expect(role?.enough).toBe(3);
    expect(role?.short.length).toBeGreaterThan(0);
    expect(playLoad(definition, { ...given(9), cases: 2_000 }).roles[0]?.short).toEqual([]);
    expect(report.promises[0]?.late).toBeGreaterThan(0);
    expect(report.promises[0]?.days.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(
      report.promises[0]?.late ?? 0,
    );
  });
});

describe('[SIM-11] people', () => {
  const fourEyes = counter({ second: true });
  const shifts = (people: number) => ({
    ...aroundTheClock(fourEyes, { people, perDay: 40, minutes: 10 }),
    cases: 400,
    spread: 'fixed' as const,
    staff: { clerk: { people, from: 9, to: 17.5, days: 'working' as const } },
  });

  it('one alone cannot look a second time at what they did', () => {
    const alone = playLoad(fourEyes, shifts(1));
    expect(alone.reached).toBe(0);
    expect(alone.states.find(({ state }) => state === 'main.second')?.now).toBe(400);
    expect(playLoad(fourEyes, shifts(2)).reached).toBe(400);
  });

  it('nobody begins outside of the shift: what comes on Friday night waits until Monday morning', () => {
    const report = playLoad(fourEyes, shifts(3));
    const [role] = report.roles;
    const duty = role?.hours.map(({ duty: hours }) => hours > 0) ?? [];
    expect(duty.slice(0, 24).filter(Boolean).length).toBe(9);
    expect(duty.slice(5 * 24).some(Boolean)).toBe(false);
    for (const [bin, { busy }] of (role?.hours ?? []).entries()) {
      // A job that was begun is ended: at most ten minutes after the shift.
      if (!duty[bin] && !duty[bin - 1]) expect(busy).toBe(0);
    }
    expect(report.states.find(({ state }) => state === 'main.queue')?.stay.worst).toBeGreaterThan(60 * 60 * minute);
  });
});
