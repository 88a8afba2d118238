import { addressOf, delayName, stateId, timerId } from '../../compile/names.ts';
import type { Blocker } from '../../model/blocker.ts';
import type { CaseState, Parked, Timer } from '../../model/case.ts';
import type { Chart, ChartState } from '../../model/composed.ts';
import type { Definition } from '../../model/definition.ts';
import type { MigrationPlan } from '../../model/migration.ts';
import { own } from '../../model/own.ts';
import { blocker } from '../blockers.ts';
import { configurationOf, parentOf, within } from '../configuration.ts';
import { hasWayBack, moved, place } from './places.ts';

/** What a migration reads: two releases, the case, the plan; what stands in the way is added to `blockers`. */
export interface Move {
  readonly from: Definition;
  readonly to: Definition;
  readonly state: CaseState;
  readonly plan: MigrationPlan;
  readonly blockers: Blocker[];
}

/** Timers, those that are parked too. One that the new release has goes on; one that it has no more is dropped. [MIG-3] */
export function carryTimers(move: Move): { timers: CaseState['timers']; parked: CaseState['parked'] } {
  const timers: { [id: string]: Timer } = {};
  for (const [id, timer] of Object.entries(move.state.timers)) {
    const there = timerThere(move, id, timer.state);
    if (there === null) continue;
    const generation = there.id === id ? timer.generation : move.state.revision + 1;
    timers[there.id] = { ...timer, generation, state: there.state };
  }
  const parked: { [keep: string]: Parked } = {};
  for (const [keep, { timers: waiting, outcomes }] of Object.entries(move.state.parked)) {
    const there = moved(move.plan, move.to.chart, keep);
    if (there === null) continue;
    const carried: { [id: string]: Parked['timers'][string] } = {};
    for (const [id, timer] of Object.entries(waiting)) {
      const goesOn = timerThere(move, id, timer.state);
      if (goesOn !== null) carried[goesOn.id] = { ...timer, state: goesOn.state };
    }
    if (move.to.chart.states[there]?.keep === true) parked[there] = { timers: carried, outcomes };
    else move.blockers.push(gone(move, keep));
  }
  return { timers, parked };
}

function timerThere(move: Move, id: string, state: string): { readonly id: string; readonly state: string } | null {
  const { plan, to, blockers } = move;
  const planned = own(plan.timers ?? {}, id);
  if (planned === null) return null;
  const inState = moved(plan, to.chart, state);
  const there = planned ?? (inState === null ? null : `${inState}${id.slice(state.length)}`);
  if (there === null) return null;
  const found = timersOf(to.chart, there.slice(0, there.indexOf('|'))).has(there);
  if (!found && planned !== undefined) blockers.push(blocker('migration-plan', { name: there }));
  return found ? { id: there, state: there.slice(0, there.indexOf('|')) } : null;
}

/** Ids of the timers that a state arms. */
function timersOf(chart: Chart, address: string): ReadonlySet<string> {
  const state = chart.states[address];
  return new Set([
    ...(state?.after ?? []).map(({ key }) => timerId(address, 'after', key)),
    ...(state?.remind ?? []).map(({ key }) => timerId(address, 'remind', key)),
  ]);
}

/** Names of delays that the new release adds to a state in which the case already is: they count from now. */
export function addedDelays(move: Move, old: ChartState, now: ChartState): ReadonlySet<string> {
  const named = (state: ChartState) => [
    ...state.after.map(({ key }) => delayName('after', key)),
    ...state.remind.map(({ key }) => delayName('remind', key)),
  ];
  const before = new Set(named(old));
  const planned = new Set(Object.values(move.plan.timers ?? {}));
  return new Set(named(now).filter((name) => !before.has(name) && !planned.has(`${now.address}|${name}`)));
}

/**
 * A call whose answer may still change something has its address on its way: it has to be found there again, with the
 * same operation. [MIG-4]
 */
export function checkCalls(move: Move): void {
  const { from, to, state, plan, blockers } = move;
  for (const [address, call] of Object.entries(state.calls)) {
    const old = from.chart.states[address];
    const heard = call.status === 'waiting' || (call.status === 'left' && Object.keys(old?.late ?? {}).length > 0);
    if (!heard) continue;
    const there = to.chart.states[address]?.call;
    const same = there?.connector === call.connector && there.operation === call.operation;
    if (same && moved(plan, to.chart, address) === address) continue;
    const title = from.connectors[call.connector]?.operations[call.operation]?.title ?? old?.title ?? address;
    blockers.push(blocker('migration-call', { title, state: address }));
  }
}

/**
 * Where the case returns to. A place that is no more is in the way only when the case is out of that state and could
 * come back; otherwise it is written anew the next time the state is left.
 */
export function carryHistory(move: Move): { readonly [id: string]: readonly { readonly id: string }[] } {
  const { to, state, plan, blockers } = move;
  const stored = (state.snapshot as unknown as { historyValue: { [id: string]: readonly { id: string }[] } })
    .historyValue;
  const active = configurationOf(state.active).all;
  const history: { [id: string]: readonly { id: string }[] } = {};
  for (const [id, nodes] of Object.entries(stored)) {
    const owner = parentOf(addressOf(id));
    const there = moved(plan, to.chart, owner);
    if (there === null || !hasWayBack(to.chart, there)) continue;
    const wanted = nodes.flatMap((node) => moved(plan, to.chart, addressOf(node.id)) ?? []);
    const lost = nodes.map((node) => addressOf(node.id)).filter((address) => !isThere(move, address, there));
    const placed = lost.length === 0 ? place(to.chart, there, wanted) : null;
    if (placed?.kind === 'placed')
      history[stateId(`${there}.back`)] = placed.leaves.map((leaf) => ({ id: stateId(leaf) }));
    else if (!active.has(owner)) blockers.push(...(lost.length === 0 ? [owner] : lost).map((each) => gone(move, each)));
  }
  return history;
}

function isThere({ plan, to }: Move, address: string, around: string): boolean {
  const there = moved(plan, to.chart, address);
  return there !== null && within(there, around) && to.chart.states[there] !== undefined;
}

/** The new release has no such state, and the plan does not say which one it is. */
export function gone({ from }: Move, address: string): Blocker {
  return blocker('migration-state', { state: address, title: from.chart.states[address]?.title ?? address });
}
