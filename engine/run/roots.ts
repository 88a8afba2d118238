import { workingDaysAfter } from '../compose/duration.ts';
import type { Types } from '../expressions/index.ts';
import { evaluateText } from '../expressions/index.ts';
import type { Composed } from '../model/composed.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { lastOnce } from '../model/once.ts';
import { countOf, type World } from './world.ts';

/** As many working days as anybody plans ahead with: about three months. */
const knownWorkdays = 60;

export type Parts = Pick<Composed, 'forms' | 'settings' | 'settingsSchema' | 'declared'>;

/** Root -> what an expression reads there. */
export type Values = { readonly [root: string]: Json | undefined };

/**
 * What the roots hold that are no plain data of the case. The same data gives the same object each time: within a step
 * a fact or a form is asked many times, and an object is turned into CEL's shape once.
 */
export class Roots {
  readonly parts: Parts;
  readonly types: Types;
  // What is declared, as it is before anything has happened: copied, a few entries are set.
  private readonly empty: { readonly [form: string]: JsonObject };
  private readonly unproven: JsonObject;
  private readonly uncounted: JsonObject;
  private readonly unrecorded: JsonObject;
  private readonly nothingLast: JsonObject;

  constructor(parts: Parts, types: Types) {
    this.parts = parts;
    this.types = types;
    const { facts, counters, records } = parts.declared;
    this.empty = eachOf(parts.forms, {});
    this.unproven = eachOf(facts, false);
    this.uncounted = eachOf(counters, 0);
    this.unrecorded = eachOf(records, []);
    this.nothingLast = eachOf(records, {});
  }

  /** Every form of the definition, empty where nothing is committed. */
  readonly forms = lastOnce((forms: World['forms']) => ({ ...this.empty, ...forms }));

  readonly facts = lastOnce((facts: World['facts']): JsonObject => {
    const seen: JsonObject = { ...this.unproven };
    for (const fact of Object.keys(facts))
      if (facts[fact] !== undefined && Object.hasOwn(seen, fact)) seen[fact] = true;
    return seen;
  });

  /** Of a day: those that count per day start anew. */
  readonly counters = lastOnce((counters: World['counters']) =>
    keyed((today): JsonObject => {
      const seen: JsonObject = { ...this.uncounted };
      for (const name of Object.keys(counters)) {
        if (Object.hasOwn(seen, name))
          seen[name] = countOf(counters[name], this.parts.declared.counters[name]?.per, today);
      }
      return seen;
    }),
  );

  /** The working days after a day: the next ones, as dates. [EXP-8] */
  readonly workdays = lastOnce((calendar: World['calendar']) =>
    keyed((today): Json => [...workingDaysAfter(today, knownWorkdays, calendar)]),
  );

  /** An entry shows its data, and `at` and `by` where the data has no field of that name. */
  readonly records = lastOnce((records: World['records']): JsonObject => {
    const seen: JsonObject = { ...this.unrecorded };
    for (const [name, entries] of Object.entries(records)) {
      if (Object.hasOwn(seen, name)) seen[name] = entries.map(({ at, by, data }): Json => ({ at, by, ...data }));
    }
    return seen;
  });

  readonly last = lastOnce((records: World['records']): JsonObject => {
    const seen: JsonObject = { ...this.nothingLast };
    for (const [name, entries] of Object.entries(records)) {
      const entry = entries.at(-1);
      if (entry !== undefined && Object.hasOwn(seen, name)) seen[name] = entry.data;
    }
    return seen;
  });

  /** `case.amount` is the workflow's `amount:`; absent while it has none. `values` are without `case`. */
  case({ identity }: World, values: Values): JsonObject {
    const { number, project, created } = identity;
    const { amount } = this.parts.declared;
    if (amount === undefined) return { number, project, created };
    const result = evaluateText(amount, { values, types: this.types });
    const found = result.kind === 'value' && typeof result.value === 'number';
    return found ? { number, project, created, amount: result.value as number } : { number, project, created };
  }

  /** The decision tables, looked up. `values` are without `tables`. */
  tables(values: Values): JsonObject {
    const found: JsonObject = {};
    for (const [name, table] of Object.entries(this.parts.declared.tables)) {
      const value = this.lookUp(table.by, table.is, values);
      if (value !== undefined) found[name] = value;
    }
    return found;
  }

  /** Walks the nested map by the values of the expressions; `else` stands for every other value. */
  private lookUp(by: readonly string[], is: Json, values: Values): Json | undefined {
    let here: Json | undefined = typeof is === 'string' ? settingOf(this.parts.settings, is) : is;
    for (const expression of by) {
      if (here === null || typeof here !== 'object' || Array.isArray(here)) return here;
      const result = evaluateText(expression, { values });
      // `else` stands for other values, not for one that is not there yet.
      if (result.kind !== 'value' || result.value === null) return undefined;
      const key = String(result.value);
      here = Object.hasOwn(here, key) ? here[key] : here.else;
      if (here === undefined) return undefined;
    }
    return here !== null && typeof here === 'object' ? undefined : here;
  }
}

function eachOf<Value>(declared: object, value: Value): { [name: string]: Value } {
  return Object.fromEntries(Object.keys(declared).map((name) => [name, value]));
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

/** The same for a text; it remembers the last one only. */
function keyed<Made>(make: (text: string) => Made): (text: string) => Made {
  let known: { readonly text: string; readonly made: Made } | null = null;
  return (text) => {
    if (known?.text !== text) known = { text, made: make(text) };
    return known.made;
  };
}
