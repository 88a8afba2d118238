import { smallest, validateForm } from '../forms/index.ts';
import type { Actor, Command } from '../model/command.ts';
import type { EventDefinition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { formContext, formOf } from '../run/forms.ts';
import { type Heard, hear } from '../run/hearing.ts';
import { authorise, type Judging } from '../run/offers.ts';
import { scopeOf } from '../run/scope.ts';
import { type World, worldOf } from '../run/world.ts';
import { envOf, type Session } from './session.ts';

/** `complete`: the smallest valid form. An object: these values over it; null takes a field away. */
export type Fill = 'complete' | { readonly [form: string]: Json };

/**
 * The command of an event, as somebody who wants it to go through would send it: forms that are not filled in validly
 * yet, and the dialogue, get their smallest valid values, `fill` is laid over them.
 */
export function completeCommand(
  session: Session,
  event: string,
  actor: Actor,
  fill: Fill = {},
): Extract<Command, { readonly kind: 'event' }> {
  const { definition, state } = session;
  const declared = definition.declared.events[event];
  const world = worldOf(state, historyOf(state), { event: {}, actor: actor.id }, envOf(session));
  const command: Extract<Command, { readonly kind: 'event' }> = { kind: 'event', event, actor };
  if (declared === undefined) return command;
  const heard = hear(definition, configurationOf(state.active), event, declared);
  const ids = heard?.saves === 'complete' ? (heard.task?.task.forms ?? []) : [];
  const forms: { [form: string]: JsonObject } = {};
  for (const id of ids) forms[id] = filled(session, world, id, forms, fill);
  const data = declared.form === undefined ? undefined : filled(session, world, declared.form, forms, fill, true);
  return {
    ...command,
    ...(ids.length === 0 ? {} : { forms }),
    ...(data === undefined ? {} : { data }),
  };
}

function filled(
  session: Session,
  world: World,
  id: string,
  working: { readonly [form: string]: JsonObject },
  fill: Fill,
  anew = false,
): JsonObject {
  const form = formOf(session.definition, id);
  if (form === null) return {};
  const context = formContext(session.definition, world, id, working);
  const given = fill === 'complete' ? 'complete' : fill[id];
  const committed = anew ? undefined : world.forms[id];
  const keep = given !== 'complete' && committed !== undefined && validateForm(form, committed, context).length === 0;
  const base = keep ? committed : { ...committed, ...smallest(form, context) };
  if (
    given === undefined ||
    given === 'complete' ||
    given === null ||
    typeof given !== 'object' ||
    Array.isArray(given)
  ) {
    return base;
  }
  const merged: JsonObject = { ...base, ...given };
  for (const [name, value] of Object.entries(given)) if (value === null) delete merged[name];
  if (validateForm(form, merged, context).length === 0) return merged;
  // What was given may ask for more: the rest is filled in around it.
  const more = { ...smallest(form, context, { given: merged }), ...given };
  for (const [name, value] of Object.entries(given)) if (value === null) delete more[name];
  return more;
}

const persons = ['one', 'two', 'three', 'four'] as const;

/** `operations/two` -> that person in that role. */
export function personOf(name: string): Actor {
  return { id: name, roles: [name.split('/')[0] as string] };
}

/** Who would send the event: the first person of its role that nothing about persons stands in the way of. */
export function actorFor(session: Session, event: string): Actor {
  const candidates = candidatesFor(session, event);
  const { definition, state } = session;
  const declared = definition.declared.events[event];
  const heard = declared === undefined ? null : hear(definition, configurationOf(state.active), event, declared);
  const able =
    declared === undefined || heard === null
      ? []
      : candidates.filter((actor) => mayAct(session, actor, declared, heard));
  return able[0] ?? firstActorFor(session, event);
}

/** The first person of the event's role, whatever stands in the way: who is tried where a refusal is expected. */
export function firstActorFor(session: Session, event: string): Actor {
  const role = session.definition.declared.events[event]?.by ?? 'nobody';
  const via = candidatesFor(session, event)[0]?.via;
  const first = personOf(`${role}/one`);
  return via === undefined ? first : { ...first, via };
}

function candidatesFor(session: Session, event: string): readonly Actor[] {
  const { definition, state } = session;
  const declared = definition.declared.events[event];
  const role = declared?.by ?? 'nobody';
  const heard = declared === undefined ? null : hear(definition, configurationOf(state.active), event, declared);
  const people = persons.map((person) => personOf(`${role}/${person}`));
  if (declared === undefined || heard === null) return people;
  const only = heard.task?.task.only ?? null;
  const signed = only === null ? undefined : state.people[only];
  if (signed !== undefined) people.unshift({ id: signed, roles: [role] });
  const via = heard.own && heard.saves !== 'nothing' ? (heard.task?.task.via ?? null) : null;
  return via === null ? people : people.map((person) => ({ ...person, via }));
}

function mayAct(session: Session, actor: Actor, declared: EventDefinition, heard: Heard): boolean {
  const { definition, state } = session;
  const env = envOf(session);
  const world = worldOf(state, historyOf(state), { event: {}, actor: actor.id }, env);
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  const judging: Judging = { definition, state, actor, env, world, scope };
  return authorise(judging, declared.title, declared, heard).length === 0;
}
