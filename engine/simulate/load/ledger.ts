import { addDuration } from '../../compose/duration.ts';
import type { Calendar } from '../../model/command.ts';
import type { Definition } from '../../model/definition.ts';
import type { Shift } from './assumptions.ts';
import type { Case } from './crowd.ts';
import type { Pool } from './staff.ts';
import { Days, RoleTally, Times } from './tally.ts';
import type { Way } from './ways.ts';

/** A promised time of a state: how often it was given, and on which days it was broken. */
export interface PromiseTally {
  given: number;
  late: number;
  readonly days: Days;
}

/** What is written down while a crowd is played. */
export interface Ledger {
  acts: number;
  circling: number;
  /** Cases that were open, over time: case·ms. */
  openTime: number;
  readonly begun: Days;
  readonly reached: Days;
  readonly over: Days;
  readonly stays: ReadonlyMap<string, Times>;
  readonly waits: ReadonlyMap<string, Times>;
  readonly promises: ReadonlyMap<string, PromiseTally>;
  /** Timer -> how often it ran, and how often it fell. */
  readonly timers: ReadonlyMap<string, { ran: number; fell: number }>;
  readonly calls: ReadonlyMap<string, { asked: number; tooLate: number }>;
  readonly durations: Times;
  role(role: string, shift: Shift): RoleTally;
  begins(one: Case, at: number): void;
  moves(one: Case, way: Way, at: number): void;
  waited(task: string, ms: number): void;
  armed(timer: string): void;
  fell(timer: string): void;
  call(operation: string, tooLate: boolean): void;
  close(at: number, pools: readonly Pool[]): void;
}

function of<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** @param from, until between which applicants come */
export function ledgerOf(definition: Definition, from: number, until: number, calendar: Calendar): Ledger {
  const roles = new Map<string, RoleTally>();
  const stays = new Map<string, Times>();
  const waits = new Map<string, Times>();
  const promises = new Map<string, PromiseTally>();
  const timers = new Map<string, { ran: number; fell: number }>();
  const calls = new Map<string, { asked: number; tooLate: number }>();
  const goals = new Set(definition.declared.goals);
  let open = 0;
  let since = from;
  const counted = (at: number, change: number): void => {
    ledger.openTime += open * (at - since);
    open += change;
    since = at;
  };
  const promised = (one: Case, at: number): void => {
    const now = new Map(one.place.promises.map(({ state, duration }) => [state, duration]));
    for (const [state, due] of one.promised) {
      if (now.has(state)) continue;
      one.promised.delete(state);
      if (at > due) isLate(state, due);
    }
    for (const [state, duration] of now) {
      if (one.promised.has(state)) continue;
      one.promised.set(state, addDuration(at, duration, calendar));
      promiseOf(state).given += 1;
    }
  };
  const promiseOf = (state: string): PromiseTally =>
    of(promises, state, () => ({ given: 0, late: 0, days: new Days(from, calendar) }));
  const isLate = (state: string, due: number): void => {
    const promise = promiseOf(state);
    promise.late += 1;
    promise.days.add(due);
  };
  const ends = (one: Case, at: number): void => {
    if (one.ended !== null || one.place.end === null) return;
    one.ended = at;
    counted(at, -1);
    ledger.durations.add(at - one.begun);
    (goals.has(one.place.end) ? ledger.reached : ledger.over).add(at);
  };
  const cases: Case[] = [];
  const ledger: Ledger = {
    acts: 0,
    circling: 0,
    openTime: 0,
    begun: new Days(from, calendar),
    reached: new Days(from, calendar),
    over: new Days(from, calendar),
    durations: new Times(),
    stays,
    waits,
    promises,
    timers,
    calls,
    role: (role, shift) => of(roles, role, () => new RoleTally(from, until, shift, calendar)),
    begins(one, at) {
      cases.push(one);
      counted(at, 1);
      ledger.begun.add(at);
      for (const leaf of one.place.leaves) one.entered.set(leaf, at);
      promised(one, at);
      ends(one, at);
    },
    moves(one, way, at) {
      for (const leaf of way.left) {
        const entered = one.entered.get(leaf);
        one.entered.delete(leaf);
        if (entered !== undefined) of(stays, leaf, () => new Times()).add(at - entered);
      }
      for (const leaf of way.to.leaves) if (!one.entered.has(leaf)) one.entered.set(leaf, at);
      promised(one, at);
      ends(one, at);
    },
    waited: (task, ms) => of(waits, task, () => new Times()).add(ms),
    armed: (timer) => {
      of(timers, timer.slice('timer '.length), () => ({ ran: 0, fell: 0 })).ran += 1;
    },
    fell: (timer) => {
      of(timers, timer, () => ({ ran: 0, fell: 0 })).fell += 1;
    },
    call: (operation, tooLate) => {
      const count = of(calls, operation, () => ({ asked: 0, tooLate: 0 }));
      count.asked += 1;
      if (tooLate) count.tooLate += 1;
    },
    close(at, pools) {
      counted(at, 0);
      for (const pool of pools) pool.tally.close(at);
      for (const one of cases) for (const [state, due] of one.promised) if (at > due) isLate(state, due);
    },
  };
  return ledger;
}
