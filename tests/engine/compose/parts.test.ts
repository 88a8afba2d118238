import { describe, expect, test } from 'vitest';
import { changedParts } from '../../../engine/compose/parts/plain.ts';
import { editableParts } from '../../../engine/editable.ts';
import { load } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { shortHash } from '../../../engine/read/index.ts';
import { baseFiles, changed } from '../definitions.ts';

const north = 'workflows/projects/north.project.yaml';
const base = editableParts(baseFiles(), 'north')!;
const formOf = (id: string) => base.forms.find((form) => form.id === id)!.schema;
const request = formOf('request');
const at = (field: string): JsonObject => request.properties[field]!;

type Changes = { readonly [name: string]: JsonObject };

const withChanges = (changes: Changes, files: Files = baseFiles()): Files =>
  changed(north, 'number: "901"', `number: "901"\nchanges: ${JSON.stringify(changes)}`, files);

function loaded(changes: Changes): Definition {
  const { definition, issues } = load(withChanges(changes), 'north');
  expect(issues.filter((issue) => issue.severity === 'error').map((issue) => issue.message)).toEqual([]);
  return definition!;
}

const issuesOf = (changes: Changes) =>
  load(withChanges(changes), 'north').issues.filter((one) => one.severity === 'error');
const set = (address: string, before: unknown, is: unknown) =>
  ({ set: address, was: shortHash(before as never), is }) as JsonObject;

/** One sound change of each kind. */
const sound: Changes = {
  title: set('forms.request.fields.isbn.title', '书号', 'ISBN'),
  hint: set('forms.request.fields.isbn.x-hint', null, '印在封底'),
  limit: set('forms.request.fields.title.maxLength', 100, 60),
  anyNumber: set('forms.request.fields.isbn.pattern', at('isbn').pattern, null),
  asked: set('forms.request.fields.reason.required', false, true),
  word: set('forms.request.fields.kind.x-labels.book', '图书', '普通图书'),
  slot: set('forms.request.fields.scan.x-file.maxBytes', 1048576, 2097152),
  when: set('forms.request.fields.reason.x-visible', "kind == 'rare'", "kind == 'journal'"),
  whole: set('forms.reader.title', '读者', '借书人'),
  floor: { add: 'forms.request.fields.floor', is: { type: 'string', title: '楼层', maxLength: 10, required: true } },
  order: set('forms.request.order', Object.keys(request.properties), ['isbn', 'floor', 'title']),
  rules: set('content.agreements.loanRules.text', '请按时归还。', '请按时归还，不得转借。'),
  version: set('content.agreements.loanRules.version', '1', '2'),
  reasons: set('content.guide.title', '借阅指南', '怎样借书'),
};

describe('[FRM-1] changes of a form', () => {
  test('say another word, limit, choice, condition, order; a field more', () => {
    const { forms, content } = loaded(sound);
    const { properties, required } = forms.request!;
    expect(properties.isbn).toEqual({ type: 'string', title: 'ISBN', maxLength: 13, 'x-hint': '印在封底' });
    expect(properties.title).toMatchObject({ maxLength: 60 });
    expect(properties.kind!['x-labels']).toEqual({ book: '普通图书', journal: '期刊', rare: '善本' });
    expect(properties.scan!['x-file']).toMatchObject({ maxBytes: 2097152, template: 'slip' });
    expect(properties.reason).toMatchObject({ 'x-visible': "kind == 'journal'" });
    expect(properties.floor).toEqual({ type: 'string', title: '楼层', maxLength: 10 });
    expect(required).toEqual(['title', 'isbn', 'kind', 'reason', 'floor']);
    expect(Object.keys(properties)).toEqual(['isbn', 'kind', 'reason', 'scan', 'floor', 'title']);
    expect(forms.reader!.title).toBe('借书人');
    expect(content.agreements!.loanRules).toEqual({ title: '借阅规则', version: '2', text: '请按时归还，不得转借。' });
    expect(content.guide).toEqual({ title: '怎样借书' });
  });

  test('are the same in whatever order they are written', () => {
    const reversed = Object.fromEntries(Object.entries(sound).reverse());
    const [one, other] = [loaded(sound), loaded(reversed)];
    expect(JSON.stringify(other.forms.reader)).toBe(JSON.stringify(one.forms.reader));
    expect(Object.keys(other.forms.request!.properties)).toEqual(Object.keys(one.forms.request!.properties));
    expect(other.forms).toEqual({ ...one.forms, request: { ...one.forms.request, required: expect.any(Array) } });
    expect(other.content).toEqual(one.content);
  });

  test('make another release, and leave the other projects as they are', () => {
    expect(loaded(sound).hash).not.toBe(load(baseFiles(), 'north').definition!.hash);
    expect(load(withChanges(sound), 'south').definition!.hash).toBe(load(baseFiles(), 'south').definition!.hash);
    expect(load(withChanges(sound), 'south').definition!.forms.request).toEqual(request);
  });

  test('a field that goes takes what only filled it in along', () => {
    const name = formOf('reader').properties.name!;
    const files = Object.fromEntries(
      Object.entries(baseFiles()).map(([path, text]) => [path, text.replaceAll('reader.name', 'reader.mobile')]),
    );
    const gone = { gone: { remove: 'forms.reader.fields.name', was: shortHash(name) } };
    const { definition, issues } = load(withChanges(gone, files), 'north');
    expect(issues.filter((issue) => issue.code === 'field-needed')).toEqual([]);
    expect(Object.keys(definition?.forms.reader?.properties ?? {})).toEqual(['number', 'mobile']);
    expect(definition?.forms.reader).not.toHaveProperty('x-copy');
    expect(definition?.forms.reader?.required).toEqual(['number']);
  });

  test('the order may name a field that the project leaves out, and no other', () => {
    const gone = { gone: { remove: 'forms.request.fields.scan', was: shortHash(at('scan')) } };
    const ordered = (names: readonly string[]): Changes => ({
      order: set('forms.request.order', Object.keys(request.properties), names),
      ...gone,
    });
    const { forms } = loaded(ordered(['scan', 'kind', 'title', 'isbn', 'reason']));
    expect(Object.keys(forms.request!.properties)).toEqual(['kind', 'title', 'isbn', 'reason']);
    expect(issuesOf(ordered(['scan', 'kinds']))).toMatchObject([{ code: 'unknown-field', proposal: 'kind' }]);
  });

  test('the base that has changed is a conflict at the change', () => {
    for (const [name, change] of Object.entries(sound)) {
      if (change.was === undefined) continue;
      expect(issuesOf({ [name]: { ...change, was: 'abcdef01' } })).toMatchObject([
        { code: 'change-conflict', file: north, path: `changes.${name}` },
      ]);
    }
  });
});

