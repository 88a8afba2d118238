import { parseText } from '../compose/text.ts';
import { parse, references as readBy } from '../expressions/index.ts';
import { fieldsOf } from '../forms/fields.ts';
import { isSeenBy } from '../forms/seen.ts';
import type { FormSchema } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { own } from '../model/own.ts';
import { entries, get, issueAt, listed, text } from '../read/index.ts';
import type { Process } from './process.ts';
import { type ProcessRule, unknown, valueAt } from './rule.ts';

/** A field with `x-seen-by` stands in no task of another role: neither to be read, nor to be filled in, nor printed. */
export const privacy: ProcessRule = {
  id: 'privacy',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    checkRoles(process, issues);
    for (const state of Object.values(process.written.states)) {
      const { task } = state;
      if (task === null) continue;
      const show = (key: 'forms' | 'shows' | 'documents', index: number, paths: readonly Path[]) => {
        const at = `${state.address}.task.${key}`;
        const place = process.places.has(`${at}.${index}`) ? `${at}.${index}` : at;
        checkShown(process, task.by, paths, place, issues);
      };
      for (const [index, form] of task.forms.entries()) show('forms', index, [[form], ...summarised(process, form)]);
      for (const [index, shown] of task.shows.entries()) show('shows', index, [pathOf(process, shown)]);
      for (const [index, id] of task.documents.entries()) show('documents', index, printed(process, id));
    }
    return issues;
  },
};

/** What the summaries of a form show. */
function summarised(process: Process, form: string): readonly Path[] {
  const schema = own(process.composed.forms, form);
  return schema === undefined ? [] : summariesOf(schema);
}

const summariesOf = once((schema: FormSchema): readonly Path[] =>
  fieldsOf(schema)
    .flatMap((field) => field.summary)
    .map((path) => path.split('.') as [string, string?]),
);

/** A form, or a field of it. */
type Path = readonly [form: string, field?: string | undefined];

function checkShown(process: Process, role: string, paths: readonly Path[], at: string, issues: Issue[]): void {
  for (const [form, only] of paths) {
    const schema: FormSchema | undefined = own(process.composed.forms, form);
    if (schema === undefined || !restricts(schema)) continue;
    const shown = Object.keys(schema.properties).filter((field) => only === undefined || field === only);
    const seen = shown.filter((field) => isSeenBy(schema.properties[field]!, [role]));
    for (const field of shown) {
      if (seen.includes(field)) continue;
      const params = { name: `${form}.${field}`, role };
      const proposal = seen.length === 0 ? undefined : seen.map((other) => `${form}.${other}`).join(', ');
      issues.push(issueAt(valueAt(process, at), 'field-not-for-role', params, { path: at, proposal }));
    }
  }
}

/** Whether any field of the form is not for everybody. */
const restricts = once((schema: FormSchema): boolean =>
  Object.values(schema.properties).some((property) => 'x-seen-by' in property),
);

/** What an entry of `shows` shows: a form, a field, the form of a record. */
function pathOf(process: Process, shown: string): Path {
  const [root = '', name, field] = shown.split('.');
  if (root !== 'last' && root !== 'records') return [root, name];
  return [own(process.declared.records, name)?.form ?? '', field];
}

function printed(process: Process, id: string): readonly Path[] {
  const document = own(process.composed.documents, id);
  return document === undefined ? [] : fieldsPrinted(document);
}

/** Fields that a document prints. */
const fieldsPrinted = once((document: JsonObject): readonly Path[] => {
  const found = new Map<string, Path>();
  const read = (source: string) => {
    const parsed = parse(source);
    if (parsed.kind === 'failed') return;
    for (const { path } of readBy(parsed.expression.ast))
      if (path[1] !== undefined) found.set(path.slice(0, 2).join('.'), [path[0]!, path[1]]);
  };
  const visit = (value: Json, key: string) => {
    if (Array.isArray(value)) for (const item of value) visit(item, key);
    else if (value !== null && typeof value === 'object')
      for (const [inner, part] of Object.entries(value)) visit(part, inner);
    else if (typeof value === 'string' && key === 'value') read(value);
    else if (typeof value === 'string')
      for (const part of parseText(value))
        if (part.kind === 'place' && part.place.kind === 'expression') read(part.place.text);
  };
  visit(document, '');
  return [...found.values()];
});

/** The roles that forms name are roles of the process. */
function checkRoles(process: Process, issues: Issue[]): void {
  const known = Object.keys(process.composed.roles);
  for (const source of process.used.forms)
    for (const [field, entry] of entries(get(source.node ?? undefined, 'properties')))
      for (const item of listed(get(entry.value, 'x-seen-by'))) {
        const role = text(item) ?? '';
        if (!known.includes(role))
          issues.push(unknown(item.origin, 'unknown-role', role, known, `${source.id}.${field}`));
      }
}
