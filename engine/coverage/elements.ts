import { delayName } from '../compile/names.ts';
import { compileForm } from '../forms/index.ts';
import type { Branch, ChartState, Composed, Transition } from '../model/composed.ts';

export const kinds = ['states', 'transitions', 'guards', 'timers', 'outcomes', 'forms'] as const;
export type ElementKind = (typeof kinds)[number];

/** Something that a story can show. `key` is what a play says it has seen (`seen.ts`). */
export interface Element {
  readonly kind: ElementKind;
  readonly key: string;
}

/**
 * Everything of an effective definition that stories should show: each state entered, each branch taken, each condition
 * once true and once false, each deadline and reminder fired, each answer of each call, late ones included, each
 * condition of a form both ways.
 */
export function elementsOf(definition: Pick<Composed, 'chart' | 'forms'>): readonly Element[] {
  const states = Object.values(definition.chart.states);
  return [
    ...states.filter((each) => each.address !== '').map((each) => element('states', entered(each.address))),
    ...states.flatMap(takenIn).map((address) => element('transitions', took(address))),
    ...states.flatMap(guardsIn).flatMap((address) => both(held(address), missed(address))),
    ...states.flatMap(timersIn).map((timer) => element('timers', fired(timer))),
    ...states.flatMap((state) => [
      ...Object.keys(state.outcomes).map((outcome) => element('outcomes', answered(state.address, outcome))),
      ...Object.keys(state.late).map((outcome) => element('outcomes', late(state.address, outcome))),
    ]),
    ...Object.entries(definition.forms).flatMap(([id, schema]) =>
      compileForm(id, schema).fields.flatMap((field) =>
        (['visible', 'required'] as const)
          .filter((rule) => typeof field[rule] !== 'boolean')
          .flatMap((rule) => [true, false].map((value) => element('forms', ruled(`${id}.${field.name}`, rule, value)))),
      ),
    ),
  ];
}

const element = (kind: ElementKind, key: string): Element => ({ kind, key });
const both = (one: string, two: string): Element[] => [element('guards', one), element('guards', two)];

export const entered = (state: string): string => `entered ${state}`;
export const took = (branch: string): string => `took ${branch}`;
export const held = (branch: string): string => `true ${branch}`;
export const missed = (branch: string): string => `false ${branch}`;
export const fired = (timer: string): string => `fired ${timer}`;
export const answered = (call: string, outcome: string): string => `${outcome} of ${call}`;
export const late = (call: string, outcome: string): string => `late ${outcome} of ${call}`;
export const ruled = (field: string, rule: 'visible' | 'required', value: boolean): string =>
  `${value ? rule : `not ${rule}`} ${field}`;

/** All transitions of a state, in document order, with the event that they hear; without obligations and reminders. */
export function transitionsOf(
  state: ChartState,
): readonly { readonly transition: Transition; readonly event: string | null }[] {
  const heard = (map: ChartState['on']) =>
    Object.entries(map).map(([event, transition]) => ({ transition, event: event as string | null }));
  const others = [
    ...Object.values(state.outcomes),
    ...state.after.map((deadline) => deadline.transition),
    ...(state.when === null ? [] : [state.when]),
    ...(state.done === null ? [] : [state.done]),
  ];
  return [...heard(state.on), ...heard(state.follow), ...others.map((transition) => ({ transition, event: null }))];
}

/** All branches of a state, in document order, without obligations and reminders. */
export function branchesOf(state: ChartState): readonly Branch[] {
  return transitionsOf(state).flatMap(({ transition }) => transition.branches);
}

/** The state with other branches; null: without it. A transition without branches is gone. */
export function mapBranches(state: ChartState, change: (branch: Branch) => Branch | null): ChartState {
  const inTransition = (transition: Transition): Transition | null => {
    const branches = transition.branches.flatMap((each) => change(each) ?? []);
    return branches.length === 0 ? null : { ...transition, branches };
  };
  const inMap = (map: { readonly [key: string]: Transition }) =>
    Object.fromEntries(
      Object.entries(map).flatMap(([key, transition]) => {
        const left = inTransition(transition);
        return left === null ? [] : [[key, left]];
      }),
    );
  return {
    ...state,
    on: inMap(state.on),
    outcomes: inMap(state.outcomes),
    follow: inMap(state.follow),
    after: state.after.flatMap((deadline) => {
      const transition = inTransition(deadline.transition);
      return transition === null ? [] : [{ ...deadline, transition }];
    }),
    when: state.when === null ? null : inTransition(state.when),
    done: state.done === null ? null : inTransition(state.done),
  };
}

function takenIn(state: ChartState): readonly string[] {
  return [...branchesOf(state), ...state.obligations].map((each) => each.address);
}

/** Branches and obligations that have a condition: of an obligation, its `if` beside its fact. */
function guardsIn(state: ChartState): readonly string[] {
  const obligations = state.obligations.filter((each) => each.fact !== null || each.if !== null);
  return [...branchesOf(state).filter((each) => each.if !== null), ...obligations].map((each) => each.address);
}

function timersIn(state: ChartState): readonly string[] {
  const timer = (kind: 'after' | 'remind', key: string) => `${state.address}|${delayName(kind, key)}`;
  return [
    ...state.after.map((deadline) => timer('after', deadline.key)),
    ...state.remind.map((reminder) => timer('remind', reminder.key)),
  ];
}
