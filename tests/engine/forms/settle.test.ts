import { describe, expect, test } from 'vitest';
import { display, mask, prune, visibleFields } from '../../../engine/forms/index.ts';
import { contextOf, formOf } from './support.ts';

describe('visibility', () => {
  const form = formOf({
    way: { type: 'string', title: '方式', enum: ['mail', 'pickup'] },
    address: { type: 'string', title: '地址', 'x-visible': "way == 'mail'" },
    floor: { type: 'string', title: '楼层', 'x-visible': "address != ''" },
    window: { type: 'string', title: '窗口', 'x-visible': "way == 'pickup' && settings.windows" },
  });
  const names = (values: { [field: string]: string }, settings = {}) =>
    visibleFields(form, values, contextOf({ settings })).map((field) => field.name);

  test('a hidden field is not asked, not kept, and hides what depends on it', () => {
    expect(names({ way: 'mail', address: 'A' })).toEqual(['way', 'address', 'floor']);
    expect(names({ way: 'pickup', address: 'A' }, { windows: true })).toEqual(['way', 'window']);
    expect(prune(form, { way: 'pickup', address: 'A', floor: '3' }, contextOf())).toEqual({ way: 'pickup' });
  });

  test('a condition over a setting that is not there hides', () => {
    expect(names({ way: 'pickup' })).toEqual(['way']);
  });
});

describe('computed fields', () => {
  const form = formOf({
    type: { type: 'string', title: '类型', enum: ['a', 'b'] },
    price: { type: 'integer', title: '价格', 'x-widget': 'money', 'x-compute': 'tables.price' },
    total: { type: 'integer', title: '合计', 'x-widget': 'money', 'x-compute': 'price + settings.fee' },
  });
  const tables = { price: { by: ['sample.type'], is: { a: 100, else: 250 } } };

  test('are worked out from what is being typed, whatever was sent', () => {
    const context = contextOf({ settings: { fee: 5 }, tables });
    expect(prune(form, { type: 'a', price: 1, total: 2 }, context)).toEqual({ type: 'a', price: 100, total: 105 });
    expect(prune(form, { type: 'b' }, context)).toEqual({ type: 'b', price: 250, total: 255 });
  });

  test('are absent while something is missing', () => {
    expect(
      prune(
        form,
        { price: 1 },
        contextOf({ settings: { fee: 5 }, tables: { price: { by: ['sample.type'], is: { a: 1 } } } }),
      ),
    ).toEqual({});
  });
});

describe('agreements', () => {
  const form = formOf({ terms: { type: 'boolean', title: '同意', 'x-agreement': ['one', 'two'] } });
  const context = (now: number, version: string, committed = {}) =>
    contextOf({ agreements: { one: version, two: '1' }, now, forms: { sample: committed } });

  test('a tick becomes versions and time; the time does not move until a version does', () => {
    const first = prune(form, { terms: true }, context(10, 'v1'));
    expect(first).toEqual({ terms: { accepted: true, versions: { one: 'v1', two: '1' }, at: 10 } });
    expect(prune(form, { terms: true }, context(20, 'v1', first))).toEqual(first);
    expect(prune(form, first, context(30, 'v2', first))).toEqual({
      terms: { accepted: true, versions: { one: 'v2', two: '1' }, at: 30 },
    });
  });

  test('a time that the page sends counts for nothing', () => {
    const forged = { terms: { accepted: true, versions: { one: 'v1', two: '1' }, at: 1 } };
    expect(prune(form, forged, context(50, 'v1'))).toEqual({
      terms: { accepted: true, versions: { one: 'v1', two: '1' }, at: 50 },
    });
  });
});

test('a field that is always read-only shows what is committed; with a start value it is sent back as shown', () => {
  const form = formOf({
    number: { type: 'string', title: '单号', 'x-readonly': true },
    price: { type: 'integer', title: '价格', 'x-readonly': true, 'x-prefill': 'other.price' },
  });
  const context = contextOf({ forms: { sample: { number: 'A1' }, other: { price: 7 } } });
  expect(prune(form, { number: 'forged', price: 6 }, context)).toEqual({ number: 'A1', price: 6 });
});

