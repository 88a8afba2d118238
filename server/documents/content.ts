import { evaluateText } from '../../engine/expressions/index.ts';
import { display, documentDigest, fieldsOf, tableValues } from '../../engine/forms/live.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { DocumentCell, DocumentFile } from '../../engine/model/generated/types.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';

/** A stretch of text: what the paper says, what the case says, or a line to be filled in by hand. */
export interface Run {
  readonly kind: 'text' | 'value' | 'blank';
  readonly text: string;
}

export type Line = readonly Run[];

export interface Cell {
  readonly label: string;
  readonly line: Line;
  /** Room for handwriting or a stamp. */
  readonly blank: boolean;
  /** At least this high, millimetres; null = as its text needs. */
  readonly height: number | null;
}

export interface Section {
  readonly title: string | null;
  readonly hint: string | null;
  readonly rows: readonly (readonly Cell[])[];
  readonly paragraphs: readonly Line[];
  readonly boxes: readonly Cell[];
}

/** What is printed, whatever it is printed on. Made from the definition and the case alone: the same case, the same paper. */
export interface Content {
  readonly id: string;
  readonly title: string;
  readonly subtitle: Line | null;
  readonly intro: readonly Line[];
  readonly sections: readonly Section[];
  readonly foot: readonly Cell[];
  readonly note: Line | null;
  readonly caseNumber: string;
  /** The short digest of the data that the paper is about; null when it is about none. */
  readonly digest: string | null;
}

export class UnknownDocument extends Error {
  constructor(id: string) {
    super(`no document ${id} in this release`);
    this.name = 'UnknownDocument';
  }
}

/** @throws UnknownDocument */
export function contentOf(definition: Definition, state: CaseState, id: string, env: Environment): Content {
  const found = definition.documents[id];
  if (found === undefined) throw new UnknownDocument(id);
  const document = found as unknown as DocumentFile;
  const digest = document.about === undefined ? null : documentDigest(document.about, state.forms);
  const write = writer(definition, state, env, digest);
  const cell = (one: DocumentCell): Cell => ({
    label: one.label ?? '',
    line:
      one.value !== undefined ? [write.value(String(one.value))] : one.text !== undefined ? write.text(one.text) : [],
    blank: one.blank === true,
    height: one.height ?? null,
  });
  return {
    id,
    title: document.title,
    subtitle: document.subtitle === undefined ? null : write.text(document.subtitle),
    intro: texts(document.intro).map(write.text),
    sections: document.sections
      .filter((section) => section.if === undefined || write.holds(String(section.if)))
      .map((section) => ({
        title: section.title ?? null,
        hint: section.hint ?? null,
        rows: ((section.rows ?? []) as readonly (readonly DocumentCell[])[]).map((row) => row.map(cell)),
        paragraphs: texts(section.text).map(write.text),
        boxes: ((section.boxes ?? []) as readonly DocumentCell[]).map(cell),
      })),
    foot: ((document.foot ?? []) as readonly DocumentCell[]).map(cell),
    note: document.note === undefined ? null : write.text(document.note),
    caseNumber: state.number,
    digest,
  };
}

function texts(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

interface Writer {
  value(expression: string): Run;
  text(text: string): Line;
  holds(expression: string): boolean;
}

function writer(definition: Definition, state: CaseState, env: Environment, digest: string | null): Writer {
  const values = scope(definition, state, env, digest);
  const value = (expression: string): Run => {
    const result = evaluateText(expression, { values });
    const text = result.kind === 'value' ? shown(definition, expression, result.value) : '';
    return text === '' ? { kind: 'blank', text: '' } : { kind: 'value', text };
  };
  return {
    value,
    // Places are `{expression}`; an expression of the language holds braces only in literals, which no text needs.
    text: (text) =>
      text.split(/(\{[^{}]+\})/).flatMap((part): Run[] => {
        if (part === '') return [];
        return [/^\{[^{}]+\}$/.test(part) ? value(part.slice(1, -1).trim()) : { kind: 'text', text: part }];
      }),
    holds: (expression) => {
      const result = evaluateText(expression, { values });
      return result.kind === 'value' && result.value === true;
    },
  };
}

/** A bare field is written as its form writes it; whatever else is computed stands as it is. */
function shown(definition: Definition, expression: string, value: Json): string {
  const [root = '', name, ...rest] = expression.split('.');
  const schema = rest.length === 0 && name !== undefined ? definition.forms[root] : undefined;
  const field = schema === undefined ? undefined : fieldsOf(schema).find((one) => one.name === name);
  if (field !== undefined) return display(field, value);
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((item) => shown(definition, '', item)).join('；');
  return typeof value === 'object' ? '' : String(value);
}

/** What a notice sees as well: forms, settings, tables, records, people, the case. */
function scope(definition: Definition, state: CaseState, env: Environment, digest: string | null): JsonObject {
  const forms = state.forms as JsonObject;
  const outer: JsonObject = { ...forms, settings: definition.settings };
  const last: JsonObject = {};
  const records: JsonObject = {};
  for (const [record, entries] of Object.entries(state.records)) {
    records[record] = entries.map((entry) => ({ ...entry.data, at: entry.at }));
    const newest = entries.at(-1);
    if (newest !== undefined) last[record] = { ...newest.data, at: newest.at };
  }
  return {
    ...outer,
    tables: tableValues(definition.declared.tables as Parameters<typeof tableValues>[0], outer),
    records,
    last,
    people: { ...state.people },
    facts: Object.fromEntries(Object.keys(state.facts).map((fact) => [fact, true])),
    counters: Object.fromEntries(Object.entries(state.counters).map(([counter, { count }]) => [counter, count])),
    case: {
      number: grouped(state.number),
      created: date(state.createdAt, env),
      project: definition.project.title,
      workflow: definition.workflow.title,
    },
    digest: digest ?? '',
  };
}

/** `2026年11月23日` in the calendar's zone. */
function date(ms: number, env: Environment): string {
  const there = new Date(ms + env.calendar.offsetMinutes * 60_000);
  return `${there.getUTCFullYear()}年${there.getUTCMonth() + 1}月${there.getUTCDate()}日`;
}

/** 3-6-6-2, as people read it aloud. */
export function grouped(number: string): string {
  return /^\d{17}$/.test(number) ? number.replace(/^(.{3})(.{6})(.{6})/, '$1 $2 $3 ') : number;
}
