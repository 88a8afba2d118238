import { expect, test } from 'vitest';
import { checkComposition } from '../../../engine/check/index.ts';
import { processOf } from '../../../engine/check/process.ts';
import { type Composition, compose } from '../../../engine/compose/index.ts';
import { loadAll } from '../../../engine/load.ts';
import type { Files } from '../../../engine/model/definition.ts';
import { readBundle } from '../../../engine/read/bundle.ts';
import { baseFiles, changed } from '../definitions.ts';

function composed(files: Files, project: string): Composition {
  const { composition, issues } = compose(readBundle(files), project);
  if (composition === null) throw new Error(JSON.stringify(issues));
  return composition;
}

function project(id: string, rest: string): Files {
  const text = `language: 2\nproject: ${id}\ntitle: ${id}\nextends: book-loan\nnumber: "903"\n${rest}`;
  return { ...baseFiles(), [`workflows/projects/${id}.project.yaml`]: text };
}

const plain = () => composed(baseFiles(), 'north');

test('projects that change nothing in the workflow are one process, and share its states', () => {
  const other = composed(project('other', 'settings: { twoPeople: false }\n'), 'other');
  expect(processOf(other)).toBe(processOf(plain()));
  expect(other.written).toBe(plain().written);
  expect(other.composed.chart).not.toBe(plain().composed.chart);
  const same = composed(project('same', ''), 'same');
  expect(same.composed.chart).toBe(plain().composed.chart);
});

test('laws that a project adds are its own; the rest of its process is the others’', () => {
  const law = 'laws: { never: { title: 从不, must: counters.nothing < 1 } }\n';
  const files = project('other', law);
  const other = composed(files, 'other');
  expect(processOf(other)).toBe(processOf(plain()));
  expect(Object.keys(other.declared.laws)).toContain('never');
  expect(Object.keys(plain().declared.laws)).not.toContain('never');
  const told = checkComposition(other).map(({ code, file, line }) => [code, file, line]);
  expect(told).toEqual([['expression-field', 'workflows/projects/other.project.yaml', 6]]);
  expect(checkComposition(plain())).toEqual([]);
});

test.each([
  ['a time that a setting says', 'settings: { draftTtl: 10 days }\n'],
  ['a change', 'changes: { more: { add: counters.more, is: { title: 更多 } } }\n'],
])('%s makes another process', (_what, rest) => {
  expect(processOf(composed(project('other', rest), 'other'))).not.toBe(processOf(plain()));
});

test('so does any other text of a file that it uses', () => {
  const files = changed('forms/request.form.json', '"title"', ' "title"');
  expect(processOf(composed(files, 'north'))).not.toBe(processOf(plain()));
});

test('what was told before of other files is not told again, and the other way round', () => {
  const files = changed('workflows/book-loan.workflow.yaml', 'counters.', 'counter.');
  const before = loadAll(files).issues;
  expect(before.some(({ code }) => code === 'expression-name')).toBe(true);
  expect(loadAll(baseFiles()).issues).toEqual([]);
  expect(loadAll(files).issues).toEqual(before);
});
