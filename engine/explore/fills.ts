import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { ScenarioStep, Session } from '../simulate/index.ts';
import { envOf } from '../simulate/session.ts';
import type { Planned } from './candidates.ts';
import { changesFor, formsOf } from './changed-fields.ts';
import { valuesFor, wishesOf } from './wishes.ts';

/** Ways of filling in the forms and the dialogue of a person's step, the likeliest first. */
export function fills(
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
