import type { Calendar } from '../../model/command.ts';
import type { Definition } from '../../model/definition.ts';
import { environmentFor } from '../../run/calendar.ts';
import { weekends } from '../calendar.ts';
import type { Assumptions } from './assumptions.ts';
import { arrivalsOf, day, nextShift } from './calendar.ts';
import { isClaim, isOpen, wayOut } from './choosing.ts';
import { Case, emptySlot, type Slot } from './crowd.ts';
import { type Draws, drawsOf } from './draws.ts';
import type { Acting, Happening, Planned } from './happenings.ts';
import { Heap } from './heap.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import { staffOf } from './options.ts';
import type { Awaited } from './places.ts';
import { mayDo, Pool } from './staff.ts';
import { type Playing, Waits } from './waits.ts';
import { type Act, type Way, Ways } from './ways.ts';

export interface LoadOptions {
  /** Default: weekends are off, nothing else. */
  readonly calendar?: Calendar;
  /** Default: draws of the assumptions' seed. */
  readonly draws?: Draws;
  /** Told how many applicants have come, of how many. */
  readonly progress?: (done: number, of: number) => void;
  /** Told of every act, before it changes the case. */
  readonly watch?: (one: Case, at: number, act: Act) => void;
}

/** A case that does so much goes in a circle by the assumptions: nothing more of it is played. */
const mostActs = 600;

/**
 * A crowd of applicants over a process: each comes, thinks, waits for answers, deadlines and people; queues stand before
 * roles. What a case does is what the interpreter did with the first of its shape; when, is worked out here. Pure: time is
 * that of the play, chance that of the draws.
 */
export class Play implements Playing {
  readonly ways: Ways;
  readonly ledger: Ledger;
  readonly cases: Case[] = [];
  readonly arrivals: readonly number[];
  readonly calendar: Calendar;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly draws: Draws;
  now = 0;
  private readonly plan = new Heap<Planned>();
  private order = 0;
  private stamps = 0;

  readonly given: Assumptions;
  readonly definition: Definition;
  private readonly waits: Waits;
  private readonly options: LoadOptions;

  constructor(definition: Definition, given: Assumptions, options: LoadOptions = {}) {
    this.definition = definition;
    this.given = given;
    this.options = options;
    const calendar = environmentFor(definition, { now: 0, calendar: options.calendar ?? weekends }).calendar;
    this.calendar = calendar;
    this.draws = options.draws ?? drawsOf(given.seed);
    this.arrivals = arrivalsOf(given.cases, given.start, given.arrivals, calendar, this.draws);
    const from = this.arrivals[0] ?? 0;
    this.ways = new Ways(definition, { start: from, calendar });
    this.ledger = ledgerOf(definition, from, this.arrivals.at(-1) ?? from, calendar);
    this.waits = new Waits(this);
    this.pools = new Map(
      staffOf(definition).map((role) => {
        const shift = given.staff[role] ?? { people: 0, from: 9, to: 18, days: 'working' };
        return [role, new Pool(shift, this.ledger.role(role, shift), calendar)];
      }),
    );
  }

  wake(at: number, who: number, stamp: number): void {
    this.later(at, { kind: 'slot', who, stamp });
  }

  run(): void {
    for (const [who, at] of this.arrivals.entries()) this.later(at, { kind: 'arrive', who });
    const until = (this.arrivals.at(-1) ?? 0) + this.given.tail * day;
    for (let next = this.plan.pop(); next !== undefined && next.at <= until; next = this.plan.pop()) {
      this.now = next.at;
      this.happens(next);
    }
    this.ledger.close(this.now, [...this.pools.values()]);
  }

  private later(at: number, what: Happening): void {
    this.order += 1;
    this.plan.push({ ...what, at, order: this.order });
  }

  private happens(next: Planned): void {
    if (next.kind === 'arrive') this.arrive(next.who);
    else if (next.kind === 'shift') {
      next.pool.wakes = false;
      this.serve(next.pool);
    } else this.comes(next);
  }