test('full-width digits, spaces and invisible characters are not what was meant', () => {
  const form = formOf({
    mobile: { type: 'string', title: '手机', format: 'mobile' },
    name: { type: 'string', title: '名称' },
    years: { type: 'integer', title: '年限' },
    text: { type: 'string', title: '说明', 'x-widget': 'multiline' },
  });
  expect(
    prune(
      form,
      {
        mobile: '１３８ ００００ ０００１',
        name: ' 示例\u200b科技（示例）\t公司 ',
        years: ' 1,0００ ',
        text: '一\n二 ',
      },
      contextOf(),
    ),
  ).toEqual({ mobile: '13800000001', name: '示例科技（示例） 公司', years: 1000, text: '一\n二' });
});

describe('masks', () => {
  const form = formOf({
    id: { type: 'string', 'x-sensitive': true, 'x-mask': 'idNumber' },
    mobile: { type: 'string', 'x-sensitive': true, 'x-mask': 'mobile' },
    account: { type: 'string', 'x-sensitive': true, 'x-mask': 'account' },
    name: { type: 'string', 'x-sensitive': true, 'x-mask': 'name' },
    email: { type: 'string', 'x-sensitive': true, 'x-mask': 'email' },
    other: { type: 'string', 'x-sensitive': true },
    open: { type: 'string', 'x-mask': 'all' },
    amount: { type: 'integer', 'x-sensitive': true },
  });

  test('only what is sensitive is masked, each in its way', () => {
    const values = {
      id: '990000199001010113',
      mobile: '13800000001',
      account: '4000021234567890',
      name: '示例人',
      email: 'someone@example.com',
      other: 'x',
      open: 'y',
      amount: 5,
    };
    expect(mask(form.schema, values)).toEqual({
      id: '9900**********0113',
      mobile: '138****0001',
      account: '4000********7890',
      name: '示*人',
      email: 's***@example.com',
      other: '****',
      open: 'y',
      amount: null,
    });
  });

  test('a value too short to hide in is hidden whole', () => {
    expect(
      mask(form.schema, { id: '12345', mobile: '1', account: '12345678', name: '人', email: '@', other: '' }),
    ).toEqual({
      id: '****',
      mobile: '****',
      account: '****',
      name: '*',
      email: '****',
      other: '****',
    });
  });
});

test('values as people read them', () => {
  const form = formOf({
    way: { type: 'string', enum: ['a'], 'x-labels': { a: '甲' } },
    money: { type: 'integer', 'x-widget': 'money' },
    day: { type: 'string', format: 'date' },
    yes: { type: 'boolean' },
    many: { type: 'array', items: { enum: ['a', 'b'] }, 'x-labels': { a: '甲', b: '乙' } },
    mobile: { type: 'string', format: 'mobile' },
    years: { type: 'integer', 'x-unit': '年' },
  });
  const read = (name: string, value: string | number | boolean | string[]) => display(form.field(name)!, value);
  expect(read('way', 'a')).toBe('甲');
  expect(read('money', 128000)).toBe('1,280.00 元');
  expect(read('day', '2026-03-05')).toBe('2026年3月5日');
  expect(read('yes', false)).toBe('否');
  expect(read('many', ['a', 'b'])).toBe('甲；乙');
  expect(read('mobile', '13800000001')).toBe('138 0000 0001');
  expect(read('mobile', '138****0001')).toBe('138****0001');
  expect(read('years', 2)).toBe('2 年');
});

test('a form that is not visible as a whole asks and keeps nothing', () => {
  const form = formOf({ a: { type: 'string', title: '甲' } }, { required: ['a'], 'x-visible': 'settings.on' });
  expect(prune(form, { a: 'x' }, contextOf({ settings: { on: false } }))).toEqual({});
  expect(visibleFields(form, {}, contextOf({ settings: { on: true } }))).toHaveLength(1);
});
