import type { Composition } from '../compose/index.ts';
import { rowsOf } from '../compose/kept.ts';
import { any, bool, int, objectOf, type Type, type Types, text, typeOfSchema } from '../expressions/index.ts';
import { committedSchema } from '../forms/committed.ts';
import type { Chart, Composed } from '../model/composed.ts';
import type { ConnectorDefinition, DeclaredParts, FormSchema } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { once, Remembered } from '../model/once.ts';
import { own } from '../model/own.ts';

/** What the types of events and records are found in. */
type Processed = Pick<Composition, 'written'> & {
  readonly declared: Pick<DeclaredParts, 'events' | 'records'>;
  readonly composed: Pick<Composed, 'forms' | 'connectors'>;
};

const processes = new WeakMap<Composition, Types>();
const shared = new Remembered<Types>();

/**
 * What expressions of the process see, but for `event`: every declared form, record, table … by its type. Projects that
 * declare the same have the same types, and what was found of an expression under them holds for all.
 */
export function typesOf(composition: Composition): Types {
  const types = processes.get(composition) ?? shared.of(...givenTo(composition), () => makeTypes(composition));
  processes.set(composition, types);
  return types;
}

/** All that the types are made of: of the settings only which there are, and the rows of tables that stand in one. */
function givenTo({ declared, composed }: Composition): [objects: readonly object[], text: string] {
  const { facts, counters, records, people, tables } = declared;
  const names = Object.keys(composed.settings);
  const rows = Object.values(tables).map(({ is }) => (typeof is === 'string' ? rowsOf(is, composed.settings) : null));
  return [
    [composed.settingsSchema, composed.connectors, facts, counters, records, people, tables, ...formsIn(composed)],
    JSON.stringify([Object.keys(composed.forms), names, rows]),
  ];
}

function formsIn({ forms }: Composition['composed']): readonly FormSchema[] {
  return Object.values(forms);
}

function makeTypes(composition: Composition): Types {
  const { declared, composed } = composition;
  const roots: { [root: string]: Type } = {};
  for (const [id, schema] of Object.entries(composed.forms)) roots[id] = formType(schema);
  const records = Object.fromEntries(
    Object.entries(declared.records).map(([id, record]) => [id, recordType(composition, record)] as const),
  );
  roots.settings = settingsType(composed.settingsSchema, composed.settings);
  roots.facts = objectOf(mapped(declared.facts, () => bool));
  roots.counters = objectOf(mapped(declared.counters, () => int));
  roots.records = objectOf(mapped(records, (type): Type => ({ kind: 'list', of: withEntry(type), max: 1000 })));
  roots.last = objectOf(records);
  roots.people = objectOf(mapped(declared.people, () => text));
  roots.tables = objectOf(mapped(declared.tables, (table) => tableType(table.is, composed.settings)));
  roots.case = {
    kind: 'object',
    fields: {
      ...Object.fromEntries(
        Object.entries({ number: text, project: text, created: int }).map(([name, type]) => [
          name,
          { type, optional: false },
        ]),
      ),
      // What the workflow's `amount:` comes to; not there while it has none.
      amount: { type: int, optional: true },
    },
  };
  roots.now = int;
  roots.today = text;
  roots.workdays = { kind: 'list', of: text, max: 100 };
  return Object.fromEntries(Object.entries(roots).map(([name, type]) => [name, { type, optional: false }]));
}

/** The same with the data of one event or outcome. */
export function withEvent(types: Types, event: Type | null): Types {
  return event === null ? types : around(types)(event);
}

const around = once((types: Types) =>
  once((event: Type): Types => ({ ...types, event: { type: event, optional: false } })),
);

/** The same with the fields of a form, or of a group of one, by bare name over everything around. */
export function withFields(types: Types, own: Type): Types {
  return own.kind === 'object' ? inside(types)(own) : types;
}

const inside = once((types: Types) =>
  once((own: Type): Types => (own.kind === 'object' ? { ...types, ...own.fields } : types)),
);