  /** What was planned for something that a case waits for, if it waits for it still. */
  private comes(next: Extract<Planned, { kind: 'slot' | 'done' }>): void {
    const one = this.cases[next.who] as Case;
    const index = one.slots.findIndex(({ stamp }) => stamp === next.stamp);
    const awaited = one.place.awaited[index];
    if (next.kind === 'done') {
      const by: Acting = { pool: next.pool, person: next.person };
      if (awaited?.kind === 'task' && this.choose(one, index, awaited, by)) return;
      const slot = one.slots[index];
      if (slot !== undefined) {
        slot.stuck = true;
        slot.person = null;
      }
      this.free(by);
      return;
    }
    if (awaited === undefined) return;
    const slot = one.slots[index] as Slot;
    if (awaited.kind === 'task') this.turn(one, index, awaited);
    else if (awaited.kind === 'timer') this.act(one, { kind: 'timer', timer: awaited.timer });
    else if (awaited.kind === 'date') this.act(one, { kind: 'date' });
    else if (awaited.kind === 'call') this.act(one, { kind: 'outcome', call: awaited.id, outcome: slot.outcome });
    else if (one.turns <= one.quits || !one.place.awaited.some((each) => each.kind === 'task' && !each.task.isStaff))
      this.act(one, { kind: 'outside', event: awaited.event });
  }

  private arrive(who: number): void {
    const { giveUp, asides } = this.given;
    const quits = this.draws.of(who, 'quits', 0) * 100 < giveUp ? Math.floor(this.draws.of(who, 'quits', 1) * 10) : 1e9;
    const wishes = new Map<string, number>();
    for (const [event, percent] of Object.entries(asides))
      if (this.draws.of(who, event, 0) * 100 < percent)
        wishes.set(event, Math.floor(this.draws.of(who, event, 1) * 12));
    const one = new Case(who, this.now, this.ways.begun, quits, wishes);
    this.cases[who] = one;
    this.ledger.begins(one, this.now);
    this.enter(one, null, null);
    if (who % 100 === 99 || who === this.arrivals.length - 1) this.options.progress?.(who + 1, this.arrivals.length);
  }

  /** An applicant's turn: they may have stopped, want something else, or go on. */
  private turn(one: Case, index: number, awaited: Extract<Awaited, { kind: 'task' }>): void {
    one.turns += 1;
    if (one.turns > one.quits) return;
    for (const [event, from] of one.wishes)
      if (from < one.turns && this.act(one, { kind: 'aside', event })) {
        one.wishes.delete(event);
        return;
      }
    if (this.choose(one, index, awaited, null)) return;
    const slot = one.slots[index];
    if (slot !== undefined) slot.stuck = true;
  }

  private choose(one: Case, index: number, awaited: Extract<Awaited, { kind: 'task' }>, by: Acting | null): boolean {
    const out = wayOut(this, one, awaited);
    if (out === null) return false;
    const slot = one.slots[index] as Slot;
    slot.person = null;
    this.options.watch?.(one, this.now, out.act);
    this.go(one, out.way, by, index);
    return true;
  }

  private act(one: Case, act: Act): boolean {
    const way = this.ways.way(one.place, act);
    if (way === null) return false;
    this.options.watch?.(one, this.now, act);
    if (act.kind === 'timer') this.ledger.fell(act.timer);
    this.go(one, way, null, -1);
    return true;
  }

  private go(one: Case, way: Way, by: Acting | null, acted: number): void {
    one.acts += 1;
    this.ledger.acts += 1;
    const before = one.slots;
    for (const [timer, delay] of way.parked) {
      const due = before[one.place.awaited.findIndex(({ id }) => id === `timer ${timer}`)]?.due ?? this.now;
      one.parked.set(timer, this.waits.remaining(due, delay));
    }
    if (by !== null) for (const part of way.signed) one.signed.set(part, by.person);
    const slots = way.carried.map((index) => {
      const slot = before[index];
      // Whoever acted at a task that is still there, or found nothing to do before, looks again.
      return slot === undefined || slot.stuck || (index === acted && slot.person === null && slot.job === null)
        ? null
        : slot;
    });
    for (const slot of before)
      if (slot.job !== null && !slots.includes(slot)) this.pools.get(slot.job.role)?.cancel(slot.job, this.now);
    one.place = way.to;
    one.slots = slots.map((slot) => slot ?? emptySlot());
    this.ledger.moves(one, way, this.now);
    if (one.acts >= mostActs) {
      this.ledger.circling += 1;
      for (const { job } of one.slots) if (job !== null) this.pools.get(job.role)?.cancel(job, this.now);
      one.slots = [];
      one.place = { ...way.to, awaited: [] };
      if (by !== null) this.free(by);
      return;
    }
    this.enter(one, way, by);
  }

