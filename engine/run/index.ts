import type { OfferView } from '../contract/view.ts';
import type { CaseState, StepResult } from '../model/case.ts';
import type { Actor, Command, Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';

/** Begins a case. `number` and `id` are made by the shell; `owner` is the person who starts it. */
export function start(
  _definition: Definition,
  _identity: { readonly id: string; readonly number: string; readonly owner: string },
  _env: Environment,
): StepResult {
  throw new Error('not built yet');
}

/** One command. Pure: the same arguments give the same result. Never throws for bad input: it refuses. */
export function step(_definition: Definition, _state: CaseState, _command: Command, _env: Environment): StepResult {
  throw new Error('not built yet');
}

/** A button of an active state, with what stands in its way. */
export interface Offer extends OfferView {
  /** Address of the active state with the task (or of the state that hears the event, when no task of its role is active). */
  readonly state: string;
  readonly by: string;
}

/** All events of active states that the actor's roles may send, in document order; those with blockers say why not. */
export function available(
  _definition: Definition,
  _state: CaseState,
  _actor: Actor,
  _env: Environment,
): readonly Offer[] {
  throw new Error('not built yet');
}
