import { sentence } from '../errors/index.ts';
import { date } from '../forms/formats/date.ts';
import { halfWidth } from '../forms/normalise.ts';
import type { FormLocale } from '../forms/types.ts';
import type { FieldError } from '../model/blocker.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Column } from './columns.ts';

export interface ReadRow {
  readonly forms: { readonly [form: string]: JsonObject };
  /** What a spreadsheet made of a cell and nobody can undo; everything else the forms themselves judge. */
  readonly errors: readonly FieldError[];
}

/** Where each column stands among the titles of a table; columns that are not there, and titles that mean nothing. */
export interface Head {
  readonly places: ReadonlyMap<Column, number>;
  readonly missing: readonly Column[];
  readonly unknown: readonly string[];
  readonly twice: readonly Column[];
}

/** Titles as people write them again: spaces, marks of what is required, the field's title alone, its path. */
export function readHead(columns: readonly Column[], titles: readonly string[]): Head {
  const places = new Map<Column, number>();
  const [unknown, twice]: [string[], Column[]] = [[], []];
  for (const [place, written] of titles.entries()) {
    const title = bareTitle(written);
    if (title === '') continue;
    const column =
      columns.find((each) => bareTitle(each.title) === title || each.path === written.trim()) ??
      columns.find((each) => bareTitle(each.field.title) === title && !places.has(each));
    if (column === undefined) unknown.push(written.trim());
    else if (places.has(column)) twice.push(column);
    else places.set(column, place);
  }
  return { places, unknown, twice, missing: columns.filter((column) => !places.has(column)) };
}

function bareTitle(title: string): string {
  return halfWidth(title)
    .replace(/\((?:必填|选填|required|optional)\)$/i, '')
    .replace(/[\s*※:·.]/g, '')
    .toLowerCase();
}

/** The values of a line of the table. */
export function readRow({ places }: Head, cells: readonly string[], locale: FormLocale = 'zh-CN'): ReadRow {
  const forms: { [form: string]: JsonObject } = {};
  const errors: FieldError[] = [];
  for (const [column, place] of places) {
    const text = bareCell(cells[place] ?? '');
    if (text === '') continue;
    if (isRounded(column, text)) {
      const message = sentence('cell-rounded', { text }, locale);
      errors.push({ path: column.path, keyword: 'batch-cell', message });
    }
    forms[column.form] = { ...forms[column.form], [column.field.name]: cellValue(column, text) };
  }
  return { forms, errors };
}

/** `="0012"`, `'0012` and a tab in front are how people keep a spreadsheet from counting. */
function bareCell(cell: string): string {
  const text = cell.replace(/^\uFEFF/, '').trim();
  const kept = /^="(.*)"$/s.exec(text)?.[1] ?? text.replace(/^['\u2018\u2019]/, '');
  return kept.trim();
}

/** `4.40301E+17`: a long number of a text column that a spreadsheet has counted with; its end is lost. */
function isRounded({ field }: Column, text: string): boolean {
  return field.type === 'string' && /^\d(?:\.\d+)?E\+\d{1,2}$/i.test(text);
}

function cellValue(column: Column, text: string): Json {
  const { field, choices } = column;
  if (field.type === 'array' && field.inner === null) {
    const parts = text.split(/[;；、]/).map((part) => part.trim());
    return parts.filter((part) => part !== '').map((part) => chosen(column, part));
  }
  if (choices.length > 0) return chosen(column, text);
  if (field.kind === 'money') return fenOf(text);
  // A spreadsheet changes a day that was typed into another way of writing it.
  if (field.format === 'date') return date.clean(halfWidth(text).replace(/\s/g, ''));
  return text;
}

/** A word of the list, or its value; what is neither stays, so that the form can tell what may be chosen. */
function chosen({ choices }: Column, text: string): Json {
  const same = (one: string) => halfWidth(one).replace(/\s/g, '').toLowerCase();
  const found = choices.find(({ value, label }) => same(label) === same(text) || same(String(value)) === same(text));
  return found === undefined ? text : found.value;
}

function fenOf(text: string): Json {
  const number = halfWidth(text).replace(/[\s,元¥]/g, '');
  return /^\d{1,12}(?:\.\d{1,2})?$/.test(number) ? Math.round(Number(number) * 100) : text;
}
