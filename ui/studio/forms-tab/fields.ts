import type { EditableNeed } from '../../../engine/contract/editable.ts';
import { list, object } from '../../../engine/forms/fields.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { shortHash } from '../../../engine/read/canonical.ts';
import { freeName, type NamedChange, withChange } from '../change-in-text.ts';
import { changeAt, changesBelow, changesOf, nameFor, without, withSaid } from './said.ts';

/** A field as the list shows it. */
export interface Row {
  readonly name: string;
  /** As the project has it. */
  readonly schema: JsonObject;
  /** As the process has it; null for a field that the project adds. */
  readonly base: JsonObject | null;
  readonly required: boolean;
  readonly baseRequired: boolean;
  readonly hidden: boolean;
  /** What the project says of it. */
  readonly changes: readonly NamedChange[];
}

export const formAt = (form: string): string => `forms.${form}`;
export const fieldAt = (form: string, field: string): string => `${formAt(form)}.fields.${field}`;

const isRequired = (schema: JsonObject, field: string): boolean => list(schema.required).includes(field);

/** Every field in its order; those that the project leaves out stand where they stood. */
export function rowsOf(form: string, base: FormSchema, now: FormSchema, text: string): readonly Row[] {
  const added = additionsTo(text, form);
  return namesIn(form, base, now, text).map((name) => {
    const own = object(base.properties[name]);
    const there = Object.hasOwn(base.properties, name);
    const hidden = there && !Object.hasOwn(now.properties, name);
    return {
      name,
      schema: hidden ? own : object(now.properties[name] ?? added.get(name)),
      base: there ? own : null,
      required: hidden ? isRequired(base, name) : isRequired(now, name) || added.get(name)?.required === true,
      baseRequired: isRequired(base, name),
      hidden,
      changes: changesBelow(text, fieldAt(form, name)),
    };
  });
}

/** Fields that the project adds; one that is not right yet is no field of the form, and stays in the list all the same. */
function additionsTo(text: string, form: string): ReadonlyMap<string, JsonObject> {
  const before = `${formAt(form)}.fields.`;
  return new Map(
    changesOf(text).flatMap(({ change }) => {
      const at = typeof change.add === 'string' && change.add.startsWith(before) ? change.add.slice(before.length) : '';
      return at === '' || at.includes('.') ? [] : [[at, object(change.is)] as const];
    }),
  );
}

function namesIn(form: string, base: FormSchema, now: FormSchema, text: string): readonly string[] {
  const order = list(changeAt(text, `${formAt(form)}.order`)?.change.is).map(String);
  const all = [
    ...new Set([...Object.keys(base.properties), ...Object.keys(now.properties), ...additionsTo(text, form).keys()]),
  ];
  return inOrder(all, order);
}

/** As the engine puts them: one that is not named stays behind the one that it stood behind. */
function inOrder(all: readonly string[], named: readonly string[]): readonly string[] {
  const order = named.filter((name) => all.includes(name));
  for (const [index, name] of all.entries())
    if (!order.includes(name)) order.splice(index === 0 ? 0 : order.indexOf(all[index - 1]!) + 1, 0, name);
  return order;
}

/** The text in which the fields stand in that order. */
export function withOrder(text: string, form: string, base: FormSchema, names: readonly string[]): string {
  const usual = Object.keys(base.properties);
  const isUsual = [...usual, ...names.filter((name) => !usual.includes(name))].every(
    (name, index) => names[index] === name,
  );
  return withSaid(text, `${formAt(form)}.order`, usual, isUsual ? usual : [...names]);
}

/** The text in which a field stands before another one, or last. */
export function moved(
  text: string,
  form: string,
  base: FormSchema,
  rows: readonly Row[],
  name: string,
  to: number,
): string {
  const others = rows.map((row) => row.name).filter((one) => one !== name);
  return withOrder(text, form, base, [...others.slice(0, to), name, ...others.slice(to)]);
}

