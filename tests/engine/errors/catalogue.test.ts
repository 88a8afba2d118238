import { describe, expect, it, test } from 'vitest';
import { details } from '../../../engine/errors/details.ts';
import { catalogue, type ErrorCode, sentence } from '../../../engine/errors/index.ts';

const codes = Object.keys(catalogue) as ErrorCode[];
const places = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
const han = /\p{Script=Han}/u;

describe('every sentence of the catalogue', () => {
  it('is there in both languages, each in its own', () => {
    expect(codes.length).toBeGreaterThan(250);
    for (const code of codes) {
      const { zh, en } = catalogue[code];
      expect(
        [zh, en].every((text) => text.trim() !== ''),
        code,
      ).toBe(true);
      expect(en, code).not.toMatch(han);
      // Only places: nothing of the sentence is the product's own.
      if (zh.replace(/\{\w+\}|\W/g, '') !== '') expect(zh, code).toMatch(han);
    }
  });

  it('names nothing in English that it does not name in Chinese', () => {
    for (const code of codes) {
      const { zh, en } = catalogue[code];
      expect(places(zh), code).toEqual(expect.arrayContaining(places(en)));
    }
  });
});

describe('a sentence', () => {
  it('is filled in the language that it is told in, and so are words that stand in it', () => {
    const params = { title: { zh: '开户行', en: 'bank' } };
    expect(sentence('option-unknown', params)).toBe('请从下拉列表中选择开户行');
    expect(sentence('option-unknown', params, 'en')).toBe('Choose from the list: bank');
  });

  it('shows what was not given', () => {
    expect(sentence('option-unknown', {}, 'en')).toBe('Choose from the list: {title}');
  });
});

test('words inside sentences are in English too, in plain letters', () => {
  for (const [zh, en] of Object.entries(details)) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en, zh).not.toMatch(/\p{Script=Han}/u);
  }
  const told = (locale: 'zh-CN' | 'en') =>
    sentence('wrong-type', { key: 'x', expected: '文字', found: '列表' }, locale);
  expect(told('en')).not.toMatch(/\p{Script=Han}/u);
  expect(told('zh-CN')).toContain('列表');
});
