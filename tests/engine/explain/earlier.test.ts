import { expect, test } from 'vitest';
import { earlier } from '../../../engine/explain/index.ts';
import type { CaseState } from '../../../engine/model/case.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';

const from = (forms: { [form: string]: JsonObject }, records: CaseState['records'] = {}): CaseState =>
  ({ forms, records }) as unknown as CaseState;

const form = (properties: { [field: string]: JsonObject }): FormSchema =>
  ({ title: '表', type: 'object', properties }) as FormSchema;
const text = { type: 'string', title: '文字' };

test('[XPL-12] the field of the same form and name, or what x-earlier names', () => {
  const forms = {
    company: form({ name: text, number: text }),
    held: form({
      serial: { ...text, 'x-earlier': 'last.issued.serial' },
      holder: { ...text, 'x-earlier': 'company.name' },
    }),
  };
  const records = {
    issued: [
      { at: 1, by: null, data: { serial: 'OLD' } },
      { at: 2, by: null, data: { serial: 'NEW' } },
    ],
  };
  const state = from({ company: { name: '甲', other: '别的' } }, records as unknown as CaseState['records']);
  expect(earlier(forms, state)).toEqual({ company: { name: '甲' }, held: { serial: 'NEW', holder: '甲' } });
  expect(earlier(forms, from({}))).toEqual({});
});

test('[XPL-12] no files, consents, secrets and computed values, nothing that does not fit', () => {
  const forms = {
    a: form({
      file: { type: 'object', title: '扫描件', 'x-file': { types: ['jpg'], maxBytes: 1000 } },
      consent: { type: 'object', title: '同意', 'x-agreement': ['terms'] },
      code: { ...text, 'x-secret': 'code' },
      sum: { type: 'integer', title: '合计', 'x-compute': '1 + 1' },
      kind: { ...text, enum: ['one', 'two'] },
      years: { type: 'integer', title: '年' },
      kept: text,
      empty: text,
    }),
  };
  const values = {
    file: { id: 'f', name: 'x.jpg' },
    consent: { version: '1' },
    code: '123456',
    sum: 2,
    kind: 'three',
    years: '5',
    kept: '留下',
    empty: '',
  };
  expect(earlier(forms, from({ a: values }))).toEqual({ a: { kept: '留下' } });
  // Names of objects' own kind are no data.
  const odd = { a: form({ constructor: text, kept: { ...text, 'x-earlier': 'a.__proto__.kept' } }) };
  expect(earlier(odd, from({ a: { kept: '留下' } }))).toEqual({});
});
