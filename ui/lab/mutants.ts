import {
  equivalence,
  killedBy,
  type Mutant,
  mutantsOf,
  type PlayedStory,
  shownBy,
  unreachableIn,
} from '../../engine/coverage/index.ts';
import type { Definition } from '../../engine/index.ts';
import { scenarioNoticing } from '../../engine/paths/showing.ts';
import { type Written, written } from './shown.ts';

/** A change of the process that no scenario notices. */
export interface Unnoticed {
  /** Its place among all mutants of the definition. */
  readonly index: number;
  readonly kind: Mutant['kind'];
  /** Address of the branch, obligation, state or timer. */
  readonly at: string;
  readonly what: string;
  /** Where its mark stands. */
  readonly state: string;
  /** Why nobody can tell it from the definition; null where somebody could. */
  readonly reason: string | null;
}

/** Mutants, and the state in which each of them stands. */
export function placedMutants(definition: Definition): readonly (Mutant & { readonly state: string })[] {
  const states = Object.keys(definition.chart.states).sort((one, two) => two.length - one.length);
  return mutantsOf(definition).map((mutant) => {
    const address = mutant.at.split('|')[0] ?? mutant.at;
    const state = states.find((one) => one === address || address.startsWith(`${one}.`)) ?? '';
    return { ...mutant, state };
  });
}

/**
 * Tries each change against the scenarios that passed. @param at only those in this state and in what is inside it; ''
 * for all @param judged told after each of them
 */
export function unnoticedIn(
  definition: Definition,
  passed: readonly PlayedStory[],
  at: string,
  judged: (done: number, of: number, unnoticed: Unnoticed | null) => void,
): readonly Unnoticed[] {
  const mutants = placedMutants(definition).map((mutant, index) => ({ mutant, index }));
  const wanted = mutants.filter(({ mutant }) => at === '' || mutant.state === at || mutant.state.startsWith(`${at}.`));
  const unreachable = unreachableIn(definition, shownBy(passed));
  const found: Unnoticed[] = [];
  for (const [done, { mutant, index }] of wanted.entries()) {
    let unnoticed: Unnoticed | null = null;
    if (killedBy(mutant, passed) === null) {
      const { kind, at: address, what, state } = mutant;
      const reason = equivalence(mutant, definition.chart, unreachable);
      unnoticed = { index, kind, at: address, what, state, reason };
      found.push(unnoticed);
    }
    judged(done + 1, wanted.length, unnoticed);
  }
  return found;
}

/** A scenario that notices it, or how many were tried in vain. */
export function noticingScenario(definition: Definition, index: number, tried?: (count: number) => void): Written {
  const mutant = mutantsOf(definition)[index];
  return mutant === undefined ? { kind: 'none', tried: 0 } : written(scenarioNoticing(definition, mutant, tried));
}
