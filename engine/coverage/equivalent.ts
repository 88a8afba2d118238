import type { Chart } from '../model/composed.ts';
import { branchesOf, held, missed, took } from './elements.ts';
import type { Mutant } from './mutants.ts';
import type { Unreachable } from './unreachable.ts';

/**
 * Why no case can tell the mutant from the definition, or null: what it takes away is never used, the condition that it
 * drops always holds where it is asked, the fact that it no longer voids is never proven. [COV-3]
 */
export function equivalence(
  { kind, at, what }: Pick<Mutant, 'kind' | 'at' | 'what'>,
  chart: Chart,
  unreachable: Unreachable,
): string | null {
  const never = (key: string) => unreachable.get(key) ?? null;
  switch (kind) {
    case 'drop guard':
      return never(missed(at));
    case 'negate guard':
      return never(held(at)) === null ? null : never(missed(at));
    case 'drop edge':
      return never(took(at));
    case 'drop word':
      return never(took(at)) ?? (what.startsWith('void: ') ? unproven(what.slice('void: '.length), chart) : null);
    case 'drop timer':
      return null;
  }
}

function unproven(fact: string, chart: Chart): string | null {
  return isProven(fact, chart) ? null : `nothing proves ${fact} here`;
}

/** Whether some word of the chart proves the fact. */
export function isProven(fact: string, chart: Chart): boolean {
  const words = Object.values(chart.states).flatMap((state) => [
    state.enter,
    ...branchesOf(state).map((branch) => branch.words),
  ]);
  return words.some(({ prove }) => prove.includes(fact));
}
