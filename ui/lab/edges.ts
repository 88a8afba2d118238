import type { FormContext } from '../../engine/forms/live.ts';
import { type Command, forms as engineForms, type Session } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { mark } from '../app/texts/punctuation.ts';
import type { Chance } from './people.ts';
import { say } from './texts.ts';

type EventCommand = Extract<Command, { readonly kind: 'event' }>;

/** An event with a value at an edge of one of its fields. */
export interface EdgeChoice {
  readonly side: 'inside' | 'outside';
  readonly title: string;
  readonly command: EventCommand;
}

/** What surrounds the forms of an event as the case knows it. */
export function contextOf({ definition, state, now }: Session): FormContext {
  return {
    forms: { ...Object.fromEntries(Object.keys(definition.forms).map((id) => [id, {}])), ...state.forms },
    settings: definition.settings,
    tables: definition.declared.tables,
    now,
  };
}

/** The edges of every field that the event brings, in the order of its forms; the rest of the data is the smallest. */
export function edgesOf(session: Session, chance: Chance, smallest: EventCommand): ReadonlyMap<string, EdgeChoice> {
  const dialogue = chance.offer.form ?? null;
  const start: { [form: string]: JsonObject } = {
    ...smallest.forms,
    ...(dialogue === null ? {} : { [dialogue]: smallest.data ?? {} }),
  };
  const context = contextOf(session);
  const choices = new Map<string, EdgeChoice>();
  for (const id of Object.keys(start)) {
    const schema = session.definition.forms[id];
    if (schema === undefined) continue;
    const form = engineForms.compileForm(id, schema);
    const { inside, outside } = engineForms.boundaries(form, { ...context, forms: { ...context.forms, ...start } });
    for (const [side, list] of [
      ['inside', inside],
      ['outside', outside],
    ] as const)
      for (const one of list) {
        const key = `${side} ${engineForms.boundaryKey(id, one)}`;
        const title = `${form.field(one.field)?.title ?? one.field}${mark('colon')}${wordOf(one.edge, one.value)}`;
        const command =
          id === dialogue
            ? { ...smallest, data: one.values }
            : { ...smallest, forms: { ...smallest.forms, [id]: one.values } };
        choices.set(key, { side, title, command });
      }
  }
  return choices;
}

/** `minLength 2`, `option "mail"`: the schema's own words, with what the value comes to. */
function wordOf(edge: string, value: unknown): string {
  if (edge === 'absent') return say('edgeAbsent');
  if (edge === 'present') return say('edgePresent');
  if (typeof value === 'string') return edge.endsWith('Length') ? `${edge} ${[...value].length}` : `${edge} ${value}`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${edge} ${String(value)}`;
  return edge;
}