describe('[FRM-2] what the process reads', () => {
  const removal = (form: string, field: string): Changes => ({
    gone: { remove: `forms.${form}.fields.${field}`, was: shortHash(formOf(form).properties[field] as never) },
  });

  test.each([
    ['request', 'isbn', '预留“一书一借”'],
    ['request', 'title', '列表里的主题'],
    ['request', 'kind', '决策表“费用”'],
    ['reader', 'number', '事实“身份已核验”'],
    ['reader', 'mobile', '通知“ready”'],
    ['rules', 'accepted', null],
  ])('%s.%s cannot be taken away, and it is said who reads it', (form, field, who) => {
    const found = issuesOf(removal(form, field)).filter((issue) => issue.code === 'field-needed');
    if (who === null) expect(found).toEqual([]);
    else {
      expect(found).toMatchObject([{ file: north, path: 'changes.gone' }]);
      const all = base.needs.filter((need) => need.path === `${form}.${field}`).map((need) => need.by.zh);
      expect(all).toContain(who);
      // It stays, so that nothing else is told of it.
      expect(issuesOf(removal(form, field)).map((issue) => issue.code)).toEqual(['field-needed']);
    }
  });

  test('has to be there where a condition reads it without asking', () => {
    const open = { open: set('forms.request.fields.kind.required', true, false) };
    expect(issuesOf(open)).toMatchObject([{ code: 'field-needed-always', file: north, path: 'changes.open' }]);
    const sometimes = { open: set('forms.request.fields.kind.x-visible', null, "title != ''") };
    expect(issuesOf(sometimes).map((issue) => issue.code)).toEqual(['field-needed-always']);
    // Nobody depends on it: it may be left open.
    expect(issuesOf({ open: set('forms.request.fields.isbn.required', true, false) })).toEqual([]);
  });
});

describe('[FRM-3] a page that shows a draft', () => {
  test('has the same forms and texts from the changes alone', () => {
    const { forms, content } = loaded(sound);
    const shown = changedParts(
      { forms: Object.fromEntries(base.forms.map(({ id, schema }) => [id, schema])), content: base.content },
      sound,
    );
    expect(shown.forms).toEqual(forms);
    expect(Object.keys(shown.forms.request!.properties)).toEqual(Object.keys(forms.request!.properties));
    expect(shown.content).toEqual(content);
  });

  test('keeps what is not changed as it is', () => {
    const forms = Object.fromEntries(base.forms.map(({ id, schema }) => [id, schema]));
    const shown = changedParts({ forms, content: base.content }, { title: sound.title! });
    expect(shown.forms.reader).toBe(forms.reader);
    expect(shown.forms.request).not.toBe(forms.request);
  });

  test('leaves aside what cannot be applied', () => {
    const wrong: Changes = { one: set('forms.request.fields.nothing.title', null, 'x'), two: sound.title! };
    const shown = changedParts({ forms: { request }, content: {} }, wrong);
    expect(shown.forms.request!.properties.isbn!.title).toBe('ISBN');
  });

  test('forms come in the order of the process, each with who fills it in and where', () => {
    expect(base.forms.map(({ id, by }) => [id, by])).toEqual([
      ['rules', 'reader'],
      ['request', 'reader'],
      ['reader', 'reader'],
      ['decision', 'librarian'],
      ['code', 'reader'],
    ]);
    expect(base.notices.ready).toMatchObject({ by: 'sms' });
    expect(base.notices.ready!.when.length).toBeGreaterThan(0);
  });
});
