import { expect, test } from 'vitest';
import { Recent } from '../../../server/store/recent.ts';

test('what was set is given, also that there is nothing', () => {
  const recent = new Recent<string | null>(10_000);
  recent.set('a', 'text', 4);
  recent.set('b', null, 0);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual(['text', null, undefined]);
  recent.drop('a');
  expect(recent.get('a')).toBeUndefined();
});

test('what a reader began to read before a write, and fills after it, is not taken', () => {
  const recent = new Recent<string>(10_000);
  const slot = recent.begin('a');
  // The write begins, and ends.
  recent.drop('a');
  recent.set('a', 'new', 3);
  recent.fill(slot, 'old', 3);
  expect(recent.get('a')).toBe('new');
});

test('what was begun to be read before a write that failed, and filled after it, is not taken; the next reader fills', () => {
  const recent = new Recent<string>(10_000);
  const early = recent.begin('a');
  recent.drop('a');
  recent.fill(early, 'perhaps old', 11);
  expect(recent.get('a')).toBeUndefined();
  const slot = recent.begin('a');
  expect(recent.get('a')).toBeUndefined();
  recent.fill(slot, 'old', 3);
  expect(recent.get('a')).toBe('old');
});

test('two readers at once: the later one fills', () => {
  const recent = new Recent<string>(10_000);
  const [first, second] = [recent.begin('a'), recent.begin('a')];
  recent.fill(first, 'one', 3);
  expect(recent.get('a')).toBeUndefined();
  recent.fill(second, 'two', 3);
  expect(recent.get('a')).toBe('two');
});

test('it holds no more than it may; what was not used for longest goes first', () => {
  const recent = new Recent<string>(1_000);
  for (const name of ['a', 'b', 'c']) recent.set(name, name, 100);
  expect(recent.get('a')).toBe('a');
  recent.set('d', 'd', 100);
  expect(['a', 'b', 'c', 'd'].map((name) => recent.get(name))).toEqual(['a', undefined, 'c', 'd']);
  recent.set('huge', 'huge', 5_000);
  expect(recent.get('huge')).toBeUndefined();
});
