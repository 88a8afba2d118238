import { transitionsOfState } from './check/walk.ts';
import { type Composition, compose } from './compose/index.ts';
import { needsOf } from './compose/parts/index.ts';
import type { EditableForm, EditableNotice, EditableParts } from './contract/editable.ts';
import type { Tables } from './forms/types.ts';
import type { Files, FormSchema } from './model/definition.ts';
import type { JsonObject } from './model/json.ts';
import { own } from './model/own.ts';
import { type Bundle, readBundle } from './read/bundle.ts';
import { dataOf, withKey } from './read/index.ts';

/**
 * What a project may change of its forms, texts and notices, and who needs what of it: as it stands before the project's
 * changes. Null where the project's file, or one that it needs, cannot be read.
 */
export function editableParts(files: Files, project: string): EditableParts | null {
  const { composition } = compose(unchanged(readBundle(files), project), project);
  if (composition === null) return null;
  const { used, written, declared, drawn, workflowFile, composed } = composition;
  const needs = needsOf({
    ...used,
    forms: used.formFiles,
    chart: written,
    declared,
    places: drawn.places,
    workflowFile,
  });
  return {
    forms: formsOf(composition),
    needs: needs.map(({ path, by, strict, source, rows }) => ({
      path: path.join('.'),
      by,
      always: strict,
      source,
      rows,
    })),
    content: composed.content,
    notices: noticesOf(composition),
    tables: declared.tables as unknown as Tables,
    roles: composed.roles,
    priced: pricedBy(composition),
  };
}

/** The project without its changes. */
function unchanged(bundle: Bundle, project: string): Bundle {
  const sources = bundle.sources.map((source) => {
    if (source.kind !== 'project' || source.id !== project) return source;
    const { node, written } = source;
    if (node?.kind !== 'map' || written?.kind !== 'map') return source;
    return { ...source, node: withKey(node, 'changes', undefined), written: withKey(written, 'changes', undefined) };
  });
  return { ...bundle, sources };
}

function formsOf({ used, composed }: Composition): EditableForm[] {
  const filled = new Map<string, { by: string; where: string[] }>();
  const note = (form: string, by: string, where: string) => {
    const known = filled.get(form) ?? { by, where: [] };
    if (!known.where.includes(where)) known.where.push(where);
    filled.set(form, known);
  };
  const states = Object.values(composed.chart.states);
  for (const { task, title, address } of states)
    for (const form of task?.forms ?? []) note(form, task!.by, task!.title ?? (title || address));
  for (const [id, { form, by, title }] of Object.entries(composed.declared.events))
    if (form !== undefined) note(form, by ?? '', title || id);
  const known = [...filled.keys()];
  const place = (id: string) => (filled.has(id) ? known.indexOf(id) : known.length);
  return used.formFiles
    .flatMap((source): EditableForm[] => {
      if (source.node === null) return [];
      const { by = '', where = [] } = filled.get(source.id) ?? {};
      return [{ id: source.id, schema: dataOf(source.node) as FormSchema, by: by === '' ? null : by, where }];
    })
    .sort((one, other) => place(one.id) - place(other.id));
}

function noticesOf({ composed: { chart, declared } }: Composition): EditableParts['notices'] {
  const when = new Map<string, Set<string>>();
  const note = (notice: string, title: string) => when.set(notice, (when.get(notice) ?? new Set()).add(title));
  for (const state of Object.values(chart.states)) {
    const title = state.label ?? (state.title || state.address);
    for (const { name, transition } of transitionsOfState(state))
      for (const { words } of transition.branches)
        for (const notice of words.notify) note(notice, own(declared.events, name)?.title ?? title);
    for (const notice of [...state.enter.notify, ...state.remind.map((one) => one.notice)]) note(notice, title);
  }
  return Object.fromEntries(
    Object.entries(declared.notices).flatMap(([id, { by, text, inbox, role }]): [string, EditableNotice][] => {
      const sent = when.get(id);
      // What this project never sends need not be worded.
      if (sent === undefined) return [];
      return [
        [id, { by, text, when: [...sent], ...(inbox !== undefined && { inbox }), ...(role !== undefined && { role }) }],
      ];
    }),
  );
}

/** Settings with amounts in them that a table takes its rows from, or that hold an amount themselves. */
function pricedBy({ composed: { settingsSchema } }: Composition): string[] {
  const properties = (settingsSchema.properties ?? {}) as { readonly [name: string]: JsonObject };
  return Object.keys(properties).filter((name) => holdsMoney(properties[name]!));
}

function holdsMoney(schema: JsonObject): boolean {
  if (schema['x-widget'] === 'money') return true;
  return Object.values((schema.properties ?? {}) as { readonly [name: string]: JsonObject }).some(holdsMoney);
}
