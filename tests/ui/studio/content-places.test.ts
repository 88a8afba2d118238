import { expect, test } from 'vitest';
import type { EditableParts } from '../../../engine/contract/editable.ts';
import { editableParts, load } from '../../../engine/index.ts';
import type { Issue } from '../../../engine/model/issue.ts';
import { filledText, nameOf, placesIn, sampleOf, sayableFields } from '../../../ui/studio/content-tab/places.ts';
import { problemsOf } from '../../../ui/studio/forms-tab/problems.ts';
import { baseFiles } from '../../engine/definitions.ts';

const { definition } = load(baseFiles(), 'north');
const parts = editableParts(baseFiles(), 'north') as EditableParts;
const forms = Object.fromEntries(parts.forms.map(({ id, schema }) => [id, schema]));
const sample = sampleOf(forms, parts, definition!.settings, {
  settingsSchema: definition!.settingsSchema,
  now: Date.UTC(2026, 2, 2, 1, 0),
  number: '（单号）',
  diagram: { nodes: [], edges: [] },
  content: parts.content,
});

test('a notice is shown as it would arrive, with a sample of the case; what a sample cannot say stands as its name', () => {
  const text = filledText(
    '{request.title}、{request.kind}、{settings.codeTries}、{case.number}、{menu.loans}、{tables.fee}',
    sample,
  );
  const [title, kind, tries, number, menu, fee] = text.split('、');
  expect(title).not.toMatch(/[{}〔]/);
  // As the form writes it, not as it is kept.
  expect(['图书', '期刊', '善本']).toContain(kind);
  expect([tries, number, menu]).toEqual([String(definition!.settings.codeTries), '（单号）', '我的借阅']);
  expect(Number(fee)).toBeGreaterThanOrEqual(0);
  expect(filledText('在{deadline}前，{next.label}，{people.first}', sample)).toMatch(/^在.+前，〔…〕，〔…〕$/);
  expect(filledText('没有{request.nothing}', sample)).toBe('没有〔…〕');
});

test('what can be inserted has a name, and nothing sensitive or uploaded is offered', () => {
  const offered = sayableFields(forms).flatMap(({ fields }) => fields.map(({ source }) => source));
  expect(offered).toContain('request.title');
  for (const hidden of ['reader.number', 'request.scan', 'rules.accepted', 'code.code'])
    expect(offered).not.toContain(hidden);
  expect(nameOf('request.title', sample)).toBe('书名');
  expect(nameOf('case.number', sample)).toBe('业务单号');
  expect(placesIn('{a.b} {case.number} {a.b}')).toEqual(['a.b', 'case.number']);
});

test('what is wrong stands where it was said', () => {
  const text = [
    'project: north',
    'changes:',
    '  one: { remove: forms.request.fields.isbn, was: "0" }',
    '  two: { set: content.agreements.loanRules.text, was: "0", is: x }',
    '  three: { set: notices.ready.text, was: "0", is: x }',
    '',
  ].join('\n');
  const issue = (path: string, proposal?: string): Issue => ({
    code: 'x',
    severity: 'error',
    file: 'f',
    line: 1,
    column: 1,
    path,
    message: path,
    ...(proposal !== undefined && { proposal }),
  });
  const found = problemsOf(
    [
      issue('changes.one', '撤回这项修改'),
      issue('changes.two', 'set: a.b'),
      { ...issue('changes.three'), message: 'maxLength 超出范围（minimum 1）' },
      issue('request.kind', 'kind: 4'),
      issue('settings.x'),
    ],
    text,
  );
  expect(Object.fromEntries(found)).toEqual({
    'forms.request.fields.isbn': ['changes.one；撤回这项修改'],
    'content.agreements.loanRules.text': ['changes.two'],
    'notices.ready': ['最多几个字 超出范围（最小 1）'],
    'forms.request.fields.kind': ['request.kind'],
  });
});
