import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../../engine/model/definition.ts';
import { assumptionsFor, type LoadReport, playLoad } from '../../../../engine/simulate/load/index.ts';
import { figuresOf, percent, shortages } from '../../../../ui/lab/load/told.ts';
import { projects } from '../../../support/definitions.ts';

const definition = projects()['district-archive'] as Definition;
const given = { ...assumptionsFor(definition), cases: 400 };
const withPeople = (people: number): LoadReport => {
  const archivist = { people, from: 9, to: 17.5, days: 'working' as const };
  return playLoad(definition, { ...given, staff: { ...given.staff, archivist } });
};

describe('what a crowd came to, in words', () => {
  it('a role that never suffices is named first, with how many it would take', () => {
    const [first] = shortages(withPeople(2));
    expect(first).toMatch(/^档案员 全时段都不够：现在 2 人，忙 \d+%；至少要 \d+ 人。$/);
    expect(shortages(withPeople(40)).some((sentence) => sentence.includes('档案员'))).toBe(false);
  });

  it('the same hours of several days are one sentence', () => {
    const report = withPeople(40);
    const [role] = report.roles;
    if (role === undefined) throw new Error('no role');
    const short = [0, 1, 3].map((weekday) => ({ weekday, from: 9, to: 11, people: 2 }));
    const others = report.roles.slice(1).map((one) => ({ ...one, short: [] }));
    expect(shortages({ ...report, roles: [{ ...role, short }, ...others] })).toEqual([
      '周一、周二、周四 9–11 点 档案员 缺 2 人',
    ]);
  });

  it('two runs are compared by everything that either has', () => {
    const [one, two] = [withPeople(2), withPeople(9)];
    const figures = figuresOf({ ...one, roles: one.roles.slice(0, 1) }, two);
    const people = figures.find(({ name }) => name === '档案员，人数');
    expect([people?.of(one), people?.of(two)]).toEqual([2, 9]);
    const missing = figures.find(({ name }) => name === '法制员，人数');
    expect(missing?.of({ ...one, roles: one.roles.slice(0, 1) })).toBe(null);
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
  });

  it('a small share keeps a decimal', () => {
    expect([0, 0.004, 0.5, 1.2].map(percent)).toEqual(['0%', '0.4%', '50%', '120%']);
  });
});
