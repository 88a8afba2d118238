import { describe, expect, test } from 'vitest';
import { changedParts } from '../../../engine/compose/parts/plain.ts';
import type { EditableNeed } from '../../../engine/contract/editable.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { shortHash } from '../../../engine/read/canonical.ts';
import { changesIn } from '../../../ui/studio/change-in-text.ts';
import {
  changesOfForm,
  isChoiceNeeded,
  moved,
  needsFor,
  type Row,
  rowsOf,
  shownWord,
  withField,
  withHidden,
  withoutField,
  withShown,
  withWord,
} from '../../../ui/studio/forms-tab/fields.ts';
import { conditionOf, expressionOf, newFields, schemaFor } from '../../../ui/studio/forms-tab/kinds.ts';
import { nameFor, without, withSaid } from '../../../ui/studio/forms-tab/said.ts';

const base: FormSchema = {
  title: '书',
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', title: '书名', maxLength: 100 },
    kind: { type: 'string', title: '类型', enum: ['a', 'b'], 'x-labels': { a: '甲', b: '乙' } },
    place: { type: 'string', title: '位置' },
  },
};
const start = '# a comment\nproject: north\nsettings: { two: true } # kept\n';

/** The form as the engine makes it of the text. */
function now(text: string): FormSchema {
  const changes = Object.fromEntries((changesIn(text) ?? []).map(({ name, change }) => [name, change])) as JsonObject;
  return changedParts({ forms: { book: base }, content: {} }, changes).forms.book!;
}
const rows = (text: string): readonly Row[] => rowsOf('book', base, now(text), text);
const row = (text: string, name: string): Row => rows(text).find((one) => one.name === name)!;
const names = (text: string): string[] => rows(text).map((one) => one.name);
const said = (text: string) => Object.fromEntries((changesIn(text) ?? []).map(({ name, change }) => [name, change]));

