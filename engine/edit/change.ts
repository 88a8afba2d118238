import type { Can, EditPlace, EditRemoval, EditWay } from '../contract/edit.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** The entries of a project's `changes` that an edit makes, without their names. */

/** Another word, form or delay. */
export function wordChange(can: Extract<Can, { kind: 'set' }>, is: Json): JsonObject {
  return { set: can.set, was: can.was, is };
}

/** A further condition. */
export function conditionChange(can: Extract<Can, { kind: 'set' }>, and: string): JsonObject {
  return { tighten: can.set, was: can.was, and };
}

/** Without a state, whose cases go on at `reconnect`; or without an event, deadline or reminder. */
export function removalChange(
  { remove, was }: Extract<EditRemoval, { kind: 'remove' }>,
  reconnect?: string,
): JsonObject {
  return { remove, was, ...(reconnect === undefined ? {} : { reconnect }) };
}

/** A deadline that the state of the base has not. @param to a target, `<state>.next` for the decision around it */
export function deadlineChange(state: string, delay: string, to: string): JsonObject {
  return { add: `${state}.after.${delay}`, is: leadingTo(to) };
}

/** A target as a transition of the state names it. */
export function leadingTo(to: string): string {
  return to.endsWith('.next') ? 'next' : to;
}

/** A step that somebody does, between a way and where it led. */
export interface NewStep {
  /** Last part of its address, lowerCamel. */
  readonly id: string;
  readonly title: string;
  /** Role. */
  readonly by: string;
  /** Filled in by whoever does it; none: they confirm. */
  readonly forms: readonly string[];
  /** What they see. */
  readonly shows: readonly string[];
  /** The button that ends it. */
  readonly event: { readonly id: string; readonly title: string };
  /** Where the case goes when nobody has acted; `onward`: on, as if somebody had. */
  readonly deadline: { readonly delay: string; readonly to: string } | null;
}

/** Two entries: the button, and the step that stands on the way. */
export function stepChanges(
  place: Pick<EditPlace, 'stepsIn'>,
  way: Pick<EditWay, 'insert'>,
  step: NewStep,
): { readonly step: JsonObject; readonly event: JsonObject } | null {
  if (place.stepsIn === null || way.insert.kind !== 'set') return null;
  const { title, by, forms, shows, deadline } = step;
  const task = {
    ...{ by, title },
    ...(forms.length > 0 && { forms: [...forms] }),
    ...(shows.length > 0 && { shows: [...shows] }),
  };
  const state = {
    ...{ title, label: title, task, on: { [step.event.id]: 'onward' } },
    ...(deadline !== null && { after: { [deadline.delay]: deadline.to } }),
  };
  const address = place.stepsIn === '' ? step.id : `${place.stepsIn}.${step.id}`;
  return {
    step: { title, add: address, on: way.insert.set, was: way.insert.was, is: state },
    event: { add: `events.${step.event.id}`, is: { title: step.event.title, by, look: 'primary' } },
  };
}
