import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixed } from '../../../server/store/fixed.ts';
import { runs } from '../../support/runs.ts';

const isFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen));

test('what comes out of JSON is fixed and frozen in all its depth', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: unknown = JSON.parse(text);
      expect(fixed(value)).toBe(true);
      expect(isFrozen(value)).toBe(true);
      expect(value).toEqual(JSON.parse(text));
    }),
    runs(200),
  );
});

test('what would be read otherwise out of its JSON is not', () => {
  const others = [
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    1n,
    new Date(0),
    new Map(),
    () => 1,
    Symbol('x'),
  ];
  for (const other of others) {
    expect(fixed(other)).toBe(false);
    expect(fixed({ a: [{ b: other }] })).toBe(false);
  }
  expect(fixed(new Array(2))).toBe(false);
  expect(fixed(Object.create(null))).toBe(false);
});

test('beside what was fixed, what is new is looked at wherever it stands', () => {
  const before = { a: { b: [1, { c: 2 }] }, d: [{ e: 1 }] };
  expect(fixed(before)).toBe(true);
  const { a, d } = before;
  const next = { a: { ...a, b: [...a.b, { f: 3 }] }, d, g: { h: {} } };
  expect(fixed(next, before)).toBe(true);
  expect(isFrozen(next)).toBe(true);
  expect(fixed({ ...before, d: [...d, { e: undefined }] }, before)).toBe(false);
  expect(fixed({ constructor: Object }, {})).toBe(false);
  expect(fixed({ a: d, d: { 0: a } }, before)).toBe(true);
});
