import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { begin, type ScenarioStep, type Session, type SimulationOptions } from '../simulate/index.ts';
import { perform } from '../simulate/perform.ts';
import { envOf } from '../simulate/session.ts';
import type { Course } from './courses.ts';
import type { Step } from './explore.ts';
import { situationOf } from './situation.ts';
import type { Situation, Space } from './space.ts';
import { othersOf, valuesFor, wishesOf } from './wishes.ts';

/** A way of the search: how it begins, its steps with the states that they lead to, and maybe a last one. */
export interface Way {
  readonly begun: Course;
  readonly way: readonly (Step & { readonly into: Situation })[];
  /** A step that leads into no new state: unheard, refused, endless. */
  readonly last: Course | null;
}

export interface Concrete {
  /** Steps of a scenario, the silent world first. */
  readonly steps: readonly ScenarioStep[];
  /** Where it ends. */
  readonly session: Session;
  /** Steps of the way that were made; all of them when the way is one that a case can take with data that was found. */
  readonly made: number;
}

interface Played {
  readonly session: Session;
  readonly steps: readonly ScenarioStep[];
}

/** How many plays of the same way are gone on with: they differ in the data that was filled in. */
const kept = 6;
const tried = 60;

/**
 * Makes a way of the search into steps of a scenario, with forms that are filled in so that the conditions come out as
 * the way has them: real steps of the production interpreter, each compared with the state that the search expects.
 * What cannot be made is told by `made`: the way is then only a suspicion. [PRV-6]
 */
export function concrete(definition: Definition, space: Space, way: Way, options: SimulationOptions = {}): Concrete {
  const silence = silentWorld(definition);
  const first: ScenarioStep[] = Object.keys(silence).length === 0 ? [] : [{ world: silence }];
  let begun = begin(definition, options);
  for (const step of first) begun = perform(begun, step).session;
  let plays: Played[] = [{ session: begun, steps: first }];
  const all = [...way.way, ...(way.last === null ? [] : [way.last])];
  for (const index of all.keys()) {
    const into = way.way[index]?.into ?? null;
    const next: Played[] = [];
    let tries = 0;
    for (const play of plays) {
      for (const steps of candidates(definition, play.session, all, index)) {
        if (tries++ > tried || next.length >= kept) break;
        const after = playOn(play, steps, into === null);
        if (after === null) continue;
        if (into === null || isAt(space, after.session, into)) next.push(after);
      }
    }
    const [best] = plays;
    if (next.length === 0) return { ...(best as Played), made: index };
    plays = next;
  }
  return { ...(plays[0] as Played), made: all.length };
}

function playOn(play: Played, steps: readonly ScenarioStep[], last: boolean): Played | null {
  let { session } = play;
  for (const step of steps) {
    const outcome = perform(session, step);
    if (outcome.wrong !== undefined) return last ? { session, steps: [...play.steps, ...steps] } : null;
    session = outcome.session;
  }
  return { session, steps: [...play.steps, ...steps] };
}

function isAt(space: Space, session: Session, into: Situation): boolean {
  const now = situationOf(space, session.state);
  return now.configuration === into.configuration && now.values.every((value, index) => value === into.values[index]);
}

function silentWorld(definition: Definition): { [operation: string]: string } {
  const silent: { [operation: string]: string } = {};
  for (const { call } of Object.values(definition.chart.states))
    if (call !== null) silent[`${call.connector}.${call.operation}`] = 'none';
  return silent;
}

type Planned = Step | Course;

/** Ways of making a step, the likeliest first. */
function candidates(
  definition: Definition,
  session: Session,
  steps: readonly Planned[],
  index: number,
): readonly (readonly ScenarioStep[])[] {
  const step = steps[index] as Planned;
  const { move } = step;
  const before: ScenarioStep[] = step.choices.some((each) => each.about === 'new day' && each.option === 1)
    ? [{ advance: '1 day' }]
    : [];
  switch (move.kind) {
    case 'timer': {
      const timer = session.state.timers[move.name];
      if (timer === undefined) return [];
      return [[{ advance: durationOf(timer.due - session.now) }]];
    }
    case 'outcome':
      return answers(definition, session, step).map((each) => [...before, each]);
    case 'outside':
      return notices(definition, session, step).map((each) => [...before, each]);
    default:
      return fills(definition, session, steps, index).map((each) => [...before, each]);
  }
}