/** One word of a field; what the project adds says all of itself in one change. */
export function withWord(text: string, form: string, row: Row, word: string, value: Json | undefined): string {
  const added = additionOf(row);
  if (added === null)
    return withSaid(text, `${fieldAt(form, row.name)}.${word}`, wordOf(row.base ?? {}, row.baseRequired, word), value);
  const is = object(added.change.is);
  return withChange(text, added.name, { ...added.change, is: placed(is, word, value) });
}

/** What the text says there, whether it can be applied or not: what is being typed stays what it is. */
export function shownWord(text: string, form: string, row: Row, word: string): Json | undefined {
  const said = changeAt(text, `${fieldAt(form, row.name)}.${word}`)?.change;
  return said === undefined ? wordOf(row.schema, row.required, word) : (said.is ?? undefined);
}

/** The change that adds the field. */
export const additionOf = (row: Row): NamedChange | null =>
  row.changes.find(({ change }) => change.add !== undefined) ?? null;

export function wordOf(schema: JsonObject, required: boolean, word: string): Json | undefined {
  if (word === 'required') return required;
  const [first = '', inner] = split(word);
  return inner === undefined ? schema[first] : wordOf(object(schema[first]), false, inner);
}

/** `x-labels.a.b` is the word of the choice `a.b`. */
function split(word: string): readonly string[] {
  const dot = word.indexOf('.');
  return dot < 0 ? [word] : [word.slice(0, dot), word.slice(dot + 1)];
}

function placed(is: JsonObject, word: string, value: Json | undefined): JsonObject {
  const [first = '', inner] = split(word);
  if (inner !== undefined) return placed(is, first, placed(object(is[first]), inner, value));
  const { [first]: _, ...rest } = is;
  return value === undefined ? rest : { ...is, [first]: value };
}

export function withHidden(text: string, form: string, row: Row): string {
  const address = fieldAt(form, row.name);
  if (row.base === null) return withoutField(text, form, row);
  return withChange(text, freeName(text, nameFor(`${address}.hidden`)), { remove: address, was: shortHash(row.base) });
}

export function withShown(text: string, row: Row): string {
  return without(
    text,
    row.changes.filter(({ change }) => change.remove !== undefined),
  );
}

/** Everything that the project says of the field is taken back; of one that it adds, the field. */
export function withoutField(text: string, form: string, row: Row): string {
  const rest = without(text, row.changes);
  if (row.base !== null) return rest;
  // The order must not name what is gone.
  const order = changeAt(rest, `${formAt(form)}.order`);
  if (order === undefined) return rest;
  const names = list(order.change.is).filter((name) => name !== row.name);
  return withChange(rest, order.name, { ...order.change, is: names });
}

/** Everything that the project says of the form. */
export const changesOfForm = (text: string, form: string): readonly NamedChange[] => changesBelow(text, formAt(form));

export function withField(
  text: string,
  form: string,
  rows: readonly Row[],
  schema: JsonObject,
): { readonly text: string; readonly name: string } {
  const taken = new Set([
    ...rows.map((row) => row.name),
    ...changesOf(text).map(({ change }) => String(change.add).split('.').at(-1) ?? ''),
  ]);
  let number = 1;
  while (taken.has(`extra${number}`)) number++;
  const name = `extra${number}`;
  const address = fieldAt(form, name);
  return { text: withChange(text, freeName(text, nameFor(address)), { add: address, is: schema }), name };
}

/** Who reads the field, each once. @param always only those who have to find it there */
export function needsFor(
  needs: readonly EditableNeed[],
  form: string,
  field: string,
  always = false,
): readonly EditableNeed[] {
  const path = `${form}.${field}`;
  const found = new Map<string, EditableNeed>();
  for (const need of needs)
    if ((need.path === path || need.path.startsWith(`${path}.`)) && (need.always || !always))
      found.set(need.by.zh, need);
  return [...found.values()];
}

/** Whether something decides by that choice of the field. */
export function isChoiceNeeded(needs: readonly EditableNeed[], form: string, field: string, choice: string): boolean {
  const path = `${form}.${field}`;
  return needs.some(
    (need) =>
      need.path === path && (need.rows || need.source.includes(`'${choice}'`) || need.source.includes(`"${choice}"`)),
  );
}
