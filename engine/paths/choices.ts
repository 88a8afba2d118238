import { evaluateText, type Node, parse, pathOf, print, references, type Scope } from '../expressions/index.ts';
import { list, object } from '../forms/fields.ts';
import { offered, settle, smallest } from '../forms/index.ts';
import type { CompiledForm, Field } from '../forms/types.ts';
import type { Transition } from '../model/composed.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { openPaths } from '../run/commit.ts';
import { activeStates, atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { formContext, formOf } from '../run/forms.ts';
import { hear } from '../run/offers.ts';
import { scopeOf } from '../run/scope.ts';
import { type World, worldOf } from '../run/world.ts';
import { actorFor, completeCommand } from '../simulate/complete.ts';
import { outsideData } from '../simulate/sample.ts';
import { envOf, type Session } from '../simulate/session.ts';
import { leavesOf } from './terms.ts';

/** Values that differ from the smallest complete ones: of the task's forms and the dialogue, or of what comes from outside. */
export type Choice = { readonly [form: string]: JsonObject };

/** The place of the event's own data in a choice: the dialogue's id, or this for what comes from outside. */
export const outside = 'event';

/** At most so many combinations of values are looked at for one event. */
const mostCombinations = 256;

/**
 * Ways of sending an event that make its branches differ: the smallest complete values first, then, for each branch
 * that would be taken with other values, the first such values. They are found by comparing what the conditions
 * compare: every value of an enum, the other side of a comparison, and one step to either side of it.
 */
export function choicesFor(session: Session, event: string): readonly Choice[] {
  const { definition, state } = session;
  const declared = definition.declared.events[event];
  if (declared === undefined) return [];
  const configuration = configurationOf(state.active);
  const heard = declared.by === undefined ? null : hear(definition, configuration, event, declared);
  const hearing = activeStates(definition, configuration).flatMap((each) =>
    [each.on[event], each.follow[event]].filter((one): one is Transition => one !== undefined),
  );
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf(session));
  const asked = heard?.saves === 'complete' ? (heard.task?.task.forms ?? []) : [];
  const own = declared.form ?? outside;
  const compared = comparedFields(hearing, asked, own);
  const choices: Choice[] = [{}];
  if (compared.length > 0) {
    const usual = usualValues(session, event);
    const scopeWith = (choice: Choice): Scope => {
      const forms = { ...state.forms };
      for (const id of asked)
        forms[id] = settled(session, world, id, { ...usual.forms[id], ...choice[id] }, choice[id]);
      const sent = { ...usual.event, ...choice[own] };
      return scopeOf(definition, { ...world, forms, event: sent }, atOf(configuration));
    };
    const scope = scopeWith({});
    const seen = new Set([signature(hearing, scope)]);
    const fields = compared.flatMap((one) => triedFields(session, world, one, scope));
    for (const choice of combinations(fields)) {
      const key = signature(hearing, scopeWith(choice));
      if (seen.has(key)) continue;
      seen.add(key);
      choices.push(choice);
    }
  }
  const edit = heard?.saves === 'complete' ? (heard.task?.task.edit ?? null) : null;
  if (declared.form !== undefined) choices.push(...flagged(session, world, declared.form));
  if (edit !== null) choices.push(touched(session, world, edit));
  return choices;
}

/** What is tried for a field; a computed one is another one when something that can be chosen is. */
function triedFields(session: Session, world: World, compared: Compared, scope: Scope): readonly Tried[] {
  const form = formOf(session.definition, compared.form);
  if (form?.field(compared.name)?.compute == null)
    return [{ form: compared.form, name: compared.name, values: valuesOf(session, world, compared, scope) }];
  const context = formContext(session.definition, world, compared.form);
  return form.fields.flatMap((field) => {
    const values = field.compute === null ? offered(field, context).map((option) => option.value) : [];
    return values.length > 1 ? [{ form: form.id, name: field.name, values }] : [];
  });
}

/** Other values than the usual ones compute others. */
function settled(session: Session, world: World, id: string, values: JsonObject, chosen: JsonObject | undefined) {
  const form = chosen === undefined ? null : formOf(session.definition, id);
  return form === null ? values : settle(form, values, formContext(session.definition, world, id)).values;
}

/** What somebody would send who fills in no more than is asked for. */
function usualValues(session: Session, event: string): { readonly forms: Choice; readonly event: JsonObject } {
  const { definition, state } = session;
  if (definition.declared.events[event]?.by === undefined)
    return { forms: {}, event: outsideData(definition, state, event, envOf(session)) };
  const command = completeCommand(session, event, actorFor(session, event));
  return { forms: command.forms ?? {}, event: command.data ?? {} };
}

interface Tried {
  readonly form: string;
  readonly name: string;
  readonly values: readonly Json[];
}

interface Compared {
  readonly form: string;
  readonly name: string;
  /** What it is compared with. */
  readonly others: readonly Node[];
}

