import type { Scope } from '../expressions/index.ts';
import type { CaseState } from '../model/case.ts';
import type { ChartState } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Offer } from '../run/offers.ts';
import { truthOf } from '../run/truth.ts';

/** Stage -> the events that lead back to it, one after another. */
export type WaysBack = ReadonlyMap<string, readonly string[]>;

/**
 * How the viewer gets back from the stage of now to stages before it: by plain buttons only, which ask nothing and check
 * nothing. What the first press would do is known; each further one is looked at again when the case stands there.
 * @param offers what the viewer is offered now
 * @param stages in their order
 */
export function waysBack(
  definition: Definition,
  state: CaseState,
  scope: Scope,
  offers: readonly Offer[],
  stages: readonly string[],
): WaysBack {
  const ways = new Map<string, readonly string[]>();
  const roles = new Set(offers.map((offer) => offer.by));
  let here = definition.chart.states[state.active[0] ?? ''];
  let path: readonly string[] = [];
  let known: readonly Offer[] | null = offers;
  while (here !== undefined) {
    const step = stepBack(definition, here, scope, stages, roles, known);
    if (step === null) return ways;
    path = [...path, step.event];
    here = step.to;
    if (here.stage !== null && !ways.has(here.stage)) ways.set(here.stage, path);
    known = null;
  }
  return ways;
}

/**
 * The button of a state that leads to an earlier stage, and where it leads.
 * @param offers what is open there, where that is known
 */
function stepBack(
  definition: Definition,
  from: ChartState,
  scope: Scope,
  stages: readonly string[],
  roles: ReadonlySet<string>,
  offers: readonly Offer[] | null,
): { readonly event: string; readonly to: ChartState } | null {
  const own = stages.indexOf(from.stage ?? '');
  for (const [event, transition] of Object.entries(from.on)) {
    const declared = definition.declared.events[event];
    if (declared?.by === undefined || !roles.has(declared.by)) continue;
    if (offers?.some((offer) => offer.event === event && offer.blockers.length === 0) === false) continue;
    if (declared.form !== undefined || declared.confirm !== undefined || declared.saves === 'complete') continue;
    const branch = transition.branches.find((one) => truthOf(one.if, scope, () => false) === 'yes');
    const to = branch?.refuse === null && branch.to.kind === 'state' ? leafOf(definition, branch.to.address) : null;
    if (to !== null && to.stage !== null && stages.indexOf(to.stage) < own) return { event, to };
  }
  return null;
}

/** Where a case stands when it enters a state: its first state inside, again and again. */
function leafOf(definition: Definition, address: string): ChartState | null {
  let state = definition.chart.states[address];
  while (state?.start != null) state = definition.chart.states[state.start];
  return state ?? null;
}
