import { boundOf, passes } from '../../explore/comparison.ts';
import { type Condition, type Truth, truthOf } from '../../explore/condition.ts';
import { gaps, type Slot } from '../../explore/slots.ts';
import type { Situation, Space } from '../../explore/space.ts';
import type { Constraint } from './arithmetic.ts';
import type { Formula } from './formula.ts';

/** What is known of a condition in a state. `changed`: slots that the step has written; the state is left then, too. */
export function truthIn(space: Space, at: Situation, condition: Condition, changed: ReadonlySet<number> | null): Truth {
  const followed = (kind: Slot['kind'], name: string): { readonly slot: Slot; readonly value: number } | null => {
    const slot = space.slot(kind, name);
    // What is not followed, forgotten here or written in between is not known.
    if (slot === undefined || slot.open || slot.daily || changed?.has(slot.index) === true) return null;
    if (space.forgets(at.configuration, slot.index)) return null;
    return { slot, value: at.values[slot.index] as number };
  };
  return truthOf(condition, (atom) => {
    switch (atom.kind) {
      case 'fact': {
        const known = followed('fact', atom.fact);
        return known === null ? 'unknown' : known.value === 1;
      }
      case 'at': {
        const node = space.nodes.of.get(atom.address);
        if (node === undefined || changed !== null) return 'unknown';
        return at.configuration.active[node.index] === 1;
      }
      case 'size': {
        const known = followed(atom.of, atom.name);
        if (known === null) return 'unknown';
        const { slot, value } = known;
        // The greatest class stands for all beyond.
        if (value === slot.classes.at(-1) && boundOf(atom.test) > value) return 'unknown';
        return passes(atom.test, value);
      }
      case 'entry': {
        const known = followed('record', atom.record);
        if (known === null) return 'unknown';
        return known.value === 0 ? false : atom.always ? true : 'unknown';
      }
      case 'gap': {
        const known = followed('gap', atom.records.join(' '));
        return known === null ? 'unknown' : passes(atom.test, gaps[known.value] as number);
      }
      default:
        return 'unknown';
    }
  });
}

/** Beyond so many ways nothing is taken from a formula. */
const most = 48;

/** The sets of constraints of which one holds where the formula does. */
export function waysOf(formula: Formula, truth: (condition: Condition) => Truth): readonly (readonly Constraint[])[] {
  switch (formula.kind) {
    case 'linear':
      return [[formula.constraint]];
    case 'other': {
      const known = truth(formula.condition);
      return known === 'unknown' || known === formula.holds ? [[]] : [];
    }
    case 'or': {
      const ways = formula.terms.flatMap((term) => waysOf(term, truth));
      return ways.some((way) => way.length === 0) || ways.length > most ? [[]] : ways;
    }
    case 'and': {
      let ways: readonly (readonly Constraint[])[] = [[]];
      for (const term of formula.terms) {
        const more = waysOf(term, truth);
        if (more.length * ways.length > most) continue;
        ways = ways.flatMap((way) => more.map((each) => [...way, ...each]));
      }
      return ways;
    }
  }
}

export function isLinear(formula: Formula): boolean {
  return formula.kind === 'linear' || (formula.kind !== 'other' && formula.terms.some(isLinear));
}

/** Conditions that a formula leaves to the search. */
export function othersIn(formula: Formula): readonly Condition[] {
  if (formula.kind === 'other') return [formula.condition];
  return formula.kind === 'linear' ? [] : formula.terms.flatMap(othersIn);
}
