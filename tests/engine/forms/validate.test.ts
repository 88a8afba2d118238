import { describe, expect, test } from 'vitest';
import { checkForm, compileForm, prune, validateForm } from '../../../engine/forms/index.ts';
import { FormSchemaError } from '../../../engine/forms/shape.ts';
import { contextOf, formOf } from './support.ts';

const messages = (form: ReturnType<typeof formOf>, values: Parameters<typeof validateForm>[1], context = contextOf()) =>
  validateForm(form, values, context).map(({ path, keyword, message }) => [path, keyword, message]);

describe('presence', () => {
  const form = formOf(
    {
      name: { type: 'string', title: '名称' },
      way: { type: 'string', title: '方式', enum: ['a', 'b'] },
      scan: { type: 'object', title: '扫描件', 'x-file': { types: ['pdf'], maxBytes: 100 } },
      terms: { type: 'boolean', title: '同意条款', const: true, 'x-agreement': ['terms'] },
      note: { type: 'string', title: '备注', 'x-required': "way == 'b'" },
    },
    { required: ['name', 'way', 'scan', 'terms'] },
  );

  test('what is missing is named by what has to be done, in the order of the form', () => {
    expect(messages(form, { name: '  ', terms: false })).toEqual([
      ['sample.name', 'required', '请填写名称'],
      ['sample.way', 'required', '请选择方式'],
      ['sample.scan', 'required', '请上传扫描件'],
      ['sample.terms', 'required', '请阅读后勾选同意，再继续'],
    ]);
  });

  test('x-required asks only while it holds', () => {
    const rest = {
      name: 'x',
      terms: true,
      scan: { id: '1', name: 'a.pdf', size: 1, type: 'application/pdf', sha256: 'a'.repeat(64) },
    };
    expect(messages(form, { ...rest, way: 'a' })).toEqual([]);
    expect(messages(form, { ...rest, way: 'b' })).toEqual([['sample.note', 'required', '请填写备注']]);
  });
});

describe('keywords of JSON Schema', () => {
  test.each([
    [{ type: 'string', minLength: 4 }, '两个', '少 2 个字，至少 4 个字'],
    [{ type: 'string', maxLength: 2 }, '一二三𠮷', '多 2 个字，最多 2 个字'],
    [{ type: 'string', pattern: '^[0-9]{6}$' }, '12345', '少 1 位，请输入 6 位数字'],
    [{ type: 'string', pattern: '^\\d{6}$' }, '12345a', '只能是数字，请输入 6 位数字'],
    [{ type: 'string', pattern: '^[A-Z]+$', 'x-placeholder': 'ABC' }, 'x', '写法不对，请参照：ABC'],
    [{ type: 'integer', minimum: 3 }, '2', '不能小于 3'],
    [{ type: 'integer', maximum: 5, 'x-unit': '年' }, 6, '不能大于 5 年'],
    [{ type: 'integer', minimum: 100, 'x-widget': 'money' }, 99, '不能小于 1.00 元'],
    [{ type: 'integer' }, '两', '请输入整数，如 3'],
    [{ type: 'integer', 'x-widget': 'money' }, '12.3.4', '请输入金额，如 280.00，最多两位小数'],
    [{ type: 'number', multipleOf: 0.5 }, 0.7, '要是 0.5 的整数倍'],
    [{ type: 'string', enum: ['a'] }, 'b', '请从列出的选项中选择'],
    [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] }, minItems: 2 }, ['a'], '请至少选 2 项'],
    [
      { type: 'array', items: { type: 'string', enum: ['a', 'b'] }, uniqueItems: true },
      ['a', 'a'],
      '有重复的，请去掉一个',
    ],
    [{ type: 'string' }, 7, '请重新填写字段'],
    [{ type: 'string' }, ['x'], '请重新填写字段'],
  ])('%j refuses %j', (schema, value, message) => {
    expect(messages(formOf({ field: { title: '字段', ...schema } }), { field: value })[0]?.[2]).toBe(message);
  });

  test('a text has a limit even where the schema names none', () => {
    expect(messages(formOf({ field: { title: '字段', type: 'string' } }), { field: 'x'.repeat(4001) })[0]?.[1]).toBe(
      'maxLength',
    );
  });

  test('a keyword that the vocabulary does not have is refused when the form is compiled', () => {
    expect(() => formOf({ field: { type: 'string', oneOf: [] } })).toThrow(FormSchemaError);
    expect(() => formOf({ field: { type: 'string', oneOf: [] } })).toThrow('no keyword "oneOf" (at "field")');
  });

  test('an error inside a list names the item', () => {
    const form = formOf({
      flags: {
        type: 'array',
        title: '标记',
        'x-widget': 'flags',
        items: {
          type: 'object',
          required: ['field', 'reason'],
          properties: { field: { type: 'string' }, reason: { type: 'string', minLength: 2 } },
        },
      },
    });
    expect(
      messages(form, {
        flags: [
          { field: 'a.b', reason: 'ok' },
          { field: 'a.c', reason: '' },
        ],
      })[0]?.[0],
    ).toBe('sample.flags.1.reason');
  });
});

