import type { LoadReport, RoleLoad, Short } from '../../../engine/simulate/load/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { lasted } from '../../desk/reports/lasted.ts';
import { say, weekdays } from './texts.ts';

/** A share of 1, with a decimal where it is small. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)}%`;
}

/** Where people are short, in sentences; the worst first, roles that never suffice before single hours. */
export function shortages(report: LoadReport): readonly string[] {
  const all = report.roles.filter(({ busy, jobs, people }) => busy > 0.98 && (jobs > 0 || people === 0));
  const some = report.roles
    .filter((role) => !all.includes(role))
    .flatMap((role) => alike(role.short).map((shorts) => ({ role, shorts, people: shorts[0]?.people ?? 0 })))
    .sort((one, two) => two.people - one.people);
  return [...all.map(neverEnough), ...some.map(({ role, shorts }) => shortIn(role, shorts))];
}

/** The same hours of several days are one sentence. */
function alike(short: readonly Short[]): readonly (readonly Short[])[] {
  const groups = new Map<string, Short[]>();
  for (const one of short) {
    const key = `${one.from} ${one.to} ${one.people}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function neverEnough({ title, people, busy, enough }: RoleLoad): string {
  return say('shortAll', { role: title, people, busy: percent(busy), n: Math.max(enough, people + 1) });
}

function shortIn({ title }: RoleLoad, shorts: readonly Short[]): string {
  const { from = 0, to = 0, people = 0 } = shorts[0] ?? {};
  const day = shorts.map(({ weekday }) => dayName(weekday)).join(mark('list'));
  return say('shortOne', { day, from, to, role: title, n: people });
}

export function dayName(weekday: number): string {
  return say(weekdays[weekday] ?? 'monday');
}

/** What two runs are compared by: a name, and the value of a run as a number and as it is read. */
export interface Figure {
  readonly name: string;
  readonly of: (report: LoadReport) => number | null;
  readonly show: (value: number) => string;
}

const count = (value: number): string => String(Math.round(value * 10) / 10);

/** What both runs can be asked for, by what either of them has. */
export function figuresOf(one: LoadReport, two: LoadReport): readonly Figure[] {
  const both = <T>(pick: (report: LoadReport) => readonly T[], key: (each: T) => string): readonly T[] => {
    const first = pick(two);
    const known = new Set(first.map(key));
    return [...first, ...pick(one).filter((each) => !known.has(key(each)))];
  };
  const roles = both(
    ({ roles: all }) => all,
    ({ role }) => role,
  );
  const promises = both(
    ({ promises: all }) => all,
    ({ state }) => state,
  );
  const states = both(
    ({ states: all }) => all,
    ({ state }) => state,
  ).filter(({ stay }) => stay.most >= 60_000);
  const roleIn = (report: LoadReport, role: string) => report.roles.find((each) => each.role === role);
  return [
    { name: say('reached'), of: ({ reached }) => reached, show: count },
    { name: say('ended'), of: ({ ended }) => ended, show: count },
    { name: say('open'), of: ({ open }) => open, show: count },
    { name: say('half'), of: (report) => report.lasted.median, show: lasted },
    { name: say('most90'), of: (report) => report.lasted.most, show: lasted },
    ...roles.flatMap(({ role, title }): Figure[] => [
      { name: say('enough_of', { role: title }), of: (report) => roleIn(report, role)?.people ?? null, show: count },
      { name: say('share_busy', { role: title }), of: (report) => roleIn(report, role)?.busy ?? null, show: percent },
      { name: say('wait_of', { role: title }), of: (report) => roleIn(report, role)?.waits.most ?? null, show: lasted },
    ]),
    ...promises.map(
      ({ state, title }): Figure => ({
        name: say('late_of', { state: title }),
        of: (report) => report.promises.find((each) => each.state === state)?.late ?? null,
        show: count,
      }),
    ),
    ...states.map(
      ({ state, title }): Figure => ({
        name: say('stay_of', { state: title }),
        of: (report) => report.states.find((each) => each.state === state)?.stay.most ?? null,
        show: lasted,
      }),
    ),
  ];
}