/** Fields of what is sent that the conditions of these transitions look at. */
function comparedFields(hearing: readonly Transition[], asked: readonly string[], own: string): readonly Compared[] {
  const found = new Map<string, { form: string; name: string; others: Node[] }>();
  for (const branch of hearing.flatMap((each) => each.branches)) {
    const parsed = branch.if === null ? null : parse(branch.if);
    if (parsed?.kind !== 'parsed') continue;
    for (const leaf of leavesOf(parsed.expression.ast)) {
      for (const { path } of references(leaf)) {
        const [root = '', name, more] = path;
        if (name === undefined || more !== undefined) continue;
        const form = root === 'event' ? own : asked.includes(root) ? root : null;
        if (form === null) continue;
        const key = `${form}.${name}`;
        const entry = found.get(key) ?? { form, name, others: [] };
        entry.others.push(...otherSides(leaf, path));
        found.set(key, entry);
      }
    }
  }
  return [...found.values()];
}

function otherSides(leaf: Node, path: readonly string[]): readonly Node[] {
  const sides = Array.isArray(leaf.args) && leaf.op !== 'call' ? (leaf.args as readonly Node[]) : [];
  return sides.filter((side) => {
    if (side === null || typeof side !== 'object' || !('op' in side)) return false;
    return pathOf(side)?.join('.') !== path.join('.');
  });
}

/** Values worth trying for a field, without the one that it has anyway. */
function valuesOf(session: Session, world: World, compared: Compared, scope: Scope): readonly Json[] {
  const { definition } = session;
  const { form, name, others } = compared;
  const compiled = formOf(definition, form);
  const field = compiled?.field(name) ?? null;
  const values: Json[] = [];
  if (field !== null) {
    if (field.secret !== null) values.push('right', 'wrong', 'expired', 'used');
    values.push(...offered(field, formContext(definition, world, form)).map((option) => option.value));
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
  const made = smallest(form, formContext(session.definition, world, form.id), { seed: 7 })[field.name];
  return typeof made === 'string' && made !== value ? made : `${value}甲`;
}

/** One value each, then two at a time and so on; bounded. */
function* combinations(fields: readonly Tried[]): Generator<Choice> {
  let count = 0;
  const sizes = Array.from({ length: fields.length }, (_, index) => index + 1);
  for (const size of sizes) {
    for (const chosen of subsets(fields, size)) {
      for (const values of product(chosen.map((field) => field.values))) {
        if (count++ >= mostCombinations) return;
        const choice: { [form: string]: JsonObject } = {};
        chosen.forEach(({ form, name }, index) => {
          choice[form] = { ...choice[form], [name]: values[index] as Json };
        });
        yield choice;
      }
    }
  }
}

function* subsets<T>(items: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index + size <= items.length; index++)
    for (const rest of subsets(items, size - 1, index + 1)) yield [items[index] as T, ...rest];
}

function* product(lists: readonly (readonly Json[])[]): Generator<readonly Json[]> {
  const [first, ...rest] = lists;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const value of first) for (const more of product(rest)) yield [value, ...more];
}

/** Which branch each hearing transition would take. */
function signature(hearing: readonly Transition[], scope: Scope): string {
  return hearing
    .map(({ branches }) =>
      branches.findIndex((branch) => {
        if (branch.if === null) return true;
        const result = evaluateText(branch.if, scope);
        return result.kind === 'value' && result.value === true;
      }),
    )
    .join(' ');
}

/**
 * A dialogue that flags fields of other forms (退回): one way for each set of facts that hang on a field, so that what
 * the correction voids is tried.
 */
function flagged(session: Session, world: World, id: string): readonly Choice[] {
  const form = formOf(session.definition, id);
  const field = form?.fields.find((each) => each.kind === 'flags');
  if (form == null || field === undefined) return [];
  const { definition } = session;
  const open = new Set(
    Object.values(definition.chart.states).flatMap((state) => (state.task?.edit == null ? [] : state.task.forms)),
  );
  const choices = new Map<string, Choice>();
  for (const path of [...open].flatMap((form) =>
    Object.keys(world.forms[form] ?? {}).map((name) => `${form}.${name}`),
  )) {
    const [root = '', name = ''] = path.split('.');
    const flag = formOf(definition, root)?.field(name) ?? null;
    if (flag === null || flag.compute !== null || flag.agreements.length > 0) continue;
    if (offered(flag, formContext(definition, world, root)).length === 1) continue;
    const facts = Object.entries(definition.declared.facts)
      .filter(([, fact]) => fact.about.some((about) => about === root || about === path))
      .map(([fact]) => fact)
      .join(' ');
    if (choices.has(facts)) continue;
    const context = formContext(definition, world, id);
    const made = list(smallest(form, context)[field.name])[0];
    choices.set(facts, { [id]: { [field.name]: [{ ...object(made), field: path }] } });
  }
  return [...choices.values()];
}

/** Every open field with another value than the one that is committed. */
function touched(session: Session, world: World, edit: string): Choice {
  const { definition } = session;
  const choice: { [form: string]: JsonObject } = {};
  for (const path of openPaths(definition, world, edit)) {
    const [id = '', name = ''] = path.split('.');
    const form = formOf(definition, id);
    const field = form?.field(name) ?? null;
    if (form === null || field === null) continue;
    const context = formContext(definition, world, id);
    const now = world.forms[id]?.[name];
    const options = offered(field, context).map((option) => option.value);
    const others = [...options, smallest(form, context, { seed: 3 })[name], anew(now)];
    const value = others.find((each) => each !== undefined && JSON.stringify(each) !== JSON.stringify(now));
    if (value !== undefined) choice[id] = { ...choice[id], [name]: value };
  }
  return choice;
}

/** The same text with a word behind it: what has no other source of another value. */
function anew(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? `${value}二` : undefined;
}