describe('a field', () => {
  test('is said otherwise by a named change with the hash of what stood there, and taken back to the very text', () => {
    const limited = withWord(start, 'book', row(start, 'title'), 'maxLength', 60);
    expect(said(limited)).toEqual({
      bookTitleMaxLength: { set: 'forms.book.fields.title.maxLength', was: shortHash(100), is: 60 },
    });
    expect(limited).toContain('# a comment\nproject: north\nsettings: { two: true } # kept\n');
    expect(row(limited, 'title').schema.maxLength).toBe(60);
    expect(withWord(limited, 'book', row(limited, 'title'), 'maxLength', 100)).toBe(start);
    const none = withWord(start, 'book', row(start, 'title'), 'maxLength', undefined);
    expect(now(none).properties.title).toEqual({ type: 'string', title: '书名' });
  });

  test('keeps one change for a word, however often it is typed', () => {
    const text = ['提', '提示', '提示语'].reduce(
      (rest, hint) => withWord(rest, 'book', row(rest, 'title'), 'x-hint', hint),
      start,
    );
    expect(said(text)).toEqual({
      bookTitleHint: { set: 'forms.book.fields.title.x-hint', was: shortHash(null), is: '提示语' },
    });
    const required = withWord(text, 'book', row(text, 'place'), 'required', true);
    expect(now(required).required).toEqual(['title', 'place']);
    expect(withoutField(required, 'book', row(required, 'title'))).toContain('bookPlaceRequired');
  });

  test('is left out, stays in the list where it stood, and comes back', () => {
    const hidden = withHidden(start, 'book', row(start, 'kind'));
    expect(Object.keys(now(hidden).properties)).toEqual(['title', 'place']);
    expect(names(hidden)).toEqual(['title', 'kind', 'place']);
    expect(row(hidden, 'kind')).toMatchObject({ hidden: true });
    expect(withShown(hidden, row(hidden, 'kind'))).toBe(start);
  });

  test('is moved; its old place is no change', () => {
    const down = moved(start, 'book', base, rows(start), 'title', 2);
    expect(Object.keys(now(down).properties)).toEqual(['kind', 'place', 'title']);
    expect(names(down)).toEqual(['kind', 'place', 'title']);
    expect(moved(down, 'book', base, rows(down), 'title', 0)).toBe(start);
  });

  test('of the project stands in one change, takes every word, and leaves no trace', () => {
    const added = withField(start, 'book', rows(start), { type: 'string', title: '楼层' });
    expect(added.name).toBe('extra1');
    let text = withWord(added.text, 'book', row(added.text, 'extra1'), 'required', true);
    text = withWord(text, 'book', row(text, 'extra1'), 'x-hint', '几楼');
    text = moved(text, 'book', base, rows(text), 'extra1', 0);
    expect(Object.keys(said(text))).toEqual(['bookExtra1', 'bookOrder']);
    expect(now(text)).toMatchObject({
      required: ['title', 'extra1'],
      properties: { extra1: { type: 'string', title: '楼层', 'x-hint': '几楼' } },
    });
    expect(names(text)[0]).toBe('extra1');
    expect(withField(text, 'book', rows(text), {}).name).toBe('extra2');
    // The order does not name what is gone.
    const gone = withoutField(text, 'book', row(text, 'extra1'));
    expect(JSON.stringify(said(gone))).not.toContain('extra1');
    expect(without(text, changesOfForm(text, 'book'))).toBe(start);
  });

  test('that is not right yet stays in the list, with what is being typed', () => {
    const added = withField(start, 'book', rows(start), { type: 'string', title: '楼层' });
    const wrong = withWord(added.text, 'book', row(added.text, 'extra1'), 'maxLength', 0);
    expect(now(wrong).properties).not.toHaveProperty('extra1');
    expect(row(wrong, 'extra1')).toMatchObject({ schema: { title: '楼层', maxLength: 0 }, base: null, hidden: false });
    const other = withWord(start, 'book', row(start, 'title'), 'maxLength', 0);
    expect(row(other, 'title').schema.maxLength).toBe(100);
    expect(shownWord(other, 'book', row(other, 'title'), 'maxLength')).toBe(0);
  });

  test('has words of choices of its own', () => {
    const text = withWord(start, 'book', row(start, 'kind'), 'x-labels.a', '第一');
    expect(now(text).properties.kind!['x-labels']).toEqual({ a: '第一', b: '乙' });
    const fewer = withWord(text, 'book', row(text, 'kind'), 'enum', ['a']);
    expect(now(fewer).properties.kind).toMatchObject({ enum: ['a'], 'x-labels': { a: '第一' } });
  });

  test('is needed by whoever reads it or something inside of it', () => {
    const need = (path: string, more: Partial<EditableNeed> = {}): EditableNeed => ({
      path,
      by: { zh: path, en: path },
      always: false,
      source: '',
      rows: false,
      ...more,
    });
    const needs = [
      need('book.title'),
      need('book.title'),
      need('book.titles', {}),
      need('book.kind', { always: true, source: "book.kind == 'a'" }),
      need('book.place.floor'),
    ];
    expect(needsFor(needs, 'book', 'title')).toHaveLength(1);
    expect(needsFor(needs, 'book', 'title', true)).toEqual([]);
    expect(needsFor(needs, 'book', 'place')).toHaveLength(1);
    expect(isChoiceNeeded(needs, 'book', 'kind', 'a')).toBe(true);
    expect(isChoiceNeeded(needs, 'book', 'kind', 'b')).toBe(false);
  });
});

describe('what can be added', () => {
  test.each(newFields.map((field) => [field.id, field] as const))('%s is a field of the language', (_id, field) => {
    const schema = schemaFor(field, '新的', { from: '从', to: '到', one: '一', two: '二' });
    const { text } = withField(start, 'book', rows(start), schema);
    // A shape that the language does not have would not be applied.
    expect(now(text).properties.extra1).toEqual(schema);
  });
});

test('conditions that are chosen are read again', () => {
  for (const condition of [
    { field: 'kind', is: true, value: 'a' },
    { field: 'yes', is: false, value: true },
    { field: 'count', is: true, value: 3 },
  ])
    expect(conditionOf(expressionOf(condition))).toEqual(condition);
  expect(conditionOf("kind == 'a' && yes")).toBeNull();
  expect(conditionOf('settings.many')).toBeNull();
});

test('names of changes are names, whatever the address', () => {
  expect(nameFor('forms.organization.fields.phone.x-hint')).toBe('organizationPhoneHint');
  expect(nameFor('content.reasons.fields.organization.name')).toBe('reasonsOrganizationName');
  const twice = withSaid(withSaid(start, 'notices.a.text', '旧', '新'), 'notices.a-text', '旧', '新');
  expect(Object.keys(said(twice))).toEqual(['noticesAText', 'noticesAText2']);
  for (const name of Object.keys(said(twice))) expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
});
