import type { Json } from '../model/json.ts';
import type { ValueTest } from './condition.ts';
import type { Domain } from './ranges.ts';

/** Beyond so many classes the answers to different questions are not held against each other. */
const most = 30;

/**
 * One thing that the search does not know, and the questions that conditions ask about it: its values fall into classes
 * that answer all of them alike, and what some answers say rules out classes for the others. `fee > 0` and `fee == 0`
 * never hold together; where the domain says that there is nothing below 1, `fee > 0` is no question.
 */
export class Unknown {
  private readonly tests: ValueTest[] = [];
  private readonly domain: Domain | null;
  /** By test: bits of the classes in which it holds. Worked out again when a test is added. */
  private masks: readonly number[] | null = null;

  constructor(domain: Domain | null) {
    this.domain = domain;
  }

  /** @returns the number by which the test is asked */
  add(test: ValueTest): number {
    this.masks = null;
    return this.tests.push(test) - 1;
  }

  /**
   * What is known of a test, from the answers to the others.
   * @param answers by the numbers of the tests; undefined where there is none
   */
  truth(test: number, answers: readonly (boolean | undefined)[]): boolean | 'unknown' {
    const masks = this.worked();
    if (masks.length === 0) return 'unknown';
    let open = masks[masks.length - 1] as number;
    for (let other = 0; other < answers.length; other++) {
      const answer = answers[other];
      if (answer === undefined) continue;
      const mask = masks[other] as number;
      open &= answer ? mask : ~mask;
    }
    const mask = masks[test] as number;
    if ((open & mask) === 0) return false;
    return (open & ~mask) === 0 ? true : 'unknown';
  }

  /** By test, the classes in which it holds, for comparing two searches. */
  worked(): readonly number[] {
    this.masks ??= masksOf(this.tests, this.domain);
    return this.masks;
  }
}

/** The mask of each test, and at last the one of all classes; empty when there are too many. */
function masksOf(tests: readonly ValueTest[], domain: Domain | null): readonly number[] {
  const values = samplesOf(tests, domain);
  // What is not there may make a comparison come out either way: the condition around it does not hold.
  const presence = tests.some(({ op }) => op === 'has') ? [true, false] : [true];
  const classes = presence.flatMap((there) => values.map((value) => ({ there, value })));
  if (classes.length === 0 || classes.length > most) return [];
  const masks = tests.map((test) =>
    classes.reduce((mask, { there, value }, bit) => (holds(test, there, value) ? mask | (1 << bit) : mask), 0),
  );
  return [...masks, 2 ** classes.length - 1];
}

/** Stands for every value that none of the tests names. */
const other = { other: true };

/** One value of each class. */
function samplesOf(tests: readonly ValueTest[], domain: Domain | null): readonly Json[] {
  const named = tests.flatMap(({ op, than }) => (op === 'has' ? [] : [than]));
  const numbers = [...new Set(named.filter((value) => typeof value === 'number'))].sort((a, b) => a - b);
  const others = new Set(named.filter((value) => typeof value !== 'number').map((value) => JSON.stringify(value)));
  if (domain?.values != null) {
    // Values that nobody names are one class.
    const listed = domain.values.filter((value) => named.some((each) => each === value));
    const rest = domain.values.find((value) => !named.some((each) => each === value));
    return rest === undefined ? listed : [...listed, rest];
  }
  if (numbers.length > 0 && others.size === 0) return betweenAndAt(numbers, domain);
  const texts = [...others].map((text) => JSON.parse(text) as Json);
  if (numbers.length === 0 && texts.length > 0 && texts.every((value) => typeof value === 'boolean'))
    return [true, false];
  return [...numbers, ...texts, other];
}

function betweenAndAt(numbers: readonly number[], domain: Domain | null): readonly number[] {
  const samples: number[] = [(numbers[0] as number) - 1];
  for (const [at, number] of numbers.entries()) {
    const next = numbers[at + 1];
    samples.push(number, next === undefined ? number + 1 : (number + next) / 2);
  }
  if (domain === null) return samples;
  const { range, whole } = domain;
  return samples.filter((sample, at) => {
    if (at % 2 === 1) return sample >= range.least && sample <= range.most;
    // Between two numbers: some value of the domain has to lie there.
    const above = Math.max(numbers[at / 2 - 1] ?? Number.NEGATIVE_INFINITY, whole ? range.least - 1 : range.least);
    const below = Math.min(numbers[at / 2] ?? Number.POSITIVE_INFINITY, whole ? range.most + 1 : range.most);
    return whole ? below - above > 1 : below > above;
  });
}

function holds({ op, than }: ValueTest, there: boolean, value: Json): boolean {
  if (op === 'has') return there;
  if (op === '==') return value === than;
  if (typeof value !== 'number' || typeof than !== 'number') return false;
  switch (op) {
    case '<':
      return value < than;
    case '<=':
      return value <= than;
    case '>':
      return value > than;
    case '>=':
      return value >= than;
  }
}
