import { parseText } from '../compose/text.ts';
import type { SectionView, TaskView } from '../contract/view.ts';
import { parse, references, type Scope } from '../expressions/index.ts';
import { mask, seenBy } from '../forms/index.ts';
import type { CaseState } from '../model/case.ts';
import { type Actor, standsForOwner } from '../model/command.ts';
import type { Definition, FormSchema, TaskNode } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { openPaths } from '../run/commit.ts';
import { recordSchema } from '../run/record-schema.ts';
import { rootNames } from '../run/scope.ts';
import type { World } from '../run/world.ts';
import { partOf } from './parts.ts';

export interface Showing {
  readonly definition: Definition;
  readonly state: CaseState;
  readonly world: World;
  readonly scope: Scope;
}

/** What a task shows, in its order: first what is read, then what is filled in. */
export function sectionsOf(showing: Showing, task: TaskNode, mine: boolean): readonly SectionView[] {
  const { definition, state, world } = showing;
  const sections: SectionView[] = [];
  for (const shown of task.shows) {
    const section = shownSection(showing, shown, [task.by]);
    if (section !== null) sections.push(section);
  }
  const editable = task.edit === null ? null : openPaths(definition, world, task.edit);
  for (const id of task.forms) {
    const schema = definition.forms[id];
    if (schema === undefined) continue;
    const values = seenBy(schema, state.forms[id] ?? {}, [task.by]);
    const own = editable === null ? null : editable.filter((path) => path === id || path.startsWith(`${id}.`));
    sections.push({
      kind: 'form',
      form: id,
      title: schema.title,
      mode: mine ? 'edit' : 'read',
      values: mine ? values : mask(schema, values),
      editable: own,
    });
  }
  return sections;
}

function shownSection(showing: Showing, shown: string, roles: readonly string[]): SectionView | null {
  const { definition, state, scope } = showing;
  const [root = '', name = ''] = shown.split('.');
  if (root === 'last' || root === 'records') {
    return recordSection(definition, state, name, root === 'last', roles);
  }
  if (root === 'tables') {
    const tables = scope.values.tables as JsonObject;
    const value = tables[name] ?? null;
    const title = definition.declared.tables[name]?.title ?? name;
    return { kind: 'value', id: name, title, format: typeof value === 'number' ? 'money' : 'text', value };
  }
  if (root === 'secrets') {
    return linkSection(definition, state, name, roles);
  }
  return readSection(definition, state, shown, roles);
}

/** A link, once it was made when it is to be handed on to somebody of another role. */
function linkSection(
  definition: Definition,
  state: CaseState,
  name: string,
  roles: readonly string[],
): SectionView | null {
  const secret = definition.declared.secrets[name];
  if (secret === undefined) return null;
  const by = Object.values(definition.chart.states).find(({ task }) => task?.via === name)?.task?.by;
  const other = by !== undefined && !roles.includes(by);
  const made = state.secrets[name];
  if (other && made === undefined) return null;
  return {
    kind: 'link',
    secret: name,
    title: secret.title,
    validUntil: made?.validUntil ?? null,
    ...(other && { to: partOf(definition, by) }),
  };
}

/**
 * A form (`form`) or one of its fields (`form.field`) to be read by these roles, masked; null when nothing of it was
 * filled in yet.
 */
export function readSection(
  definition: Definition,
  state: CaseState,
  shown: string,
  roles: readonly string[],
): SectionView | null {
  const [id = '', field] = shown.split('.');
  const schema = definition.forms[id];
  if (schema === undefined) return null;
  const seen = seenBy(schema, state.forms[id] ?? {}, roles);
  const values = field === undefined ? seen : onlyField(seen, field);
  if (Object.keys(values).length === 0) return null;
  return { kind: 'form', form: id, title: schema.title, mode: 'read', values: mask(schema, values), editable: null };
}

function onlyField(values: JsonObject, field: string): JsonObject {
  const value = Object.hasOwn(values, field) ? values[field] : undefined;
  return value === undefined ? {} : { [field]: value };
}

function recordSection(
  definition: Definition,
  state: CaseState,
  name: string,
  newest: boolean,
  roles: readonly string[],
): SectionView | null {
  const record = definition.declared.records[name];
  const all = state.records[name] ?? [];
  if (record === undefined || all.length === 0) return null;
  const schema = recordSchema(definition, name);
  const entries = (newest ? all.slice(-1) : all).map((entry) => ({
    at: entry.at,
    data: schema === null ? entry.data : mask(schema, seenBy(schema, entry.data, roles)),
  }));
  return {
    kind: 'record',
    record: name,
    title: record.title,
    form: record.form ?? null,
    schema: record.form === undefined ? schema : null,
    entries,
  };
}

