import { describe, expect, test } from 'vitest';
import { has, search } from '../../../server/options/index.ts';

const labels = (source: string, q: string, under?: string) =>
  (search(source, under === undefined ? { q } : { q, under }) ?? []).map((option) => option.label);

describe('banks', () => {
  test('are found by first letters, by syllables, by part of the name, by the short name', () => {
    expect(labels('banks', 'gsyh')).toContain('中国工商银行');
    expect(labels('banks', 'gsyh')[0]).toBe('中国工商银行');
    expect(labels('banks', 'gongshang')[0]).toBe('中国工商银行');
    expect(labels('banks', '工商')[0]).toBe('中国工商银行');
    expect(labels('banks', '工行')[0]).toBe('中国工商银行');
  });

  test('branches are found by bank and place in one word or two', () => {
    const branch = '中国工商银行深圳南山支行';
    expect(labels('banks', '工商 南山')).toContain(branch);
    expect(labels('banks', '工商南山')).toContain(branch);
    expect(labels('banks', 'gsyh sz')).toContain('中国工商银行深圳分行');
    expect(has('banks', branch)).toBe(true);
  });

  test('a free text is no value, nothing typed offers nothing, answers are bounded', () => {
    expect(has('banks', '工商')).toBe(false);
    expect(labels('banks', '')).toEqual([]);
    expect(labels('banks', '银行')).toHaveLength(20);
    expect(labels('banks', 'x'.repeat(5000))).toEqual([]);
    expect(labels('banks', '不存在的银行')).toEqual([]);
  });
});

describe('regions', () => {
  test('provinces, the cities under one, the districts under a city', () => {
    expect(labels('regions', '')).toHaveLength(34);
    expect(labels('regions', '', '广东省')).toContain('深圳市');
    expect(labels('regions', '', '广东省/深圳市')).toContain('南山区');
    expect(labels('regions', '', '深圳市')).toContain('南山区');
    expect(labels('regions', 'nmg')).toEqual(['内蒙古自治区']);
  });

  test('a value counts only under the right one', () => {
    expect(has('regions', '深圳市', '广东省')).toBe(true);
    expect(has('regions', '深圳市', '湖南省')).toBe(false);
    expect(has('regions', '广东省')).toBe(true);
    expect(labels('regions', '', '没有这个省')).toEqual([]);
  });
});

test('a source that does not exist is told apart from an empty answer', () => {
  expect(search('planets', {})).toBeNull();
  expect(has('planets', 'x')).toBe(false);
});
