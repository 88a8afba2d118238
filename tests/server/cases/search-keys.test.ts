import { expect, test } from 'vitest';
import type { Definition } from '../../../engine/model/definition.ts';
import { searchKey, searchKeys } from '../../../server/cases/search-keys.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { caseState } from '../../support/case-document.ts';

const cryptoOf = (n: number) => createCrypto(parseKeyRing(`k${n}:${Buffer.alloc(32, n).toString('base64')}`));
const text = { type: 'string' };
const withForm = (properties: object) =>
  ({ forms: { person: { title: '人', properties } } }) as unknown as Pick<Definition, 'forms'> as Definition;
const definition = withForm({
  name: text,
  phone: text,
  age: { type: 'number' },
  paper: { type: 'object', 'x-file': {} },
});
const stateOf = (person: object) => caseState('a', { forms: { person: person as never, other: { name: '无人' } } });

test('the keys of a case are those of its short texts, however often it is asked', () => {
  const crypto = cryptoOf(1);
  const state = stateOf({ name: ' 张三 ', phone: '138 0000 0000', age: 40, unknown: '李四' });
  const expected = ['张三', '13800000000'].map((value) => searchKey(crypto, value));
  for (let n = 0; n < 3; n += 1) expect(searchKeys(crypto, definition, state)).toEqual(expected);
  expect(searchKeys(crypto, definition, stateOf({ name: '张', phone: 'x'.repeat(61) }))).toEqual([]);
});

test('a value that changed, another ring and another form of the same release have keys of their own', () => {
  const [one, two] = [cryptoOf(1), cryptoOf(2)];
  const state = stateOf({ name: '张三' });
  const [before] = searchKeys(one, definition, state);
  expect(searchKeys(one, definition, stateOf({ name: '张四' }))).toEqual([searchKey(one, '张四')]);
  expect(searchKeys(one, definition, state)).toEqual([before]);
  expect(searchKeys(two, definition, state)).toEqual([searchKey(two, '张三')]);
  expect(searchKeys(two, definition, state)).not.toEqual([before]);
  expect(searchKeys(one, withForm({ name: { type: 'number' } }), state)).toEqual([]);
});
