import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import type { Session } from '../simulate/index.ts';
import { envOf } from '../simulate/session.ts';
import type { Planned } from './candidates.ts';
import { othersOf } from './wishes.ts';

/** Forms of the active tasks of the event's role. */
export function formsOf(definition: Definition, session: Session, event: string): readonly string[] {
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
export function changesFor(
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
