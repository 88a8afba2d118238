import { expect, test } from 'vitest';
import { passes } from '../../../engine/explore/comparison.ts';
import { atomsOf, conditionOf, type Known } from '../../../engine/explore/condition.ts';
import { voidSets } from '../../../engine/explore/voids.ts';
import { loan } from '../run/support.ts';

const known: Known = {
  settings: { most: 3, ways: ['post'], open: true },
  facts: new Set(['paid']),
  counters: new Set(['tries']),
  records: new Set(['orders', 'refunds']),
  compared: (one, other) => [one, other].sort().join(' ') === 'orders refunds',
  people: new Set(['clerk', 'second', 'third']),
  apart: (one, other) => [one, other].sort().join(' ') === 'clerk second',
  required: (_record, field) => field === 'price',
};
const kinds = (text: string) => [...atomsOf(conditionOf(text, known))].map((atom) => atom.kind);

test('facts, places, sizes against numbers and presence of records are exact, the rest is free [PRV-2]', () => {
  expect(kinds("facts.paid && at('a.b') && counters.tries < settings.most && 2 <= size(records.orders)")).toEqual([
    ...['fact', 'at', 'size', 'size'],
  ]);
  expect(kinds('has(last.orders.price) || a.b == 3 || counters.tries < size(records.orders)')).toEqual([
    ...['entry', 'free', 'free'],
  ]);
  expect(conditionOf("settings.open && !('remittance' in settings.ways)", known)).toEqual({
    kind: 'constant',
    value: true,
  });
  expect(conditionOf('facts.unheardOf', known)).toEqual({ kind: 'constant', value: false });
});

test('people, and two records that a law compares, are exact too; parts that tasks keep apart are no question [PRV-2]', () => {
  expect(conditionOf('size(records.refunds) < size(records.orders)', known)).toEqual({
    ...{ kind: 'gap', records: ['orders', 'refunds'], test: { op: '>', than: 0 } },
  });
  expect(conditionOf('has(people.second)', known)).toEqual({ kind: 'signed', part: 'second' });
  expect(conditionOf('distinct(people.second, people.clerk)', known)).toEqual({ kind: 'constant', value: true });
  expect(kinds('distinct(people.third, people.clerk, people.second)')).toEqual(['same', 'same']);
  expect(kinds('has(people.nobody) || distinct(people.clerk, people.nobody)')).toEqual(['free', 'free']);
});

test('a question and its contrary are one atom [PRV-2]', () => {
  const texts = ["a.b == 'x'", "'x' == a.b", "a.b != 'x'", "!(a.b == 'x')"];
  const found = texts.flatMap((text) =>
    [...atomsOf(conditionOf(text, known))].map((atom) => atom.kind === 'free' && atom.text),
  );
  expect(new Set(found)).toEqual(new Set(['a.b == "x"']));
});

test.each([
  ['counters.tries < 3', [true, true, true, false, false]],
  ['3 > counters.tries', [true, true, true, false, false]],
  ['counters.tries != 2', [true, true, false, true, true]],
])('%s is asked of the number [PRV-2]', (text, answers) => {
  const [atom] = [...atomsOf(conditionOf(text, known))];
  const inverted = conditionOf(text, known).kind === 'not';
  const found = answers.map((_, value) => atom?.kind === 'size' && passes(atom.test, value) !== inverted);
  expect(found).toEqual(answers);
});

test('facts about the same field are void together [PRV-2]', () => {
  const { facts } = loan().declared;
  const sets = voidSets(facts, ['person'], new Set(['known', 'agreed', 'paid']));
  // known is about the person, agreed about the name alone: never agreed without known.
  expect(sets.map((set) => [...set].sort().join('+')).sort()).toEqual(['', 'agreed+known', 'known']);
  expect(voidSets(facts, ['item'], new Set(['known', 'agreed'])).map((set) => [...set].join())).toEqual(['', 'agreed']);
});
