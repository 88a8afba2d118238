import { offered } from '../../forms/index.ts';
import type { Definition, TaskNode } from '../../model/definition.ts';
import { within } from '../../run/configuration.ts';
import { formOf } from '../../run/forms.ts';
import { type Variant, variantOf } from '../path.ts';
import { ownerOf } from '../session.ts';

/** A way out of a task: an event of its own, with values that a branch asks for. */
export interface Option {
  /** The event, and `#2`, `#3` behind it for further values. */
  readonly id: string;
  readonly event: string;
  readonly title: string;
  readonly look: string;
  readonly fill: Variant;
  /** CEL: which fields of the task have to be changed for it (a correction); null where none has to. */
  readonly edit: string | null;
  /** One of the choices of a place that only so many can have (a time at a counter): as many take it as any other. */
  readonly spread: boolean;
  /** Its dialogue marks fields of the case: they are not the same ones in every case. */
  readonly marks: boolean;
}

export interface Task {
  readonly state: string;
  readonly title: string;
  readonly task: TaskNode;
  /** Done by people who are employed for it; else by the applicant, or whoever they ask. */
  readonly isStaff: boolean;
  readonly options: readonly Option[];
  /** The task of whoever takes this one over by a claim, where that is all there is to do; else null. */
  readonly claims: string | null;
}

const known = new WeakMap<Definition, readonly Task[]>();

/** Tasks of the process in document order, each with its own events: those that stand at its state or inside it. */
export function tasksOf(definition: Definition): readonly Task[] {
  const found = known.get(definition) ?? madeTasks(definition);
  known.set(definition, found);
  return found;
}

function madeTasks(definition: Definition): readonly Task[] {
  const tasks = Object.values(definition.chart.states).flatMap((state) => {
    const { task, address } = state;
    if (task === null) return [];
    const title = task.title ?? state.title;
    const options = optionsOf(definition, address, task);
    return [{ state: address, title, task, isStaff: isStaff(definition, task.by), options }];
  });
  return tasks.map((one) => {
    const on = definition.chart.states[one.state]?.on ?? {};
    const signed = one.options.flatMap(({ event }) => on[event]?.branches.flatMap(({ words }) => words.sign) ?? []);
    const next = tasks.find(({ task }) => task.by === one.task.by && task.only !== null && signed.includes(task.only));
    return { ...one, claims: next?.state ?? null };
  });
}

/** Roles that work: not the applicant, and not somebody who only comes by a link. */
function isStaff(definition: Definition, role: string): boolean {
  if (role === ownerOf(definition).split('/')[0]) return false;
  const all = Object.values(definition.chart.states).filter(({ task }) => task?.by === role);
  return all.some(({ task }) => task?.via === null);
}

/** Roles that have work to do here, as the definition names them. */
export function staffOf(definition: Definition): readonly string[] {
  const working = new Set(tasksOf(definition).flatMap(({ isStaff: works, task }) => (works ? [task.by] : [])));
  return Object.keys(definition.roles).filter((role) => working.has(role));
}

function optionsOf(definition: Definition, address: string, task: TaskNode): readonly Option[] {
  const options: Option[] = [];
  const seen = new Set<string>();
  const { events } = definition.declared;
  for (const state of Object.values(definition.chart.states)) {
    if (!within(state.address, address)) continue;
    for (const [event, { branches }] of Object.entries(state.on)) {
      const declared = events[event];
      if (declared?.by !== task.by) continue;
      const edit = declared.saves === 'complete' ? task.edit : null;
      const marks = formOf(definition, declared.form ?? '')?.fields.some(({ kind }) => kind === 'flags') === true;
      const add = (fill: Variant, title: string, spread = false): void => {
        const key = `${event} ${JSON.stringify(fill)}`;
        if (seen.has(key)) return;
        seen.add(key);
        const before = options.filter((one) => one.event === event).length;
        const id = before === 0 ? event : `${event}#${before + 1}`;
        options.push({ id, event, title, look: declared.look, fill, edit, spread, marks });
      };
      const places = declared.saves === 'complete' ? placesOf(definition, task.forms) : [];
      for (const { fill, title } of places) add(fill, `${declared.title} (${title})`, true);
      if (places.length === 0) add({ event: {}, forms: {} }, declared.title);
      for (const branch of branches) {
        const fill = variantOf(definition, branch.if);
        const values = [...Object.values(fill.event), ...Object.values(fill.forms).flatMap(Object.values)];
        if (branch.refuse === null && values.length > 0)
          add(fill, branch.title ?? `${declared.title} (${values.join(' ')})`);
      }
    }
  }
  return options;
}

/** So many choices of a place are told apart. */
const mostPlaces = 12;

/** The choices of the field that picks a place of which there are only so many; none where no form has one. */
function placesOf(
  definition: Definition,
  forms: readonly string[],
): readonly { readonly fill: Variant; readonly title: string }[] {
  for (const form of forms) {
    const field = formOf(definition, form)?.fields.find(({ places }) => places !== null);
    if (field === undefined) continue;
    const choices = offered(field, { settings: definition.settings, forms: {}, roots: {} });
    return choices.slice(0, mostPlaces).map(({ value, label }) => ({
      fill: { event: {}, forms: { [form]: { [field.name]: value } } },
      title: label,
    }));
  }
  return [];
}

/** Events of the applicant that stand around their tasks and not in one: withdrawing, asking for money back. */
export function asidesOf(definition: Definition): readonly string[] {
  const owner = ownerOf(definition).split('/')[0];
  const { events } = definition.declared;
  const own = new Set(tasksOf(definition).flatMap(({ options }) => options.map(({ event }) => event)));
  const heard = new Set(Object.values(definition.chart.states).flatMap((state) => Object.keys(state.on)));
  return Object.keys(events).filter((event) => heard.has(event) && events[event]?.by === owner && !own.has(event));
}

const outsiders = new WeakMap<Definition, readonly string[]>();

/** Events from outside that some state hears. */
export function outsideOf(definition: Definition): readonly string[] {
  const found = outsiders.get(definition);
  if (found !== undefined) return found;
  const heard = new Set(Object.values(definition.chart.states).flatMap((state) => Object.keys(state.on)));
  const { events } = definition.declared;
  const outside = Object.keys(events).filter((event) => heard.has(event) && events[event]?.from !== undefined);
  outsiders.set(definition, outside);
  return outside;
}

/** Operations that the process asks for, `connector.operation` each, with the states that wait for them. */
export function operationsOf(definition: Definition): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { address, call } of Object.values(definition.chart.states)) {
    if (call === null) continue;
    const name = `${call.connector}.${call.operation}`;
    found.set(name, [...(found.get(name) ?? []), address]);
  }
  return found;
}
