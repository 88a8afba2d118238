import { expect, test } from 'vitest';
import { lastOnce, once, onceForAll, Remembered, withLater } from '../../../engine/model/once.ts';

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

test('Remembered: a text beside the objects tells them apart, and what is not worth it is made anew', () => {
  const { made, make } = counting();
  const known = new Remembered<object>();
  const a = {};
  expect(known.of([a], 'x', make)).toBe(known.of([a], 'x', make));
  expect(known.of([a], 'y', make)).not.toBe(known.of([a], 'x', make));
  known.of([a], 'z', make, () => false);
  known.of([a], 'z', make, () => false);
  expect(made).toHaveLength(4);
});

test('withLater: a part like any other, made once, when it is asked for', () => {
  const { made, make } = counting();
  const object = withLater({ a: 1 }, 'later', make);
  expect(Object.keys(object)).toEqual(['a', 'later']);
  expect(made).toHaveLength(0);
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(object)) as typeof object;
  expect(copy.later).toBe(object.later);
  expect({ ...object }).toEqual({ a: 1, later: object.later });
  expect(JSON.stringify(object)).toBe('{"a":1,"later":{}}');
  expect(made).toHaveLength(1);
});
