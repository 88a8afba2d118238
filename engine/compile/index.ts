import type { AnyStateMachine } from 'xstate';
import type { Composed } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';

/** Compiles the effective chart to an XState machine. @returns the machine that `engine/run` steps. */
export function compileMachine(_composed: Composed): AnyStateMachine {
  throw new Error('not built yet');
}

/** Composed data -> definition: the same data with its machine. */
export function compile(composed: Composed): Definition {
  return { ...composed, machine: compileMachine(composed) };
}
