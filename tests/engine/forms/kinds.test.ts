import { describe, expect, test } from 'vitest';
import {
  checkForm,
  committedSchema,
  display,
  kindOf,
  prune,
  readsRoot,
  smallest,
  validateForm,
} from '../../../engine/forms/index.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { contextOf, formOf } from './support.ts';

const day = (title: string): JsonObject => ({ type: 'string', title, format: 'date', 'x-width': 'half' });
const span: JsonObject = {
  type: 'object',
  title: '有效期',
  'x-widget': 'dateRange',
  required: ['from', 'to'],
  properties: { from: day('开始'), to: day('结束') },
};

describe('a range of dates', () => {
  const form = formOf({ span }, { required: ['span'] });
  const errors = (value: Json, locale?: 'en') =>
    checkForm(form, { span: value }, contextOf(locale ? { locale } : {})).errors.map(
      ({ path, message }) => `${path} ${message}`,
    );

  test('is in order, and each of its ends is a day that exists', () => {
    expect(errors({ from: '2026-03-05', to: '2026-03-05' })).toEqual([]);
    expect(errors({ from: '2026/3/5', to: '20260506' })).toEqual([]);
    expect(errors({ from: '2026-03-05', to: '2026-03-04' })).toEqual([
      'sample.span.to 早于开始的 2026年3月5日，请改其中一个日期',
    ]);
    expect(errors({ from: '2026-03-05', to: '2026-03-04' }, 'en')).toEqual([
      'sample.span.to Before the first day, 2026-03-05; change one of the two',
    ]);
    expect(errors({ from: '2026-02-30', to: '2026-03-04' })).toEqual([
      'sample.span.from 没有这一天，请按 2026-03-01 的写法输入',
    ]);
    expect(errors({ to: '2026-03-04' })).toEqual(['sample.span.from 请选择开始']);
    expect(errors({})).toEqual(['sample.span.from 请选择开始', 'sample.span.to 请选择结束']);
  });

  test('is written as people write it', () => {
    const field = form.field('span');
    if (field === null) throw new Error('no field');
    expect(display(field, { from: '2026-03-05', to: '2026-05-31' })).toBe('2026年3月5日 至 2026年5月31日');
    expect(display(field, { from: '2026-03-05' })).toBe('2026年3月5日 至');
    expect(display(field, { from: '2026-03-05', to: '2026-05-31' }, 'en')).toBe('2026-03-05 to 2026-05-31');
  });
});

describe('a summary', () => {
  const form = formOf({
    overview: { type: 'object', title: '核对', 'x-summary': ['company', 'person.name'] },
    note: { type: 'string', title: '说明' },
  });

  test('reads the forms that it names, and has no value of its own whatever is sent', () => {
    expect(kindOf({ type: 'object', 'x-summary': ['company'] })).toBe('summary');
    expect(readsRoot(form, 'company')).toBe(true);
    expect(readsRoot(form, 'person')).toBe(true);
    expect(readsRoot(form, 'other')).toBe(false);
    const raw = { overview: { company: { name: '别的' } }, note: '好' };
    expect(validateForm(form, raw, contextOf())).toEqual([]);
    expect(prune(form, raw, contextOf())).toEqual({ note: '好' });
    expect(Object.keys(committedSchema(form.schema).properties as JsonObject)).toEqual(['note']);
  });
});

describe('a consent', () => {
  test('is read with the versions that were agreed to and the time', () => {
    const form = formOf({ terms: { type: 'boolean', title: '同意', 'x-agreement': ['service', 'privacy'] } });
    const context = contextOf({
      agreements: { service: '2026-01', privacy: '2026-02' },
      now: Date.UTC(2026, 2, 5, 8, 20),
    });
    const field = form.field('terms');
    if (field === null) throw new Error('no field');
    const { terms } = prune(form, { terms: true }, context);
    expect(display(field, terms)).toBe('已同意（版本 2026-01、2026-02，2026-03-05 16:20）');
    expect(display(field, terms, 'en')).toBe('Accepted (version 2026-01, 2026-02, 2026-03-05 16:20)');
    expect(display(field, true)).toBe('已同意');
    expect(display(field, { accepted: false })).toBe('未同意');
  });
});

describe('the smallest form', () => {
  test('has its groups and lists filled in', () => {
    const person: JsonObject = {
      type: 'object',
      title: '人',
      required: ['name', 'way'],
      properties: {
        name: { type: 'string', title: '姓名', minLength: 2 },
        way: { type: 'string', title: '方式', enum: ['phone', 'mail'] },
        mobile: { type: 'string', title: '电话', format: 'mobile', 'x-required': "way == 'phone'" },
      },
    };
    const form = formOf(
      {
        lead: person,
        members: { type: 'array', title: '成员', minItems: 2, items: person },
        tags: { type: 'array', title: '标签', items: { type: 'string', minLength: 3 } },
        span,
      },
      { required: ['lead', 'members', 'tags', 'span'] },
    );
    const values = smallest(form, contextOf());
    expect(validateForm(form, values, contextOf())).toEqual([]);
    expect(values.members).toHaveLength(2);
    expect(values.lead).toMatchObject({ way: 'phone', mobile: expect.stringMatching(/^1\d{10}$/) });
  });
});
