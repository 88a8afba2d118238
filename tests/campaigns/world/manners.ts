import type { Chance } from './chance.ts';

/** How somebody who was asked treats a request. */
export type Manner = 'answers' | 'late' | 'silent' | 'unreachable' | 'lost' | 'twice';

interface Manners {
  readonly weights: { readonly [manner in Manner]: number };
  /** After which time a late answer is there, ms. */
  late(how: Chance): number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const within = (how: Chance, from: number, to: number): number =>
  from + how.below(Math.ceil((to - from) / minute)) * minute;

/** After which time somebody who says nothing by himself can be asked; it may be longer than any limit. */
export function silence(how: Chance): number {
  return within(how, 0, how.percent(70) ? 12 * hour : 20 * day);
}

/** Answers while one waits; a few take hours or days. */
const prompt: Manners = {
  weights: { answers: 61, late: 11, silent: 2, unreachable: 10, lost: 8, twice: 8 },
  late(how) {
    const span = how.weighed({ minutes: 60, hours: 30, days: 10 });
    return span === 'minutes' ? within(how, 0, 3 * minute) : within(how, 0, span === 'hours' ? 12 * hour : 5 * day);
  },
};

/** Takes the order and works it off: today, after the weekend, or after somebody has looked into it. */
const slow: Manners = {
  weights: { answers: 24, late: 50, silent: 2, unreachable: 9, lost: 8, twice: 7 },
  late(how) {
    const span = how.weighed({ today: 45, days: 30, inquiry: 25 });
    if (span === 'today') return within(how, 0, 12 * hour);
    return span === 'days' ? within(how, 0, 4 * day) : within(how, 3 * day, 9 * day);
  },
};

const slowOnes = /^(bank\.(microDeposit|refund)|payment\.refund|ca\.produce|invoice\.)/;

/** @param where `connector.operation` */
export function mannersOf(where: string): Manners {
  return slowOnes.test(where) ? slow : prompt;
}
