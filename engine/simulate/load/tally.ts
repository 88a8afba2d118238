import type { Calendar } from '../../model/command.ts';
import type { Shift } from './assumptions.ts';
import { day, hour, isOnDuty, midnightOf, weekHourOf } from './calendar.ts';

/** Hours of a week. */
export const week = 168;
/** Shifts begin and end at half hours. */
const half = hour / 2;

/** Times of one kind, to be asked for their middle and their worst. */
export class Times {
  private readonly all: number[] = [];
  sum = 0;

  add(ms: number): void {
    this.all.push(ms);
    this.sum += ms;
  }

  get n(): number {
    return this.all.length;
  }

  summary(): TimeSummary {
    const sorted = Float64Array.from(this.all).sort();
    const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    const mean = sorted.length === 0 ? 0 : this.sum / sorted.length;
    return { n: sorted.length, mean, median: at(0.5), most: at(0.9), worst: at(1) };
  }
}

/** In ms: half took no longer than `median`, nine of ten no longer than `most`. */
export interface TimeSummary {
  readonly n: number;
  readonly mean: number;
  readonly median: number;
  readonly most: number;
  readonly worst: number;
}

/**
 * What the people of a role did, and what waited for them, by hour of the week; only while applicants come. What waits is counted
 * while they are on duty: nobody is missed at night.
 */
export class RoleTally {
  readonly busy = new Float64Array(week);
  /** Jobs that waited, and the work in them, over time: job·ms and work·ms. */
  readonly waited = new Float64Array(week);
  readonly backlog = new Float64Array(week);
  /** Work that came to wait in that hour, ms. */
  readonly came = new Float64Array(week);
  readonly waits = new Times();
  jobs = 0;
  /** Work that came while applicants came, ms, whenever it was done. */
  offered = 0;
  private length = 0;
  private work = 0;
  private since: number;
  private readonly from: number;
  private readonly until: number;
  private readonly calendar: Calendar;
  private readonly shift: Shift;

  constructor(from: number, until: number, shift: Shift, calendar: Calendar) {
    this.shift = shift;
    this.from = from;
    this.until = until;
    this.calendar = calendar;
    this.since = from;
  }

  queued(at: number, jobs: number, work: number): void {
    if (this.length > 0)
      this.spread(this.since, at, (bin, ms, when) => {
        if (!isOnDuty(this.shift, when, this.calendar)) return;
        this.waited[bin] = (this.waited[bin] ?? 0) + ms * this.length;
        this.backlog[bin] = (this.backlog[bin] ?? 0) + ms * this.work;
      });
    if (work > 0 && at < this.until) {
      const bin = weekHourOf(at, this.calendar);
      this.came[bin] = (this.came[bin] ?? 0) + work;
    }
    this.since = Math.max(at, this.from);
    this.length += jobs;
    this.work = Math.max(0, this.work + work);
  }

  /** @param came when the work came: of two who wait, the later is not of the days that are counted */
  worksFrom(from: number, to: number, came: number): void {
    this.jobs += 1;
    if (came <= this.until) this.offered += to - from;
    this.spread(from, to, (bin, ms) => {
      this.busy[bin] = (this.busy[bin] ?? 0) + ms;
    });
  }

  /** Nothing more is played: what still waits came, too. */
  close(at: number): void {
    this.queued(at, 0, 0);
    this.offered += this.work;
  }

  private spread(from: number, to: number, add: (bin: number, ms: number, when: number) => void): void {
    const end = Math.min(to, this.until);
    for (let at = Math.max(from, this.from); at < end; ) {
      const next = Math.min(end, (Math.floor(at / half) + 1) * half);
      add(weekHourOf(at, this.calendar), next - at, at);
      at = next;
    }
  }
}

/** Counts by day of the calendar, from the first day on. */
export class Days {
  private readonly counts: number[] = [];
  private readonly first: number;
  private readonly calendar: Calendar;

  constructor(from: number, calendar: Calendar) {
    this.calendar = calendar;
    this.first = midnightOf(from, calendar);
  }

  add(at: number): void {
    const index = Math.max(0, Math.round((midnightOf(at, this.calendar) - this.first) / day));
    this.counts[index] = (this.counts[index] ?? 0) + 1;
  }

  at(index: number): number {
    return this.counts[index] ?? 0;
  }

  get length(): number {
    return this.counts.length;
  }
}
