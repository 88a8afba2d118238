import { parse, references } from '../expressions/index.ts';
import type { ChartState, Transition } from '../model/composed.ts';
import type { Definition, EventDefinition, TaskNode } from '../model/definition.ts';
import { once } from '../model/once.ts';
import { activeStates, type Configuration, configurationOf, within } from './configuration.ts';
import type { Open } from './truth.ts';

/** Where an event is heard, innermost first; and the task that it belongs to, if any. */
export interface Heard {
  readonly candidates: readonly { readonly state: ChartState; readonly transition: Transition }[];
  /** The active task of the event's role at, around or below the innermost candidate. */
  readonly task: { readonly state: ChartState; readonly task: TaskNode } | null;
  /** The event stands in the `on` of the task's state or inside it: it is an event of that task. [RUN-8] */
  readonly own: boolean;
  readonly saves: 'complete' | 'draft' | 'nothing';
}

/** Who hears a person's event in this configuration; null when nobody does. */
export function hear(
  definition: Pick<Definition, 'chart'>,
  configuration: Configuration,
  event: string,
  declared: EventDefinition,
): Heard | null {
  return heardAmong(activeStates(definition, configuration), event, declared);
}

/** @param active states, innermost first within each chain */
export function heardAmong(active: readonly ChartState[], event: string, declared: EventDefinition): Heard | null {
  const candidates: { readonly state: ChartState; readonly transition: Transition }[] = [];
  for (const state of active) {
    const transition = state.on[event];
    if (transition !== undefined) candidates.push({ state, transition });
  }
  const first = candidates[0];
  if (first === undefined) return null;
  const tasks = active.flatMap((state) => {
    return state.task !== null && state.task.by === declared.by ? [{ state, task: state.task }] : [];
  });
  const around = tasks.find((each) => within(first.state.address, each.state.address));
  const below = tasks.find((each) => within(each.state.address, first.state.address));
  const own = around !== undefined;
  const saves = own || declared.saves === 'draft' ? declared.saves : 'nothing';
  return { candidates, task: around ?? below ?? null, own, saves };
}

/** A person's event that some active state hears: all of it that depends on where the case stands alone. */
export interface Hearing {
  readonly event: string;
  readonly declared: EventDefinition;
  /** Role that may send it. */
  readonly by: string;
  readonly heard: Heard;
  readonly open: Open;
}

/** The events that persons may send to a case that stands there, in document order. */
export function hearingsAt(definition: Definition, leaves: readonly string[]): readonly Hearing[] {
  const known = places(definition);
  const key = leaves.join(' ');
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = hearingsAmong(definition, activeStates(definition, configurationOf(leaves)));
  if (known.size >= maxPlaces) known.clear();
  known.set(key, made);
  return made;
}

/** What is heard where cases stood before. No address has a space in it. */
const places = once((_definition: Definition) => new Map<string, readonly Hearing[]>());
const maxPlaces = 1000;

function hearingsAmong(definition: Definition, active: readonly ChartState[]): readonly Hearing[] {
  const events = new Set(active.flatMap((each) => Object.keys(each.on)));
  return [...events].flatMap((event) => {
    const declared = definition.declared.events[event];
    if (declared?.by === undefined) return [];
    const heard = heardAmong(active, event, declared);
    return heard === null
      ? []
      : [{ event, declared, by: declared.by, heard, open: openOf(definition, declared, heard) }];
  });
}

/** What only the sending decides: the event's own data, and the forms that it commits with the facts about them. */
export function openOf(definition: Definition, declared: EventDefinition, heard: Heard): Open {
  const forms = new Set(heard.saves === 'complete' ? (heard.task?.task.forms ?? []) : []);
  const facts = new Set(
    Object.entries(definition.declared.facts)
      .filter(([, fact]) => fact.about.some((path) => forms.has(path.split('.')[0] as string)))
      .map(([name]) => name),
  );
  const tables = new Set(
    Object.entries(definition.declared.tables)
      .filter(([, table]) => table.by.some((text) => mentions(text, forms)))
      .map(([name]) => name),
  );
  return ([root, name]) => {
    // `event.untouched` of a task with `edit` is only known with what is sent.
    if (root === 'event')
      return declared.form !== undefined || declared.from !== undefined || (heard.task?.task.edit ?? null) !== null;
    if (root === 'facts') return name === undefined || facts.has(name);
    if (root === 'tables') return name === undefined || tables.has(name);
    return root !== undefined && forms.has(root);
  };
}

function mentions(text: string, roots: ReadonlySet<string>): boolean {
  const parsed = parse(text);
  return (
    parsed.kind === 'parsed' && references(parsed.expression.ast).some((each) => roots.has(each.path[0] as string))
  );
}
