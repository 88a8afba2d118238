import { evaluateText, type Node, parse, pathOf, print, references, type Scope } from '../expressions/index.ts';
import { list, object } from '../forms/fields.ts';
import { offered } from '../forms/index.ts';
import { exampleOf } from '../forms/smallest.ts';
import type { CompiledForm, Field } from '../forms/types.ts';
import type { Transition } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { formContext, formOf } from '../run/forms.ts';
import type { World } from '../run/world.ts';
import type { Session } from '../simulate/session.ts';
import { outside } from './choices.ts';
import { leavesOf, termsOf } from './terms.ts';

/** Values to try for a field; null leaves it out. */
export interface Tried {
  readonly form: string;
  readonly name: string;
  readonly values: readonly Json[];
}

/** A field that conditions look at. */
export interface Compared {
  readonly form: string;
  readonly name: string;
  /** What it is compared with. */
  readonly others: readonly Node[];
}

/**
 * Fields of what is sent that make a difference: conditions of these transitions look at them, or conditions anywhere
 * look at them in what these transitions record.
 */
export function comparedFields(
  definition: Definition,
  hearing: readonly Transition[],
  asked: readonly string[],
  own: string,
): readonly Compared[] {
  const found = new Map<string, { form: string; name: string; others: Node[] }>();
  const add = (form: string, name: string, others: readonly Node[]) => {
    const entry = found.get(`${form}.${name}`) ?? { form, name, others: [] };
    entry.others.push(...others);
    found.set(`${form}.${name}`, entry);
  };
  for (const branch of hearing.flatMap((each) => each.branches)) {
    const parsed = branch.if === null ? null : parse(branch.if);
    if (parsed?.kind !== 'parsed') continue;
    for (const leaf of leavesOf(parsed.expression.ast)) {
      for (const { path } of references(leaf)) {
        const [root = '', name, more] = path;
        if (name === undefined || more !== undefined) continue;
        const form = root === 'event' ? own : asked.includes(root) ? root : null;
        if (form !== null) add(form, name, otherSides(leaf, path));
      }
    }
  }
  const recorded = hearing.flatMap(({ branches }) => branches.flatMap(({ words }) => words.record));
  for (const record of new Set(recorded)) {
    for (const text of termsOf(definition).about.get(record) ?? [])
      for (const name of fieldsIn(text)) if (formOf(definition, own)?.field(name)) add(own, name, []);
  }
  return [...found.values()];
}

/** Names behind a dot, as in `last.receipts.amount` and `records.receipts.map(r, r.amount)`. */
function fieldsIn(text: string): readonly string[] {
  return [...text.matchAll(/\.(\w+)(?!\w*\()/g)].map(([, name]) => name as string);
}

/** What stands on the other side of a comparison. */
export function otherSides(leaf: Node, path: readonly string[]): readonly Node[] {
  const sides = Array.isArray(leaf.args) && leaf.op !== 'call' ? (leaf.args as readonly Node[]) : [];
  return sides.filter((side) => {
    if (side === null || typeof side !== 'object' || !('op' in side)) return false;
    return pathOf(side)?.join('.') !== path.join('.');
  });
}

/** Values worth trying for a field, without the one that it has anyway. */
export function valuesOf(
  session: Session,
  world: World,
  compared: Compared,
  scope: Scope,
  usual: Json | undefined,
): readonly Json[] {
  const { definition } = session;
  const { form, name, others } = compared;
  const compiled = formOf(definition, form);
  const field = compiled?.field(name) ?? null;
  const values: Json[] = [];
  if (compiled !== null && field !== null) {
    const context = formContext(definition, world, form);
    if (field.secret !== null) values.push('right', 'wrong', 'expired', 'used');
    values.push(...offered(field, context).map((option) => option.value));
    values.push(...around(field, usual));
    if (isOptional(compiled, field)) values.push(usual === undefined ? (exampleOf(field, context) ?? null) : null);
  } else values.push(...list(schemaOf(session, form, name).enum));
  for (const other of others) {
    const result = evaluateText(print(other), scope);
    if (result.kind !== 'value' || result.value === null) continue;
    const found = Array.isArray(result.value) ? result.value : [result.value];
    for (const value of found) {
      values.push(value);
      if (typeof value === 'number') values.push(value + 1, value - 1);
      if (typeof value === 'string' && values.length === 1)
        values.push(another(session, world, compiled, field, value));
    }
  }
  return [...new Set(values)];
}

/** The schema of a field of what comes from outside; empty where nobody knows. */
function schemaOf(session: Session, form: string, name: string): JsonObject {
  if (form !== outside) return {};
  const { connectors, declared } = session.definition;
  for (const { from } of Object.values(declared.events)) {
    const [connector = '', data = ''] = (from ?? '').split('.');
    const property = object(object(connectors[connector]?.events[data]?.data).properties)[name];
    if (property !== undefined) return object(property);
  }
  return {};
}

/** Another text that the field would take. */
function another(session: Session, world: World, form: CompiledForm | null, field: Field | null, value: string): Json {
  if (form === null || field === null) return `${value}1`;
  const made = exampleOf(field, formContext(session.definition, world, form.id), 7);
  return typeof made === 'string' && made !== value ? made : `${value}甲`;
}

/** For a number: one less, one more, and the least that there may be. */
function around(field: Field, usual: Json | undefined): readonly number[] {
  if (typeof usual !== 'number') return [];
  const { minimum } = field.schema;
  return [usual - 1, usual + 1, ...(typeof minimum === 'number' ? [minimum] : [])];
}

function isOptional(form: CompiledForm, field: Field): boolean {
  return field.required !== true && !list(form.schema.required).includes(field.name);
}

/**
 * What is tried for a field that has a usual value or none; a computed one is another one when something that is chosen,
 * or a number, is.
 */
export function triedFields(
  session: Session,
  world: World,
  compared: Compared,
  scope: Scope,
  usual: JsonObject,
): readonly Tried[] {
  const form = formOf(session.definition, compared.form);
  if (form?.field(compared.name)?.compute == null) {
    const values = valuesOf(session, world, compared, scope, usual[compared.name]);
    return [{ form: compared.form, name: compared.name, values }];
  }
  const context = formContext(session.definition, world, compared.form);
  return form.fields.flatMap((field) => {
    if (field.compute !== null) return [];
    const values = [...offered(field, context).map((option) => option.value), ...around(field, usual[field.name])];
    return values.length > 1 ? [{ form: form.id, name: field.name, values }] : [];
  });
}
