import { parseText } from '../compose/text.ts';
import { evaluateText, type Scope } from '../expressions/index.ts';
import { documentDigest } from '../forms/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { DocumentCell, DocumentFile } from '../model/generated/types.ts';
import { atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { scopeOf, scopeWith } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';
import { renderText, type TextWorld, valueText } from './text.ts';

/**
 * What a printable document says, whatever it is drawn on. Made from the definition and the case alone: the same case,
 * the same paper.
 */
export interface Printed {
  readonly id: string;
  readonly title: string;
  readonly subtitle: PrintedLine | null;
  readonly intro: readonly PrintedLine[];
  readonly sections: readonly PrintedSection[];
  readonly foot: readonly PrintedCell[];
  readonly note: PrintedLine | null;
  readonly caseNumber: string;
  /** The version code of the data that the paper is about; null when it is about none. */
  readonly digest: string | null;
}

export interface PrintedSection {
  readonly title: string | null;
  readonly hint: string | null;
  readonly rows: readonly (readonly PrintedCell[])[];
  readonly paragraphs: readonly PrintedLine[];
  readonly boxes: readonly PrintedCell[];
}

export interface PrintedCell {
  readonly label: string;
  readonly line: PrintedLine;
  /** Room for handwriting or a stamp. */
  readonly blank: boolean;
  /** At least this high, millimetres; null = as its text needs. */
  readonly height: number | null;
}

export type PrintedLine = readonly PrintedRun[];

/** A stretch of text: what the paper says, what the case says, or a gap to be filled in by hand. */
export interface PrintedRun {
  readonly kind: 'text' | 'value' | 'blank';
  readonly text: string;
}

/** A document of the definition, filled in for a case; null when the definition has none of that name. */
export function printed(definition: Definition, state: CaseState, id: string, env: Environment): Printed | null {
  const found = definition.documents[id];
  if (found === undefined) return null;
  const document = found as unknown as DocumentFile;
  const digest = document.about === undefined ? null : documentDigest(document.about, state.forms);
  const world = worldFor(definition, state, env, digest);
  const line = (text: string) => lineOf(definition, text, world);
  const cell = (one: DocumentCell): PrintedCell => ({
    label: one.label ?? '',
    line:
      one.value !== undefined
        ? [valueRun(definition, String(one.value), world)]
        : one.text !== undefined
          ? line(one.text)
          : [],
    blank: one.blank === true,
    height: one.height ?? null,
  });
  return {
    id,
    title: document.title,
    subtitle: document.subtitle === undefined ? null : line(document.subtitle),
    intro: texts(document.intro).map(line),
    sections: document.sections
      .filter((section) => section.if === undefined || holds(String(section.if), world.scope))
      .map((section) => ({
        title: section.title ?? null,
        hint: section.hint ?? null,
        rows: ((section.rows ?? []) as readonly (readonly DocumentCell[])[]).map((row) => row.map(cell)),
        paragraphs: texts(section.text).map(line),
        boxes: ((section.boxes ?? []) as readonly DocumentCell[]).map(cell),
      })),
    foot: ((document.foot ?? []) as readonly DocumentCell[]).map(cell),
    note: document.note === undefined ? null : line(document.note),
    caseNumber: state.number,
    digest,
  };
}

/** 3-6-6-2, as people read a case's number aloud. */
export function groupedNumber(number: string): string {
  return /^\d{17}$/.test(number) ? number.replace(/^(.{3})(.{6})(.{6})/, '$1 $2 $3 ') : number;
}

function texts(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

function lineOf(definition: Definition, text: string, world: TextWorld): PrintedLine {
  return parseText(text).map((part): PrintedRun => {
    if (part.kind === 'words') return { kind: 'text', text: part.text };
    if (part.place.kind === 'expression') return valueRun(definition, part.place.text, world);
    return run(renderText(definition, `{${part.source}}`, world));
  });
}

function valueRun(definition: Definition, expression: string, world: TextWorld): PrintedRun {
  return run(valueText(definition, expression, world.scope));
}

function run(text: string): PrintedRun {
  return text === '' ? { kind: 'blank', text } : { kind: 'value', text };
}

function holds(expression: string, scope: Scope): boolean {
  const result = evaluateText(expression, scope);
  return result.kind === 'value' && result.value === true;
}

/** What a notice sees, with the case in words, and the digest. */
function worldFor(definition: Definition, state: CaseState, env: Environment, digest: string | null): TextWorld {
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const created = new Date(state.createdAt + env.calendar.offsetMinutes * 60_000);
  const scope = scopeWith(scopeOf(definition, world, atOf(configurationOf(state.active))), {
    digest: digest ?? '',
    case: {
      number: groupedNumber(state.number),
      project: definition.project.title,
      workflow: definition.workflow.title,
      created: `${created.getUTCFullYear()}年${created.getUTCMonth() + 1}月${created.getUTCDate()}日`,
    },
  });
  return { scope, state: state.active[0] ?? '', deadline: null, now: env.now, calendar: env.calendar };
}
