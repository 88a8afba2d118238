import { expect, test, vi } from 'vitest';
import { definitionFiles } from '../../../bench/definitions.ts';
import { domainOf } from '../../../engine/explore/ranges.ts';
import { Unknown } from '../../../engine/explore/unknown.ts';
import { load } from '../../../engine/load.ts';

vi.setConfig({ testTimeout: 120_000 });

const anything = {
  range: { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY },
  whole: true,
  values: null,
};

/** What is known of `test` when the others were answered so. */
function known(unknown: Unknown, test: number, answers: { readonly [test: number]: boolean }) {
  return unknown.truth(
    test,
    Array.from({ length: 10 }, (_, other) => answers[other]),
  );
}

test('comparisons with numbers agree as intervals do [PRV-8]', () => {
  const unknown = new Unknown(anything);
  const positive = unknown.add({ path: 'a.b', op: '>', than: 0 });
  const nothing = unknown.add({ path: 'a.b', op: '==', than: 0 });
  const large = unknown.add({ path: 'a.b', op: '>=', than: 10 });
  expect(known(unknown, positive, {})).toBe('unknown');
  expect(known(unknown, nothing, { [positive]: true })).toBe(false);
  expect(known(unknown, positive, { [large]: true })).toBe(true);
  expect(known(unknown, large, { [positive]: false })).toBe(false);
  expect(known(unknown, nothing, { [positive]: false })).toBe('unknown');
});

test('what the domain leaves no choice about is no question [PRV-8]', () => {
  const paid = new Unknown({ ...anything, range: { least: 1, most: 100 } });
  expect(known(paid, paid.add({ path: 'a.b', op: '>', than: 0 }), {})).toBe(true);
  const whole = new Unknown({ ...anything, range: { least: 0, most: 1 } });
  const one = whole.add({ path: 'a.b', op: '>', than: 0 });
  const none = whole.add({ path: 'a.b', op: '==', than: 0 });
  expect(known(whole, none, { [one]: false })).toBe(true);
});

test('of the values of a list at most one holds, and one does when they are all there are [PRV-8]', () => {
  const open = new Unknown(null);
  const [mail, pickup] = ['mail', 'pickup'].map((than) => open.add({ path: 'a.way', op: '==', than })) as [
    number,
    number,
  ];
  expect(known(open, pickup, { [mail]: true })).toBe(false);
  expect(known(open, pickup, { [mail]: false })).toBe('unknown');
  const closed = new Unknown({ ...anything, values: ['mail', 'pickup'] });
  const both = ['mail', 'pickup'].map((than) => closed.add({ path: 'a.way', op: '==', than })) as [number, number];
  expect(known(closed, both[1], { [both[0]]: false })).toBe(true);
});

test('what is not there answers nothing else [PRV-8]', () => {
  const unknown = new Unknown(anything);
  const there = unknown.add({ path: 'a.b', op: 'has', than: null });
  const positive = unknown.add({ path: 'a.b', op: '>', than: 0 });
  expect(known(unknown, positive, { [there]: false })).toBe('unknown');
  expect(known(unknown, there, { [positive]: true })).toBe('unknown');
});

test('a computed field has the range of what computes it [PRV-8]', () => {
  const { definition } = load(definitionFiles(), 'szmg');
  expect(domainOf(definition!, 'certificate.fee')).toMatchObject({
    range: { least: 12_000, most: 115_000 },
    whole: true,
  });
  expect(domainOf(definition!, 'delivery.way')?.values).toContain('mail');
  expect(domainOf(definition!, 'event.amount')).toBeNull();
});
