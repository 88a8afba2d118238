import { expect, test } from 'vitest';
import { lastOnce, once, onceForAll } from '../../../engine/model/once.ts';

/** A function that makes another object each time, and counts. */
function counting() {
  const made: object[] = [];
  const make = () => {
    const one = {};
    made.push(one);
    return one;
  };
  return { made, make };
}

test('once: each object has its own, made when it is first asked for', () => {
  const { made, make } = counting();
  const of = once(make);
  const [a, b] = [{}, {}];
  expect(of(a)).toBe(of(a));
  expect(of(b)).not.toBe(of(a));
  expect(made).toHaveLength(2);
});

test('lastOnce: only the last object is remembered', () => {
  const { made, make } = counting();
  const of = lastOnce(make);
  const [a, b] = [{}, {}];
  of(a);
  of(a);
  of(b);
  of(a);
  expect(made).toHaveLength(3);
});

test('onceForAll: the same objects in the same order are the same list', () => {
  const { made, make } = counting();
  const of = onceForAll(make);
  const [a, b] = [{}, {}];
  expect(of([a, b])).toBe(of([a, b]));
  expect(of([b, a])).not.toBe(of([a, b]));
  expect(of([a])).not.toBe(of([a, b]));
  expect(of([])).toBe(of([]));
  expect(made).toHaveLength(4);
});

test('onceForAll: a list that is changed afterwards is another list', () => {
  const { make } = counting();
  const of = onceForAll(make);
  const [a, b] = [{}, {}];
  const list = [a];
  const before = of(list);
  list.push(b);
  expect(of(list)).not.toBe(before);
  expect(of([a])).toBe(before);
});

test('onceForAll: of many lists that begin alike only the newest are kept', () => {
  const { made, make } = counting();
  const of = onceForAll(make);
  const first = {};
  const lists = Array.from({ length: 40 }, () => [first, {}]);
  for (const list of lists) of(list);
  of(lists[39]!);
  expect(made).toHaveLength(40);
  of(lists[0]!);
  expect(made).toHaveLength(41);
});