describe('rules across fields', () => {
  const form = formOf(
    { name: { type: 'string', title: '户名' }, other: { type: 'string', title: '其他' } },
    {
      required: ['name'],
      'x-check': [
        { if: 'name != company.name && settings.strict', message: '户名要与{company.name}一致' },
        { if: 'name != company.name && !settings.strict', message: '请核对户名', warn: true },
      ],
    },
  );
  const forms = { company: { name: '示例公司' } };

  test('a rule stands at the field that it reads, with the values in its words', () => {
    expect(messages(form, { name: 'x' }, contextOf({ forms, settings: { strict: true } }))).toEqual([
      ['sample.name', 'x-check', '户名要与示例公司一致'],
    ]);
  });

  test('a warning blocks nothing', () => {
    const verdict = checkForm(form, { name: 'x' }, contextOf({ forms, settings: { strict: false } }));
    expect(verdict.errors).toEqual([]);
    expect(verdict.warnings).toEqual([{ path: 'sample.name', keyword: 'x-check', message: '请核对户名' }]);
  });

  test('a field that is empty is only asked for, and a rule that reads what is not there is silent', () => {
    expect(messages(form, {}, contextOf({ forms, settings: { strict: true } })).map(([, keyword]) => keyword)).toEqual([
      'required',
    ]);
    expect(messages(form, { name: 'x' }, contextOf({ settings: { strict: true } }))).toEqual([]);
  });
});

describe('options limited by a setting', () => {
  const form = formOf({
    years: { type: 'integer', title: '年限', enum: [1, 2, 3], 'x-options': { from: 'settings.years' } },
  });

  test('only what is both in the enum and in the setting', () => {
    const context = contextOf({ settings: { years: [3, 2, 9] } });
    expect(messages(form, { years: 2 }, context)).toEqual([]);
    expect(messages(form, { years: 1 }, context)[0]?.[1]).toBe('x-options');
    expect(messages(form, { years: 9 }, context)[0]?.[1]).toBe('enum');
  });
});

describe('files', () => {
  const form = formOf({
    scan: { type: 'object', title: '扫描件', 'x-file': { types: ['jpg', 'pdf'], maxBytes: 2097152, digest: 'paper' } },
  });
  const file = { id: '1', name: 'a.pdf', size: 10, type: 'application/pdf', sha256: 'a'.repeat(64) };

  test('extension and size are told with the limit', () => {
    expect(messages(form, { scan: { ...file, name: 'a.PNG' } })[0]?.[2]).toBe('这里不收 png 文件，请上传 jpg、pdf');
    expect(messages(form, { scan: { ...file, size: 3 * 1024 * 1024 } })[0]?.[2]).toBe(
      '文件 3 MB，超过上限 2 MB，请压缩或重新拍照后再上传',
    );
    expect(messages(form, { scan: file })).toEqual([]);
  });

  test('what is no file reference does not count', () => {
    for (const value of ['a.pdf', { id: 'x' }, { ...file, sha256: 'short' }, [], 1]) {
      expect(messages(form, { scan: value }).length).toBe(1);
    }
  });

  test('a scan of paper whose data was changed has to be made again', () => {
    const documents = { paper: { about: ['company'] } };
    const context = contextOf({ forms: { company: { name: 'A' } }, documents });
    const [error] = validateForm(form, { scan: { ...file, digest: 'AAAA-AAAA' } }, context);
    expect(error?.keyword).toBe('x-file.digest');
    const digest = /版本码 (\S{9})/.exec(error?.message ?? '')?.[1];
    expect(validateForm(form, { scan: { ...file, digest: digest ?? '' } }, context)).toEqual([]);
    const changed = contextOf({ forms: { company: { name: 'B' } }, documents });
    expect(validateForm(form, { scan: { ...file, digest: digest ?? '' } }, changed)).toHaveLength(1);
  });
});

describe('secrets', () => {
  const form = formOf(
    { code: { type: 'string', title: '随机码', pattern: '^[0-9]{6}$', 'x-secret': 'code' } },
    { required: ['code'] },
  );

  test('typed, it is judged by its shape; as a verdict, by nothing else', () => {
    expect(messages(form, { code: '12 34-56' })).toEqual([]);
    expect(messages(form, { code: 'right' })).toHaveLength(1);
    const engine = contextOf({ secrets: 'verdict' });
    for (const verdict of ['right', 'wrong', 'expired', 'used'])
      expect(messages(form, { code: verdict }, engine)).toEqual([]);
    expect(messages(form, { code: '123456' }, engine)).toHaveLength(1);
  });
});

test('English messages are there too', () => {
  const form = formOf({ m: { type: 'string', title: 'Mobile', format: 'mobile' } });
  expect(messages(form, { m: '1380000000' }, contextOf({ locale: 'en' }))[0]?.[2]).toBe(
    '1 too few: enter the 11 digits of the mobile number',
  );
});

test('hostile values neither throw nor get through', () => {
  const form = formOf(
    { name: { type: 'string', title: '名称' }, years: { type: 'integer', title: '年限' } },
    { required: ['name'] },
  );
  const hostile = JSON.parse(
    '{"__proto__":{"name":"x"},"constructor":1,"name":{"a":[1]},"years":"9".repeat}'.replace('"9".repeat', '"NaN"'),
  );
  expect(validateForm(form, hostile, contextOf()).map((error) => error.path)).toEqual(['sample.name', 'sample.years']);
  expect(Object.keys(prune(form, { __proto__: null, extra: 1, name: 'x' }, contextOf()))).toEqual(['name']);
});

test('the same schema object is compiled once', () => {
  const schema = { title: 'x', type: 'object', properties: { a: { type: 'string', title: 'a' } } } as const;
  expect(compileForm('one', schema as never)).toBe(compileForm('one', schema as never));
});
