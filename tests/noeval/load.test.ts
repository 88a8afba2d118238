import { expect, test } from 'vitest';
import { loadAll } from '../../engine/load.ts';
import { baseFiles, changed } from '../engine/definitions.ts';

/** The lab and the studio read and check definitions in the browser, whose policy forbids code from strings. */
test('code from strings is forbidden here', () => {
  expect(() => new Function('return 1')).toThrow();
});

test('definitions are read, composed, checked and compiled without it', () => {
  const { projects, issues } = loadAll(baseFiles());
  expect(issues).toEqual([]);
  expect(Object.keys(projects)).toEqual(['north', 'south']);
});

test('a broken one is told as well', () => {
  const { issues } = loadAll(changed('forms/request.form.json', '"maxLength": 100', '"maxLenght": 100'));
  expect(issues).toMatchObject([{ code: 'unknown-keyword', line: 6 }]);
});
