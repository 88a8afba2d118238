import { describe, expect, it } from 'vitest';
import { matched } from '../../../../ui/app/route/address.ts';

describe('a pattern of a path', () => {
  it.each([
    ['/', '/', {}],
    ['/cases', '/cases', {}],
    ['/cases', '/cases/', {}],
    ['/cases/:id', '/cases/7', { id: '7' }],
    ['/p/:project', '/p/a%20b', { project: 'a b' }],
    ['/p/:project', '/p/%E0%A4%A', { project: '%E0%A4%A' }],
    ['/desk/*', '/desk', {}],
    ['/desk/*', '/desk/7/more', {}],
    ['/*', '/nothing/here', {}],
  ])('%s fits %s', (pattern, path, params) => expect(matched(pattern, path)).toEqual(params));

  it.each([
    ['/', '/cases'],
    ['/cases', '/cases/7'],
    ['/cases/:id', '/cases'],
    ['/cases/:id', '/cases/7/more'],
    ['/desk/*', '/desks'],
    ['/Cases', '/cases'],
  ])('%s does not fit %s', (pattern, path) => expect(matched(pattern, path)).toBeNull());
});