/** Whole seconds in words. */
function durationOf(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [days, rest] = [Math.floor(seconds / 86_400), seconds % 86_400];
  const parts = [...(days > 0 ? [`${days} days`] : []), ...(rest > 0 ? [`${rest} seconds`] : [])];
  return parts.join(' ');
}

function answers(definition: Definition, session: Session, step: Planned): readonly ScenarioStep[] {
  const colon = step.move.name.lastIndexOf(':');
  const [call, outcome] = [step.move.name.slice(0, colon), step.move.name.slice(colon + 1)];
  const asked = definition.chart.states[call]?.call;
  if (asked == null) return [];
  const operation = `${asked.connector}.${asked.operation}`;
  const made = session.made.filter((each) => `${each.connector}.${each.operation}` === operation);
  const attempt = made.findLastIndex((each) => each.call === call) + 1;
  const base: ScenarioStep = { answer: operation, outcome, ...(attempt === made.length ? {} : { attempt }) };
  const schema = definition.connectors[asked.connector]?.operations[asked.operation]?.outcomes[outcome]?.data;
  const values = valuesFor(definition, session.state, envOf(session), 'event', wishesOf(step), schema);
  return withValues(base, values);
}

function notices(definition: Definition, session: Session, step: Planned): readonly ScenarioStep[] {
  const event = step.move.name;
  const [connector = '', name = ''] = (definition.declared.events[event]?.from ?? '').split('.');
  const schema = definition.connectors[connector]?.events[name]?.data;
  const values = valuesFor(definition, session.state, envOf(session), 'event', wishesOf(step), schema);
  return withValues({ notice: event }, values);
}

function withValues(base: ScenarioStep, values: JsonObject): readonly ScenarioStep[] {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  return Object.keys(given).length === 0 ? [base] : [{ ...base, with: given }, base];
}

function fills(
  definition: Definition,
  session: Session,
  steps: readonly Planned[],
  index: number,
): readonly ScenarioStep[] {
  const step = steps[index] as Planned;
  const event = step.move.name;
  const declared = definition.declared.events[event];
  const env = envOf(session);
  const dialogue = declared?.form;
  const now = wishesOf(step);
  const later = steps.slice(index + 1).flatMap((each) => wishesOf(each));
  const forms: { [form: string]: JsonObject } = {};
  for (const form of formsOf(definition, session, event)) {
    const values = valuesFor(definition, session.state, env, form, [...now, ...later], definition.forms[form]);
    if (Object.keys(values).length > 0) forms[form] = values;
  }
  const data =
    dialogue === undefined ? {} : valuesFor(definition, session.state, env, 'event', now, definition.forms[dialogue]);
  const flagged = dialogue === undefined ? [] : flagsFor(definition, session, steps, index, dialogue);
  const fillings: { [form: string]: Json }[] = [];
  for (const changed of changesFor(definition, session, step)) {
    const filled: { [form: string]: JsonObject } = { ...forms };
    for (const [form, values] of Object.entries(changed)) filled[form] = { ...filled[form], ...values };
    for (const flags of [...flagged, {}])
      fillings.push(dialogue === undefined ? filled : { ...filled, [dialogue]: { ...data, ...flags } });
  }
  if (Object.keys(forms).length > 0) fillings.push(dialogue === undefined ? {} : { [dialogue]: data });
  const distinct = new Map(fillings.map((fill) => [JSON.stringify(fill), fill]));
  return [...distinct.values()].map((fill) => {
    const given = Object.fromEntries(
      Object.entries(fill).filter(([, values]) => Object.keys(values as JsonObject).length > 0),
    );
    return Object.keys(given).length === 0 ? { do: event } : { do: event, fill: given };
  });
}

/** Forms of the active tasks of the event's role. */
function formsOf(definition: Definition, session: Session, event: string): readonly string[] {
  const by = definition.declared.events[event]?.by;
  return session.state.active.flatMap((leaf) => {
    const parts = leaf.split('.');
    return parts.flatMap((_, length) => {
      const task = definition.chart.states[parts.slice(0, length + 1).join('.')]?.task;
      return task?.by === by ? (task?.forms ?? []) : [];
    });
  });
}