/** Data of an event: its dialogue form, or what the connector sends. Null when it has none. */
export function eventType(process: Processed, name: string): Type | null {
  const event = own(process.declared.events, name);
  if (event === undefined) return any;
  if (event.form !== undefined) {
    const schema = own(process.composed.forms, event.form);
    return schema === undefined ? any : formType(schema);
  }
  if (event.from !== undefined) return connectorType(process.composed.connectors, event.from);
  // A correction knows which of the open fields it left as they were.
  const corrects = correctionsOf(process).has(name);
  return corrects ? correction : null;
}

const correction = objectOf({ untouched: { kind: 'list', of: text, max: 100 } });
const nothing = objectOf({});

const corrections = new WeakMap<Chart, ReadonlySet<string>>();

/** Events of the states whose task corrects. Looked for once: every transition of a chart asks. */
function correctionsOf(process: Processed): ReadonlySet<string> {
  let events = corrections.get(process.written);
  if (events === undefined) {
    const states = Object.values(process.written.states).filter((state) => state.task?.edit != null);
    events = new Set(states.flatMap((state) => Object.keys(state.on)));
    corrections.set(process.written, events);
  }
  return events;
}

/** Data of `connector.event`, `connector.operation` (every outcome's) or `connector.operation.OUTCOME`. */
export function connectorType(connectors: { readonly [id: string]: ConnectorDefinition }, name: string): Type {
  const [id, part, outcome] = name.split('.');
  const connector = own(connectors, id);
  const event = connector?.events[part ?? ''];
  if (event !== undefined) return typeOfSchema(event.data);
  const operation = connector?.operations[part ?? ''];
  if (operation === undefined) return any;
  if (outcome === undefined) return any;
  const data = operation.outcomes[outcome]?.data;
  return data === undefined ? nothing : typeOfSchema(data);
}

const committed = new WeakMap<FormSchema, Type>();

/** What a form's committed values look like. A computed field has a value whenever the form has been committed. */
export function formType(schema: FormSchema): Type {
  const type = committed.get(schema) ?? makeFormType(schema);
  committed.set(schema, type);
  return type;
}

function makeFormType(schema: FormSchema): Type {
  const type = typeOfSchema(committedSchema(schema));
  if (type.kind !== 'object') return type;
  const fields = Object.entries(type.fields).map(([name, field]) => {
    const property = schema.properties[name];
    const computed = property !== undefined && 'x-compute' in property && !('x-visible' in property);
    return [name, computed ? { ...field, optional: false } : field] as const;
  });
  return { kind: 'object', fields: Object.fromEntries(fields) };
}

function recordType(process: Processed, record: { readonly form?: string; readonly of?: string }): Type {
  if (record.form !== undefined) {
    const schema = own(process.composed.forms, record.form);
    return schema === undefined ? any : formType(schema);
  }
  return record.of === undefined ? objectOf({}) : connectorType(process.composed.connectors, record.of);
}

/** What an entry of the record looks like; anything, when there is no such record. */
export function entryType(process: Processed, record: string): Type {
  const declared = process.declared.records[record];
  return declared === undefined ? any : withEntry(recordType(process, declared));
}

/** An entry of a record has, beside its data, when it came and who sent it. */
function withEntry(type: Type): Type {
  if (type.kind !== 'object') return type;
  return {
    kind: 'object',
    fields: { at: { type: int, optional: false }, by: { type: any, optional: false }, ...type.fields },
  };
}

/** A setting that has a value is there; the schema need not require it. */
function settingsType(schema: JsonObject, settings: JsonObject): Type {
  const type = typeOfSchema(schema);
  if (type.kind !== 'object') return any;
  return {
    kind: 'object',
    fields: Object.fromEntries(
      Object.entries(type.fields).map(([name, field]) => [
        name,
        { ...field, optional: field.optional && !(name in settings) },
      ]),
    ),
  };
}

/** The common type of a table's leaves. */
function tableType(is: Json, settings: JsonObject): Type {
  const leaves: Json[] = [];
  const visit = (value: Json | undefined) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      for (const inner of Object.values(value)) visit(inner);
    else if (value !== undefined) leaves.push(value);
  };
  visit(rowsOf(is, settings));
  if (leaves.length === 0) return any;
  return typeOfSchema({ enum: [...new Set(leaves.map((leaf) => (typeof leaf === 'object' ? null : leaf)))] as Json[] });
}

function mapped<T>(map: { readonly [name: string]: T }, change: (value: T) => Type): { [name: string]: Type } {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}
