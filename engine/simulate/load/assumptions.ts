import type { Spread } from './draws.ts';

/** Minutes are means; shares are percent, or weights of what is chosen between. Plain JSON. */
export interface Assumptions {
  readonly seed: number;
  readonly cases: number;
  /** First day, YYYY-MM-DD. */
  readonly start: string;
  readonly arrivals: Arrivals;
  /** How far all times scatter. */
  readonly spread: Spread;
  /** Percent of applicants who stop acting somewhere. */
  readonly giveUp: number;
  /** Event that leads aside (withdrawing, a refund) -> percent of cases whose applicant wants it once. */
  readonly asides: { readonly [event: string]: number };
  readonly staff: { readonly [role: string]: Shift };
  /** State of a task -> minutes that it takes: of work for staff, of thinking for applicants. */
  readonly minutes: { readonly [task: string]: number };
  /** State of a task -> way out of it (see `Option.id`) -> weight. */
  readonly choices: { readonly [task: string]: { readonly [option: string]: number } };
  readonly calls: { readonly [operation: string]: Answering };
  /** Event from outside -> how often it comes when it can, and how long after. */
  readonly outside: { readonly [event: string]: { readonly percent: number; readonly minutes: number } };
  /** How many days after the last arrival are still played. */
  readonly tail: number;
}

export interface Arrivals {
  /** On a day whose weights are 1. */
  readonly perDay: number;
  /** Monday first. A holiday counts as the Sunday, a weekend that is worked as the Monday. */
  readonly week: readonly number[];
  /** Of the 24 hours of a day; nobody acts in an hour of weight 0. */
  readonly hours: readonly number[];
  /** January first. */
  readonly months: readonly number[];
}

export interface Shift {
  readonly people: number;
  /** Hours of the day, halves allowed: 9 to 17.5. */
  readonly from: number;
  readonly to: number;
  readonly days: 'working' | 'all';
}

export interface Answering {
  readonly minutes: number;
  /** The answer is made on working days only. */
  readonly office: boolean;
  /** Outcome -> weight. */
  readonly outcomes: { readonly [outcome: string]: number };
}

/** What cannot be played: the path of a value, and the numbers between which it has to be. */
export interface Unplayable {
  readonly path: string;
  readonly least: number;
  readonly most: number;
}

export const limits = {
  cases: [1, 50_000],
  seed: [0, 4_294_967_295],
  perDay: [0.1, 100_000],
  weight: [0, 10_000],
  percent: [0, 100],
  people: [0, 500],
  minutes: [0, 525_600],
  tail: [0, 400],
} as const;

/** What of the assumptions is no number in its limits, or leaves nothing to choose from. */
export function unplayable(given: Assumptions): readonly Unplayable[] {
  const wrong: Unplayable[] = [];
  const ask = (path: string, value: number, [least, most]: readonly [number, number], whole = false): void => {
    const isGood = Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!isGood) wrong.push({ path, least, most });
  };
  const some = (path: string, values: readonly number[]): void => {
    for (const [index, value] of values.entries()) ask(`${path}.${index}`, value, limits.weight);
    if (!values.some((value) => value > 0)) ask(path, -1, [1, limits.weight[1]]);
  };
  ask('cases', given.cases, limits.cases, true);
  ask('seed', given.seed, limits.seed, true);
  if (Number.isNaN(Date.parse(`${given.start}T00:00:00Z`))) ask('start', Number.NaN, [0, 0]);
  ask('arrivals.perDay', given.arrivals.perDay, limits.perDay);
  some('arrivals.week', given.arrivals.week);
  some('arrivals.hours', given.arrivals.hours);
  some('arrivals.months', given.arrivals.months);
  ask('giveUp', given.giveUp, limits.percent);
  ask('tail', given.tail, limits.tail, true);
  for (const [event, value] of Object.entries(given.asides)) ask(`asides.${event}`, value, limits.percent);
  for (const [role, { people, from, to }] of Object.entries(given.staff)) {
    ask(`staff.${role}.people`, people, limits.people, true);
    ask(`staff.${role}.from`, from, [0, 23.5]);
    ask(`staff.${role}.to`, to, [from + 0.5, 24]);
  }
  for (const [task, value] of Object.entries(given.minutes)) ask(`minutes.${task}`, value, limits.minutes);
  for (const [task, options] of Object.entries(given.choices))
    for (const [option, value] of Object.entries(options)) ask(`choices.${task}.${option}`, value, limits.weight);
  for (const [operation, { minutes, outcomes }] of Object.entries(given.calls)) {
    ask(`calls.${operation}.minutes`, minutes, limits.minutes);
    for (const [outcome, value] of Object.entries(outcomes))
      ask(`calls.${operation}.outcomes.${outcome}`, value, limits.weight);
  }
  for (const [event, { percent, minutes }] of Object.entries(given.outside)) {
    ask(`outside.${event}.percent`, percent, limits.percent);
    ask(`outside.${event}.minutes`, minutes, limits.minutes);
  }
  return wrong;
}
