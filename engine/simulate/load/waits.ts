import { addDuration, calendarOf, workingTimeBetween } from '../../compose/duration.ts';
import type { Calendar } from '../../model/command.ts';
import type { Delay } from '../../model/composed.ts';
import type { Definition } from '../../model/definition.ts';
import { momentOf } from './ahead.ts';
import type { Assumptions } from './assumptions.ts';
import { awake, day, minute } from './calendar.ts';
import type { Case, Slot } from './crowd.ts';
import { type Draws, timeOf, weighed } from './draws.ts';
import type { Ledger } from './ledger.ts';
import type { Awaited } from './places.ts';
import type { Job } from './staff.ts';
import type { Way, Ways } from './ways.ts';

/** What of a play is needed to say when something comes. */
export interface Playing {
  readonly definition: Definition;
  readonly given: Assumptions;
  readonly calendar: Calendar;
  readonly draws: Draws;
  readonly ledger: Ledger;
  readonly ways: Ways;
  readonly now: number;
  /** Comes back to the slot at that moment. */
  wake(at: number, who: number, stamp: number): void;
}

/** When what a case waits for comes: deadlines by the calendar, everything else by chance. */
export class Waits {
  private readonly play: Playing;

  constructor(play: Playing) {
    this.play = play;
  }

  arm(one: Case, slot: Slot, { timer, id }: Extract<Awaited, { kind: 'timer' }>, way: Way | null): Slot {
    const { session } = one.place;
    const played = (session.state.timers[timer]?.due ?? session.now) - session.now;
    const armed = (way ?? this.play.ways.atFirst).armed.get(timer);
    const left = one.parked.get(timer);
    const duration =
      armed ?? (armed === null && left !== undefined ? null : { kind: 'elapsed' as const, ms: Math.max(0, played) });
    const due =
      duration === null
        ? this.play.now + (left ?? 0)
        : duration.kind === 'ahead'
          ? momentOf(duration, this.play.now, this.play.calendar)
          : addDuration(this.play.now, duration, this.play.calendar);
    one.parked.delete(timer);
    this.play.wake(due, one.who, slot.stamp);
    this.play.ledger.armed(id);
    return { ...slot, due };
  }

  /** Until the day that the case waits for. */
  day(one: Case, stamp: number, way: Way | null): void {
    const { date } = way ?? this.play.ways.atFirst;
    if (date !== null) this.play.wake(momentOf(date, this.play.now, this.play.calendar), one.who, stamp);
  }

  remaining(due: number, delay: Delay | null): number {
    if (delay?.kind !== 'working') return Math.max(0, due - this.play.now);
    return workingTimeBetween(this.play.now, due, calendarOf(delay, this.play.calendar));
  }

  ask(one: Case, slot: Slot, { call }: Extract<Awaited, { kind: 'call' }>): Slot {
    const { connector, operation } = call;
    const name = `${connector}.${operation}`;
    const given = this.play.given.calls[name];
    const contract = this.play.definition.connectors[connector]?.operations[operation];
    const names = Object.keys(given?.outcomes ?? contract?.outcomes ?? {});
    const nth = one.nth(name);
    const drawn = weighed(
      names.map((each) => given?.outcomes[each] ?? 1),
      this.play.draws.of(one.who, `answer ${name}`, nth),
    );
    const ms = timeOf((given?.minutes ?? 0) * minute, this.play.given.spread, ...this.two(one, name, nth));
    const answered = given?.office
      ? addDuration(this.play.now, { kind: 'working', days: ms / day, calendar: connector }, this.play.calendar)
      : this.play.now + ms;
    const limit = contract?.limit ?? null;
    const isTooLate = limit !== null && answered - this.play.now > limit;
    this.play.wake(isTooLate ? this.play.now + limit : answered, one.who, slot.stamp);
    this.play.ledger.call(name, isTooLate);
    return { ...slot, outcome: isTooLate ? 'UNAVAILABLE' : (names[drawn] ?? 'UNAVAILABLE') };
  }

  expect(one: Case, stamp: number, event: string): void {
    const given = this.play.given.outside[event];
    if (given === undefined) return;
    const nth = one.nth(`outside ${event}`);
    if (this.play.draws.of(one.who, `outside ${event}`, nth) * 100 >= given.percent) return;
    const ms = timeOf(given.minutes * minute, this.play.given.spread, ...this.two(one, event, nth));
    this.play.wake(this.play.now + ms, one.who, stamp);
  }

  think(one: Case, stamp: number, task: string): void {
    const ms = this.timeFor(one, task);
    this.play.wake(awake(this.play.now + ms, this.play.given.arrivals, this.play.calendar), one.who, stamp);
  }

  timeFor(one: Case, task: string): number {
    return timeOf(
      (this.play.given.minutes[task] ?? 0) * minute,
      this.play.given.spread,
      ...this.two(one, task, one.nth(task)),
    );
  }

  two(one: Case, what: string, nth: number): [number, number] {
    return [this.play.draws.of(one.who, what, 2 * nth), this.play.draws.of(one.who, what, 2 * nth + 1)];
  }

  jobOf(one: Case, stamp: number, { task: { task, state, claims }, isFirst }: Extract<Awaited, { kind: 'task' }>): Job {
    const only = task.only === null ? null : (one.signed.get(task.only) ?? null);
    const not = task.not.flatMap((part) => one.signed.get(part) ?? []);
    const { minutes } = this.play.given;
    // What lies in a queue is the work that comes after the claim, too.
    const work = ((minutes[state] ?? 0) + (minutes[claims ?? ''] ?? 0)) * minute;
    return { who: one.who, stamp, role: task.by, since: this.play.now, isFirst, only, not, work };
  }
}