  /** Sets going what the case waits for anew. */
  private enter(one: Case, way: Way | null, by: Acting | null): void {
    let staying = false;
    const asked = new Set<Pool>();
    for (const [index, awaited] of one.place.awaited.entries()) {
      const slot = one.slots[index];
      if (slot !== undefined && slot.stamp > 0) continue;
      this.stamps += 1;
      const stamp = this.stamps;
      const fresh = { ...emptySlot(), stamp };
      one.slots[index] = fresh;
      if (awaited.kind === 'timer') one.slots[index] = this.waits.arm(one, fresh, awaited, way);
      else if (awaited.kind === 'date') this.waits.day(one, stamp, way);
      else if (awaited.kind === 'call') one.slots[index] = this.waits.ask(one, fresh, awaited);
      else if (awaited.kind === 'outside') this.waits.expect(one, stamp, awaited.event);
      else if (!awaited.task.isStaff) this.waits.think(one, stamp, awaited.task.state);
      else if (!isOpen(this, one, awaited)) fresh.stuck = true;
      else {
        const pool = this.pools.get(awaited.task.task.by) as Pool;
        const job = this.waits.jobOf(one, stamp, awaited);
        if (!staying && by !== null && by.pool === pool && job.only === by.person && mayDo(job, by.person)) {
          staying = true;
          this.work(one, fresh, awaited, by);
        } else {
          fresh.job = job;
          pool.add(job);
          asked.add(pool);
        }
        // Taken over at once, which went on from here.
        if (one.slots[index] !== fresh) break;
      }
    }
    if (by !== null && !staying) {
      by.pool.idle[by.person] = true;
      asked.add(by.pool);
    }
    for (const pool of asked) this.serve(pool);
  }

  /** Whoever is there takes what waits; where nobody is, the next shift does. */
  private serve(pool: Pool): void {
    for (let taken = pool.take(this.now); taken !== null; taken = pool.take(this.now)) {
      const { job, person } = taken;
      const one = this.cases[job.who] as Case;
      const index = one.slots.findIndex(({ stamp }) => stamp === job.stamp);
      const awaited = one.place.awaited[index];
      const slot = one.slots[index];
      if (awaited?.kind !== 'task' || slot === undefined) throw new Error('a job that nobody waits for');
      slot.job = null;
      pool.tally.waits.add(this.now - job.since);
      this.ledger.waited(awaited.task.state, this.now - job.since);
      this.work(one, slot, awaited, { pool, person }, job.since);
    }
    if (pool.waiting > 0 && !pool.wakes && !pool.isOnDuty(this.now)) {
      const at = nextShift(pool.shift, this.now, this.calendar);
      if (at === null) return;
      pool.wakes = true;
      this.later(at, { kind: 'shift', pool });
    }
  }

  /** Somebody begins; taking something over (a claim) is no work yet. */
  private work(one: Case, slot: Slot, awaited: Extract<Awaited, { kind: 'task' }>, by: Acting, came = this.now): void {
    slot.person = by.person;
    const { task, state } = awaited.task;
    const index = one.place.awaited.indexOf(awaited);
    const out = wayOut(this, one, awaited);
    if (out !== null && isClaim(out.way, task.by)) {
      slot.person = null;
      this.options.watch?.(one, this.now, out.act);
      this.go(one, out.way, by, index);
      return;
    }
    const until = this.now + this.waits.timeFor(one, state);
    by.pool.tally.worksFrom(this.now, until, came);
    this.later(until, { kind: 'done', who: one.who, stamp: slot.stamp, pool: by.pool, person: by.person });
  }

  private free({ pool, person }: Acting): void {
    pool.idle[person] = true;
    this.serve(pool);
  }
}
