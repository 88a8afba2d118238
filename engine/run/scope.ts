import { evaluateText, objectOf, type Scope, type Type, type Types, typeOfSchema } from '../expressions/index.ts';
import type { Composed } from '../model/composed.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { countOf, type World } from './world.ts';

type Parts = Pick<Composed, 'forms' | 'settings' | 'settingsSchema' | 'declared'>;

/** The roots that are no forms. No form may have one of these names. */
export const rootNames = [
  ...['settings', 'facts', 'counters', 'records', 'last', 'people', 'tables', 'event', 'case', 'now', 'today'],
] as const;

/**
 * What expressions see of a world ([EXP-2]). Roots are worked out when they are read.
 * Every declared form, fact, counter and record is there: empty, false, 0, [] when nothing has happened yet.
 */
export function scopeOf(parts: Parts, world: World, at?: (address: string) => boolean): Scope {
  const values: { [root: string]: Json | undefined } = {};
  for (const form of Object.keys(parts.forms)) values[form] = world.forms[form] ?? {};
  values.settings = parts.settings;
  values.event = world.event;
  values.now = world.now;
  values.today = world.today;
  lazily(values, 'case', () => caseOf(parts, world, values));
  values.people = { ...world.people };
  lazily(values, 'facts', () => factsOf(parts, world));
  lazily(values, 'counters', () => countersOf(parts, world));
  lazily(values, 'records', () => recordsOf(parts, world));
  lazily(values, 'last', () => lastOf(parts, world));
  lazily(values, 'tables', () => tablesOf(parts, values));
  const types = typesOf(parts);
  return at === undefined ? { values, types } : { values, types, at };
}

const known = new WeakMap<object, Types>();

/** Types of forms, records and settings: they tell whole decimals from integers. Once per definition. */
function typesOf(parts: Parts): Types {
  let types = known.get(parts.declared);
  if (types === undefined) {
    const schemas = parts.forms;
    const form = (id: string | undefined): Type => typeOfSchema(id === undefined ? undefined : schemas[id]);
    const records = Object.entries(parts.declared.records).map(([id, record]) => [id, form(record.form)] as const);
    const found: { [root: string]: Type } = {
      settings: typeOfSchema(parts.settingsSchema),
      last: objectOf(Object.fromEntries(records)),
      records: objectOf(Object.fromEntries(records.map(([id, of]) => [id, { kind: 'list', of, max: null }]))),
    };
    for (const id of Object.keys(schemas)) found[id] = form(id);
    types = Object.fromEntries(Object.entries(found).map(([root, type]) => [root, { type, optional: false }]));
    known.set(parts.declared, types);
  }
  return types;
}

function lazily(values: { [root: string]: Json | undefined }, name: string, make: () => Json): void {
  Object.defineProperty(values, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(values, name, { value, enumerable: true });
      return value;
    },
  });
}

/** `case.amount` is the workflow's `amount:`; absent while it has none, and inside that expression itself. */
function caseOf(parts: Parts, world: World, values: { readonly [root: string]: Json | undefined }): JsonObject {
  const { number, project, created } = world.identity;
  const { amount } = parts.declared;
  if (amount === undefined) return { number, project, created };
  const { case: _own, ...rest } = Object.getOwnPropertyDescriptors(values);
  const result = evaluateText(amount, {
    values: Object.defineProperties({}, rest) as { [root: string]: Json | undefined },
    types: typesOf(parts),
  });
  const found = result.kind === 'value' && typeof result.value === 'number';
  return found ? { number, project, created, amount: result.value as number } : { number, project, created };
}

function factsOf(parts: Parts, world: World): JsonObject {
  return Object.fromEntries(Object.keys(parts.declared.facts).map((fact) => [fact, world.facts[fact] !== undefined]));
}

function countersOf(parts: Parts, world: World): JsonObject {
  return Object.fromEntries(
    Object.entries(parts.declared.counters).map(([name, counter]) => [
      name,
      countOf(world.counters[name], counter.per, world.today),
    ]),
  );
}

/** An entry shows its data, and `at` and `by` where the data has no field of that name. */
function recordsOf(parts: Parts, world: World): JsonObject {
  return Object.fromEntries(
    Object.keys(parts.declared.records).map((name) => [
      name,
      (world.records[name] ?? []).map((entry): Json => ({ at: entry.at, by: entry.by, ...entry.data })),
    ]),
  );
}

function lastOf(parts: Parts, world: World): JsonObject {
  return Object.fromEntries(
    Object.keys(parts.declared.records).map((name) => [name, world.records[name]?.at(-1)?.data ?? {}]),
  );
}

function tablesOf(parts: Parts, values: { readonly [root: string]: Json | undefined }): JsonObject {
  const { tables: _own, ...rest } = Object.getOwnPropertyDescriptors(values);
  const scope: Scope = { values: Object.defineProperties({}, rest) as { [root: string]: Json | undefined } };
  const found: JsonObject = {};
  for (const [name, table] of Object.entries(parts.declared.tables)) {
    const value = lookUp(parts, table.by, table.is, scope);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** Walks the nested map by the values of the expressions; `else` stands for every other value. */
function lookUp(parts: Parts, by: readonly string[], is: Json, scope: Scope): Json | undefined {
  let here: Json | undefined = typeof is === 'string' ? settingOf(parts.settings, is) : is;
  for (const expression of by) {
    if (here === null || typeof here !== 'object' || Array.isArray(here)) return here;
    const result = evaluateText(expression, scope);
    // `else` stands for other values, not for one that is not there yet.
    if (result.kind !== 'value' || result.value === null) return undefined;
    const key = String(result.value);
    here = Object.hasOwn(here, key) ? here[key] : here.else;
    if (here === undefined) return undefined;
  }
  return here !== null && typeof here === 'object' ? undefined : here;
}

/** `settings.a.b` -> its value; any other text stands for itself. */
export function settingOf(settings: JsonObject, text: string): Json | undefined {
  if (!text.startsWith('settings.')) return text;
  let here: Json | undefined = settings;
  for (const name of text.slice('settings.'.length).split('.')) {
    if (here === null || typeof here !== 'object' || Array.isArray(here)) return undefined;
    here = here[name];
  }
  return here;
}
