import { fieldsOf } from '../forms/fields.ts';
import { compileForm } from '../forms/index.ts';
import type { Field } from '../forms/types.ts';
import type { CaseState, JournalEntry, Parked, RecordEntry } from '../model/case.ts';
import type { Calendar, Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { dayOf, environmentFor } from '../run/calendar.ts';
import { atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { heldBy } from '../run/held.ts';
import { recordSchema } from '../run/record-schema.ts';
import { scopeOf } from '../run/scope.ts';
import { sharesOf } from '../run/shares.ts';
import { worldOf } from '../run/world.ts';
import { askedNow } from './calls.ts';
import { Fictions } from './fictions.ts';
import { contextFor, mended } from './forms.ts';
import { anonymousEntry } from './journal.ts';
import { Leak, leaksIn } from './leaks.ts';
import { personsOf } from './persons.ts';
import { anonymousValues, type Mode, type Replacing } from './values.ts';
import { vocabularyOf } from './vocabulary.ts';

/** A case in which everybody and everything is invented, where the original stands. */
export interface Anonymous {
  readonly state: CaseState;
  readonly journal: readonly JournalEntry[];
}

/**
 * The case with everything replaced that a person or another system put into it: values of forms and records by their
 * fields, files by samples, ids, people, keys. What stays is what the definition itself says (states, choices from closed
 * lists, ticks) and what the process counts with (times, amounts, counters).
 * @param calendar the hall's, as for `step`
 * @throws Leak when something of the original is in it all the same
 */
export function anonymise(definition: Definition, original: Anonymous, calendar: Calendar): Anonymous {
  const { state, journal } = original;
  const env = environmentFor(definition, { now: state.updatedAt, calendar });
  const vocabulary = vocabularyOf(definition);
  const fictions = new Fictions(dayOf(env.now, env.calendar));
  const person = personsOf(definition, state, journal);
  const how = (mode: Mode, form: string): Replacing => {
    const context = contextFor(definition, state, form, env);
    return { fictions, vocabulary, mode, context };
  };
  const dataOf = (mode: Mode) => ({
    forms: formsOf(definition, state, (id) => how(mode, id)),
    records: recordsOf(definition, state, (id) => how(mode, id), person),
    parked: parkedOf(definition, state, (id) => how(mode, id)),
  });
  dataOf('meet');
  for (const value of idsOf(original)) fictions.originals.add(value);
  const { forms, ...replaced } = dataOf('replace');
  const made: CaseState = {
    ...known(state),
    ...replaced,
    id: 'case-1',
    number: `${definition.project.number.padStart(3, '0')}26010509000001`.slice(-17),
    owner: person(state.owner),
    forms: mended(definition, state, forms, env),
    people: Object.fromEntries(Object.entries(state.people).map(([part, id]) => [part, person(id)])),
    reservations: {},
  };
  const kept = keptBy(definition, made, env);
  const anonymous = {
    state: { ...made, ...kept, calls: askedNow(definition, { ...made, ...kept }, env) },
    journal: journal.map((entry) => anonymousEntry(definition, entry, vocabulary, person)),
  };
  for (const text of [made.id, made.number, made.owner, ...Object.values(made.people)]) fictions.constants.add(text);
  for (const { by } of anonymous.journal) fictions.constants.add(by);
  const leaks = leaksIn(anonymous, fictions.originals, new Set([...vocabulary, ...fictions.constants]));
  if (leaks.length > 0) throw new Leak(leaks.length);
  return anonymous;
}

/** Parts that the engine alone writes: names of the definition, times, counts. Named one by one, so that a new one is thought about. */
function known(state: CaseState) {
  const { project, workflow, release, createdAt, updatedAt, revision, over, snapshot, active, facts } = state;
  const { counters, secrets, timers, calls, entered, erased } = state;
  return {
    ...{ project, workflow, release, createdAt, updatedAt, revision, over, snapshot, active, facts },
    ...{ counters, secrets, timers, calls, entered },
    ...(erased === undefined ? {} : { erased }),
  };
}

function formsOf(definition: Definition, state: CaseState, how: (form: string) => Replacing): CaseState['forms'] {
  return Object.fromEntries(
    Object.entries(state.forms).map(([id, values]) => {
      const schema = definition.forms[id];
      return [id, anonymousValues(schema === undefined ? [] : compileForm(id, schema).fields, values, how(id))];
    }),
  );
}

function recordsOf(
  definition: Definition,
  state: CaseState,
  how: (form: string) => Replacing,
  person: (id: string) => string,
): CaseState['records'] {
  return Object.fromEntries(
    Object.entries(state.records).map(([name, entries]) => {
      const fields = fieldsOf((recordSchema(definition, name) ?? {}) as JsonObject);
      const replacing = how(definition.declared.records[name]?.form ?? '');
      const entry = ({ at, by, data }: RecordEntry): RecordEntry => ({
        at,
        by: by === null ? null : person(by),
        data: anonymousValues(fields, data, replacing),
      });
      return [name, entries.map(entry)];
    }),
  );
}

function parkedOf(definition: Definition, state: CaseState, how: (form: string) => Replacing): CaseState['parked'] {
  const outcome = (one: Parked['outcomes'][number]): Parked['outcomes'][number] => {
    const { data, ...rest } = one;
    if (data === undefined) return one;
    const call = state.calls[one.call];
    const operation = definition.connectors[call?.connector ?? '']?.operations[call?.operation ?? ''];
    const fields: readonly Field[] = fieldsOf((operation?.outcomes[one.outcome]?.data ?? {}) as JsonObject);
    return { ...rest, data: anonymousValues(fields, data, how('')) };
  };
  return Object.fromEntries(
    Object.entries(state.parked).map(([address, { timers, outcomes }]) => [
      address,
      { timers, outcomes: outcomes.map(outcome) },
    ]),
  );
}

/** Keys that it holds follow from its data. */
function keptBy(definition: Definition, state: CaseState, env: Environment) {
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  return { ...(state.over ? { reservations: {} } : heldBy(definition, scope)), ...sharesOf(definition, scope) };
}

/** What names the case and its people, beside what was filled in. */
function idsOf({ state, journal }: Anonymous): readonly string[] {
  const asked = Object.values(state.calls).flatMap((call) => Object.values(call.asked ?? {}));
  return [
    ...[state.id, state.number, state.owner, ...Object.values(state.people), ...Object.values(state.reservations)],
    ...Object.values(state.shares ?? {}).flatMap((parts) => parts.map(({ key }) => key)),
    ...journal.flatMap(({ by, inPlaceOf }) => (by.includes('.') || by === 'timer' ? [] : [by, inPlaceOf ?? ''])),
    ...asked.filter((value): value is string => typeof value === 'string'),
  ].filter((text) => text !== '');
}