/** Values by form whose change voids what the step voids, and nothing else that is proven. */
function changesFor(
  definition: Definition,
  session: Session,
  step: Planned,
): readonly { readonly [form: string]: JsonObject }[] {
  const untouched = step.choices.find((each) => each.about.includes('event.untouched'));
  const wanted = new Set(step.voided);
  if (wanted.size === 0 && untouched?.option !== 0) return [{}];
  const state = session.state;
  const open = openFields(definition, session, step.move.name);
  const found: { [form: string]: JsonObject }[] = [];
  const fields = fieldsAbout(definition, session, step);
  for (const field of fields) {
    const [form = '', name = ''] = field.split('.');
    if (open !== null && !open.includes(field)) continue;
    for (const value of othersOf(definition, state, envOf(session), form, name).slice(0, 4))
      found.push({ [form]: { [name]: value } });
  }
  // Every flagged field is changed at once.
  if (open !== null && open.length > 1) {
    const values: { [form: string]: JsonObject } = {};
    for (const field of open) {
      const [form = '', name = ''] = field.split('.');
      const [value] = othersOf(definition, state, envOf(session), form, name);
      if (value !== undefined) values[form] = { ...values[form], [name]: value };
    }
    found.unshift(values);
  }
  return wanted.size === 0 ? [...found, {}] : found;
}

/** Fields of the task's forms about which exactly these proven facts are. */
function fieldsAbout(definition: Definition, session: Session, step: Planned): readonly string[] {
  const { facts } = definition.declared;
  const held = Object.keys(session.state.facts);
  const forms = formsOf(definition, session, step.move.name);
  return forms.flatMap((form) =>
    Object.keys(definition.forms[form]?.properties ?? {}).flatMap((name) => {
      const field = `${form}.${name}`;
      const about = held.filter((fact) =>
        (facts[fact]?.about ?? []).some((path) => path === form || path === field || path.startsWith(`${field}.`)),
      );
      const fits = about.length === step.voided.length && about.every((fact) => step.voided.includes(fact));
      return fits ? [field] : [];
    }),
  );
}

/** The fields that the task of the event leaves open; null: all. */
function openFields(definition: Definition, session: Session, event: string): readonly string[] | null {
  const edit = editOf(definition, session, event);
  if (edit === null) return null;
  const [root, record = '', list = ''] = edit.split('.');
  const entries = root === 'last' ? session.state.records[record]?.at(-1)?.data[list] : undefined;
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry) => {
    const field = entry !== null && typeof entry === 'object' && !Array.isArray(entry) ? entry.field : entry;
    return typeof field === 'string' ? [field] : [];
  });
}

function editOf(definition: Definition, session: Session, event: string): string | null {
  const by = definition.declared.events[event]?.by;
  for (const leaf of session.state.active) {
    const task = definition.chart.states[leaf]?.task;
    if (task?.by === by && task?.edit != null) return task.edit;
  }
  return null;
}

/**
 * Where the step writes the list of fields that a later correction opens: lists with the fields whose change voids what
 * the later steps void.
 */
function flagsFor(
  definition: Definition,
  session: Session,
  steps: readonly Planned[],
  index: number,
  dialogue: string,
): readonly JsonObject[] {
  const schema = definition.forms[dialogue];
  const list = Object.entries(schema?.properties ?? {}).find(([, property]) => property['x-widget'] === 'flags')?.[0];
  if (list === undefined) return [];
  const correcting = steps
    .slice(index + 1)
    .find(
      (each) =>
        each.move.kind === 'event' &&
        (each.voided.length > 0 ||
          each.choices.some((choice) => choice.about.includes('event.untouched') && choice.option === 0)),
    );
  if (correcting === undefined) return [];
  const held = Object.keys(session.state.facts);
  const { facts } = definition.declared;
  const found: JsonObject[] = [];
  for (const [form, values] of Object.entries(session.state.forms))
    for (const name of Object.keys(values)) {
      const field = `${form}.${name}`;
      const about = held.filter((fact) =>
        (facts[fact]?.about ?? []).some((path) => path === form || path === field || path.startsWith(`${field}.`)),
      );
      if (
        correcting.voided.every((fact) => about.includes(fact)) &&
        about.every((fact) => correcting.voided.includes(fact) || session.state.facts[fact] === undefined)
      )
        found.push({ [list]: [{ field, reason: '示例原因，请核对' }] });
    }
  return found.slice(0, 8);
}
