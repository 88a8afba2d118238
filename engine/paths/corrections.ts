import { list, object } from '../forms/fields.ts';
import { offered, smallest } from '../forms/index.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { openPaths } from '../run/commit.ts';
import { formContext, formOf } from '../run/forms.ts';
import type { World } from '../run/world.ts';
import type { Session } from '../simulate/session.ts';
import type { Values } from './choices.ts';

/**
 * A dialogue that flags fields of other forms (退回): one way for each set of facts that hang on a field, so that what
 * the correction voids is tried.
 */
export function flagged(session: Session, world: World, id: string): readonly Values[] {
  const form = formOf(session.definition, id);
  const field = form?.fields.find((each) => each.kind === 'flags');
  if (form == null || field === undefined) return [];
  const { definition } = session;
  const open = new Set(
    Object.values(definition.chart.states).flatMap((state) => (state.task?.edit == null ? [] : state.task.forms)),
  );
  const choices = new Map<string, Values>();
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
export function touched(session: Session, world: World, edit: string): Values {
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
