import { delayName } from '../compile/names.ts';
import { compileForm } from '../forms/index.ts';
import type { Branch, ChartState, Composed } from '../model/composed.ts';

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

/** All branches of a state, in document order, without obligations and reminders. */
export function branchesOf(state: ChartState): readonly Branch[] {
  return [
    ...Object.values(state.on),
    ...Object.values(state.outcomes),
    ...Object.values(state.follow),
    ...state.after.map((deadline) => deadline.transition),
    ...(state.when === null ? [] : [state.when]),
    ...(state.done === null ? [] : [state.done]),
  ].flatMap((transition) => transition.branches);
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
