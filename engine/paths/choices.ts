import { evaluateText, type Scope } from '../expressions/index.ts';
import { settle, validateForm } from '../forms/index.ts';
import type { Transition } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { activeStates, atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { formContext, formOf } from '../run/forms.ts';
import { hear } from '../run/hearing.ts';
import { scopeOf } from '../run/scope.ts';
import { type World, worldOf } from '../run/world.ts';
import { actorFor, completeCommand } from '../simulate/complete.ts';
import { outsideData } from '../simulate/sample.ts';
import { envOf, type Session } from '../simulate/session.ts';
import { flagged, touched } from './corrections.ts';
import { termsOf } from './terms.ts';
import { comparedFields, type Tried, triedFields } from './values.ts';

/** Values that differ from the smallest complete ones: of the task's forms and the dialogue, or of what comes from outside. */
export type Values = { readonly [form: string]: JsonObject };

/** A way of sending an event. */
export interface Choice {
  readonly values: Values;
  /** Which branch each transition that hears it will take, and what conditions will find in what it records. */
  readonly goes: string;
}

/** The place of the event's own data in a choice: the dialogue's id, or this for what comes from outside. */
export const outside = 'event';

/** At most so many combinations of values are looked at for one event. */
const mostCombinations = 256;

/**
 * Ways of sending an event that make a difference: the smallest complete values first, then, for each other way in which
 * its branches, or conditions about what it records, come out, the first values that are valid and come out so. They are
 * found by comparing what the conditions compare: every value of an enum, the other side of a comparison, one step to
 * either side of it, with and without what need not be filled in. [PTH-3]
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
  const compared = comparedFields(definition, hearing, asked, own);
  const choices: Choice[] = [];
  if (compared.length === 0) choices.push({ values: {}, goes: '' });
  else {
    const usual = usualValues(session, event);
    const worldWith = (choice: Values): World => {
      const forms = { ...state.forms };
      for (const id of asked) forms[id] = settled(session, world, id, laid(usual.forms[id], choice[id]), choice[id]);
      return { ...world, forms, event: settled(session, world, own, laid(usual.event, choice[own]), choice[own]) };
    };
    const isValid = (choice: Values) => {
      const forms = [...asked.map((id) => [id, usual.forms[id]] as const), [own, usual.event] as const];
      return forms.every(([id, values]) => isAccepted(session, world, id, laid(values, choice[id]), choice[id]));
    };
    const tell = (choice: Values) => outcomeOf(definition, hearing, worldWith(choice), atOf(configuration));
    const first = tell({});
    choices.push({ values: {}, goes: first });
    const seen = new Set([first]);
    const scope = scopeOf(definition, worldWith({}), atOf(configuration));
    const usualOf = (form: string) => (form === own ? usual.event : (usual.forms[form] ?? {}));
    const fields = compared.flatMap((one) => triedFields(session, world, one, scope, usualOf(one.form)));
    for (const values of combinations(fields)) {
      const goes = tell(values);
      if (seen.has(goes) || !isValid(values)) continue;
      seen.add(goes);
      choices.push({ values, goes });
    }
  }
  const edit = heard?.saves === 'complete' ? (heard.task?.task.edit ?? null) : null;
  const corrections = [
    ...(declared.form === undefined ? [] : flagged(session, world, declared.form)),
    ...(edit === null ? [] : [touched(session, world, edit)]),
  ];
  return [...choices, ...corrections.map((values) => ({ values, goes: '' }))];
}

/** Values over others; null takes a field away. */
function laid(values: JsonObject = {}, over: JsonObject = {}): JsonObject {
  return Object.fromEntries(Object.entries({ ...values, ...over }).filter(([, value]) => value !== null));
}

/** Other values than the usual ones compute others. */
function settled(session: Session, world: World, id: string, values: JsonObject, chosen: JsonObject | undefined) {
  const form = chosen === undefined ? null : formOf(session.definition, id);
  return form === null ? values : settle(form, values, formContext(session.definition, world, id)).values;
}

/** What is chosen does not make the form invalid by itself: what it asks for besides is filled in when it is sent. */
function isAccepted(session: Session, world: World, id: string, values: JsonObject, chosen: JsonObject | undefined) {
  const form = chosen === undefined ? null : formOf(session.definition, id);
  if (form === null || chosen === undefined) return true;
  const errors = validateForm(form, values, formContext(session.definition, world, id));
  return !errors.some(({ path }) => chosen[path.slice(id.length + 1)] != null);
}

/** What somebody would send who fills in no more than is asked for. */
function usualValues(session: Session, event: string): { readonly forms: Values; readonly event: JsonObject } {
  const { definition, state } = session;
  if (definition.declared.events[event]?.by === undefined)
    return { forms: {}, event: outsideData(definition, state, event, envOf(session)) };
  const command = completeCommand(session, event, actorFor(session, event));
  return { forms: command.forms ?? {}, event: command.data ?? {} };
}

/** One value each, then two at a time and so on; bounded. */
function* combinations(fields: readonly Tried[]): Generator<Values> {
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

/** Which branch each hearing transition would take, and what conditions find afterwards in what these record. */
function outcomeOf(
  definition: Definition,
  hearing: readonly Transition[],
  world: World,
  at: (address: string) => boolean,
): string {
  const scope = scopeOf(definition, world, at);
  const branches = hearing.map((transition) =>
    transition.branches.findIndex((branch) => {
      if (branch.if === null) return true;
      const result = evaluateText(branch.if, scope);
      return result.kind === 'value' && result.value === true;
    }),
  );
  const recorded = hearing.flatMap(
    (transition, index) => transition.branches[branches[index] ?? -1]?.words.record ?? [],
  );
  if (recorded.length === 0) return branches.join(' ');
  const records = { ...world.records };
  for (const name of recorded)
    records[name] = [...(records[name] ?? []), { at: world.now, by: world.actor, data: world.event }];
  return `${branches.join(' ')} ${foundIn(definition, recorded, scopeOf(definition, { ...world, records }, at))}`;
}

function foundIn(definition: Definition, records: readonly string[], scope: Scope): string {
  const { about } = termsOf(definition);
  const texts = new Set(records.flatMap((name) => about.get(name) ?? []));
  return [...texts]
    .map((text) => {
      const result = evaluateText(text, scope);
      return result.kind === 'value' ? String(result.value) : '?';
    })
    .join(' ');
}
