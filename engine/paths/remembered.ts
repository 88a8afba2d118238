import type { Transition } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { dayOf } from '../run/calendar.ts';
import { formOf } from '../run/forms.ts';
import type { Session } from '../simulate/session.ts';
import { type Choice, choicesFor } from './choices.ts';
import { type Shape, valueIn } from './shape.ts';
import { namesIn, termsOf } from './terms.ts';

/** What the choices of an event depend on. */
interface Asked {
  /** What the conditions of those who hear it look at. */
  readonly names: readonly string[];
  readonly forms: readonly string[];
  readonly records: readonly string[];
  readonly today: boolean;
}

/** Finds choices, and remembers them: cases that look alike to those who hear an event have the same ones. */
export class Remembered {
  private readonly definition: Definition;
  private readonly known = new Map<string, readonly Choice[]>();
  private readonly asked = new Map<string, Asked>();
  private readonly texts = new WeakMap<object, string>();

  constructor(definition: Definition) {
    this.definition = definition;
  }

  /** @param hearing the transitions of active states that hear the event */
  choicesFor(session: Session, shape: Shape, event: string, hearing: readonly Transition[]): readonly Choice[] {
    const { state, now, calendar } = session;
    const heard = `${event} ${hearing.map(({ address }) => address).join(' ')}`;
    const asked = this.asked.get(heard) ?? this.askedBy(event, hearing);
    this.asked.set(heard, asked);
    const key = [
      heard,
      ...asked.names.map((name) => valueIn(shape, name) ?? '-'),
      ...asked.forms.map((form) => this.textOf(state.forms[form])),
      ...asked.records.flatMap((record) => (state.records[record] ?? []).map(({ data }) => this.textOf(data))),
      asked.today ? dayOf(now, calendar) : '',
    ].join('|');
    const choices = this.known.get(key) ?? choicesFor(session, event);
    this.known.set(key, choices);
    return choices;
  }

  /** Forms and records that are named anywhere in what decides about the event; all where it corrects other forms. */
  private askedBy(event: string, hearing: readonly Transition[]): Asked {
    const { chart, declared, forms } = this.definition;
    const conditions = hearing.flatMap(({ branches }) => branches.flatMap((branch) => branch.if ?? []));
    const recorded = hearing.flatMap(({ branches }) => branches.flatMap(({ words }) => words.record));
    const { about } = termsOf(this.definition);
    const tasks = Object.values(chart.states).filter(({ task, on }) => task !== null && on[event] !== undefined);
    const own = declared.events[event]?.form;
    const ids = [...tasks.flatMap(({ task }) => task?.forms ?? []), ...(own === undefined ? [] : [own])];
    const corrects =
      tasks.some(({ task }) => task?.edit != null) ||
      ids.some((id) => formOf(this.definition, id)?.fields.some((field) => field.kind === 'flags'));
    const texts = [
      ...conditions,
      ...recorded.flatMap((name) => about.get(name) ?? []),
      ...ids,
      ...ids.map((id) => JSON.stringify(forms[id])),
    ];
    const words = new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
    const named = (name: string) => corrects || words.has(name);
    return {
      names: conditions.flatMap((text) => namesIn(this.definition, text)),
      forms: Object.keys(forms).filter(named),
      records: Object.keys(declared.records).filter(named),
      today: words.has('today') || words.has('date'),
    };
  }

  private textOf(data: JsonObject | undefined): string {
    if (data === undefined) return '';
    const text = this.texts.get(data) ?? JSON.stringify(data);
    this.texts.set(data, text);
    return text;
  }
}