/**
 * What the conditions, hints and checks of the task's forms and of its dialogues read outside of the task: other forms'
 * values, and roots of the process. Masked for everybody but the owner and whoever came by the task's link, who typed
 * them. Null when they read nothing else.
 */
export function contextOf(
  showing: Showing,
  task: TaskNode,
  dialogues: readonly string[],
  viewer: Actor,
): TaskView['context'] | null {
  const { definition, state, scope } = showing;
  const plainly = standsForOwner(viewer, state.owner) || (viewer.via !== undefined && viewer.via === task.via);
  const own = new Set(task.forms);
  const forms: { [form: string]: JsonObject } = {};
  const roots: { [root: string]: Json } = {};
  for (const id of [...task.forms, ...dialogues]) {
    for (const [root = '', name = ''] of readsOf(definition.forms[id])) {
      if (own.has(root) || root === 'settings' || root === 'event') continue;
      const schema = definition.forms[root];
      if (schema !== undefined) {
        const committed = state.forms[root] ?? {};
        const values = plainly ? committed : mask(schema, seenBy(schema, committed, viewer.roles));
        const value = values[name];
        if (name === everything) forms[root] = { ...values, ...forms[root] };
        else if (value !== undefined) forms[root] = { ...forms[root], [name]: value };
        else forms[root] ??= {};
      } else if ((rootNames as readonly string[]).includes(root)) {
        const value = scope.values[root];
        if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
          const inner = value[name];
          const before = roots[root];
          const kept = before !== null && typeof before === 'object' && !Array.isArray(before) ? before : {};
          roots[root] = inner === undefined ? kept : { ...kept, [name]: inner };
        } else if (value !== undefined) {
          roots[root] = value;
        }
      }
    }
  }
  if (Object.keys(forms).length === 0 && Object.keys(roots).length === 0) return null;
  return Object.keys(roots).length === 0 ? { forms } : { forms, roots };
}

/** Stands for every field of a form, where a summary shows all of it. */
const everything = '*';

const reads = new WeakMap<object, readonly (readonly string[])[]>();

/** Paths that the expressions and summaries anywhere in a form's schema read. */
function readsOf(schema: FormSchema | undefined): readonly (readonly string[])[] {
  if (schema === undefined) return [];
  let found = reads.get(schema);
  if (found === undefined) {
    const paths: (readonly string[])[] = [];
    collect(schema, '', paths);
    // Nothing is read deeper than a field, and nothing twice.
    const others = paths.filter((path) => !Object.hasOwn(schema.properties, path[0] ?? ''));
    found = [...new Map(others.map(([root = '', name = '']) => [`${root}.${name}`, [root, name]])).values()];
    reads.set(schema, found);
  }
  return found;
}

const expressionKeys = new Set(['x-visible', 'x-required', 'x-readonly', 'x-compute', 'x-prefill', 'if']);

function collect(value: Json, key: string, found: (readonly string[])[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, key, found);
    return;
  }
  if (value !== null && typeof value === 'object') {
    const options = value.from;
    if (key === 'x-copy' && typeof options === 'string') {
      const fields = value.fields;
      if (fields !== null && typeof fields === 'object' && !Array.isArray(fields)) {
        for (const field of Object.values(fields)) if (typeof field === 'string') found.push([options, field]);
      }
    }
    if (key === 'x-options' && typeof options === 'string') found.push(options.split('.'));
    for (const [name, inner] of Object.entries(value)) collect(inner, name, found);
    return;
  }
  if (typeof value !== 'string') return;
  if (key === 'x-summary') {
    const [form = '', field = everything] = value.split('.');
    found.push([form, field]);
    return;
  }
  const texts = expressionKeys.has(key)
    ? [value]
    : parseText(value).flatMap((part) =>
        part.kind === 'place' && part.place.kind === 'expression' ? [part.place.text] : [],
      );
  for (const text of texts) {
    const parsed = parse(text);
    if (parsed.kind === 'parsed') for (const each of references(parsed.expression.ast)) found.push(each.path);
  }
}
