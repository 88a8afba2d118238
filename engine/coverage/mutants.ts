import { compile } from '../compile/index.ts';
import { delayName } from '../compile/names.ts';
import type { Branch, ChartState, Composed, Words } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import { branchesOf, entered, fired, held, mapBranches, missed, took } from './elements.ts';

/** What is done to the definition: a condition is dropped or turned round, a timer, an edge or a word taken away. */
export type MutantKind = 'drop guard' | 'negate guard' | 'drop timer' | 'drop edge' | 'drop word';

export interface Mutant {
  readonly kind: MutantKind;
  /** Address of the branch, obligation, state (words on entering) or timer. */
  readonly at: string;
  /** The condition or the word, as written. */
  readonly what: string;
  /** A story may notice it from the first step that saw one of these on. */
  readonly seen: readonly string[];
  readonly make: () => Composed;
}

/** Words whose absence another step may notice. `make` and `notify` only speak to the outside. */
const words = ['prove', 'void', 'count', 'record', 'sign', 'erase'] as const;

/** Every mutant of an effective definition, in document order. */
export function mutantsOf(definition: Definition): readonly Mutant[] {
  return Object.values(definition.chart.states).flatMap((state) => [
    ...branchesOf(state).flatMap((branch) => ofBranch(definition, state, branch)),
    ...ofObligations(definition, state),
    ...ofTimers(definition, state),
    ...ofWords(state.enter).map(
      ([word, name]): Mutant => ({
        kind: 'drop word',
        at: state.address,
        what: `${word}: ${name}`,
        seen: [entered(state.address)],
        make: () => changed(definition, { ...state, enter: without(state.enter, word, name) }),
      }),
    ),
  ]);
}

/** The mutant as a definition that can be played. */
export function mutated(mutant: Mutant): Definition {
  return compile(mutant.make());
}

function ofBranch(definition: Definition, state: ChartState, branch: Branch): readonly Mutant[] {
  const at = branch.address;
  const to = (next: Branch | null) => () => changed(definition, replaced(state, branch, next));
  const mutants: Mutant[] = [];
  if (branch.if !== null) {
    const asked = { at, what: branch.if, seen: [held(at), missed(at)] };
    mutants.push({ ...asked, kind: 'drop guard', make: to({ ...branch, if: null }) });
    mutants.push({ ...asked, kind: 'negate guard', make: to({ ...branch, if: `!(${branch.if})` }) });
  }
  mutants.push({ kind: 'drop edge', at, what: '', seen: [took(at)], make: to(null) });
  for (const [word, name] of ofWords(branch.words)) {
    const rest = { ...branch, words: without(branch.words, word, name) };
    mutants.push({ kind: 'drop word', at, what: `${word}: ${name}`, seen: [took(at)], make: to(rest) });
  }
  return mutants;
}

function ofObligations(definition: Definition, state: ChartState): readonly Mutant[] {
  return state.obligations.flatMap((obligation) => {
    const at = obligation.address;
    const to = (next: typeof obligation | null) => () => {
      const obligations = state.obligations.flatMap((each) => (each === obligation ? (next ?? []) : [each]));
      return changed(definition, { ...state, obligations });
    };
    const mutants: Mutant[] = [];
    if (obligation.if !== null) {
      const asked = { at, what: obligation.if, seen: [held(at), missed(at)] };
      mutants.push({ ...asked, kind: 'drop guard', make: to({ ...obligation, if: null }) });
      mutants.push({ ...asked, kind: 'negate guard', make: to({ ...obligation, if: `!(${obligation.if})` }) });
    }
    if (obligation.fact !== null) {
      const seen = [held(at), missed(at)];
      const what = `!facts.${obligation.fact}`;
      mutants.push({ kind: 'drop guard', at, what, seen, make: to({ ...obligation, fact: null }) });
    }
    mutants.push({ kind: 'drop edge', at, what: '', seen: [took(at)], make: to(null) });
    return mutants;
  });
}

function ofTimers(definition: Definition, state: ChartState): readonly Mutant[] {
  const mutant = (name: string, next: ChartState): Mutant => {
    const at = `${state.address}|${name}`;
    return { kind: 'drop timer', at, what: '', seen: [fired(at)], make: () => changed(definition, next) };
  };
  return [
    ...state.after.map((one) =>
      mutant(delayName('after', one.key), { ...state, after: state.after.filter((each) => each !== one) }),
    ),
    ...state.remind.map((one) =>
      mutant(delayName('remind', one.key), { ...state, remind: state.remind.filter((each) => each !== one) }),
    ),
  ];
}

function ofWords(said: Words): readonly (readonly [word: (typeof words)[number], name: string])[] {
  return words.flatMap((word) => said[word].map((name) => [word, name] as const));
}

function without(said: Words, word: (typeof words)[number], name: string): Words {
  return { ...said, [word]: said[word].filter((each) => each !== name) };
}

function changed(definition: Definition, state: ChartState): Composed {
  return { ...definition, chart: { states: { ...definition.chart.states, [state.address]: state } } };
}

/** The state with another branch in the place of one, or without it. */
function replaced(state: ChartState, branch: Branch, next: Branch | null): ChartState {
  return mapBranches(state, (each) => (each === branch ? next : each));
}
