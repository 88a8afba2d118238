import type { Calendar } from '../../model/command.ts';
import type { Shift } from './assumptions.ts';
import { isOnDuty } from './calendar.ts';
import type { RoleTally } from './tally.ts';

/** A task of a case that waits for somebody of a role. */
export interface Job {
  readonly who: number;
  readonly stamp: number;
  readonly role: string;
  readonly since: number;
  readonly isFirst: boolean;
  /** Who may do it, by number: only this one (null: anybody) … */
  readonly only: number | null;
  /** … and none of these. */
  readonly not: readonly number[];
  /** Expected work, ms. */
  readonly work: number;
}

/** The people of a role and what waits for them: first come, first served, but for what stands before others. */
export class Pool {
  readonly idle: boolean[];
  private first: Job[] = [];
  private rest: Job[] = [];
  /** A shift's beginning is already waited for. */
  wakes = false;

  readonly shift: Shift;
  readonly tally: RoleTally;
  private readonly calendar: Calendar;

  constructor(shift: Shift, tally: RoleTally, calendar: Calendar) {
    this.shift = shift;
    this.tally = tally;
    this.calendar = calendar;
    this.idle = Array.from({ length: shift.people }, () => true);
  }

  /** What waits, oldest first. */
  get waiting(): number {
    return this.first.length + this.rest.length;
  }

  add(job: Job): void {
    (job.isFirst ? this.first : this.rest).push(job);
    this.tally.queued(job.since, 1, job.work);
  }

  cancel(job: Job, at: number): void {
    this.first = this.first.filter((one) => one !== job);
    this.rest = this.rest.filter((one) => one !== job);
    this.tally.queued(at, -1, -job.work);
  }

  isOnDuty(at: number): boolean {
    return isOnDuty(this.shift, at, this.calendar);
  }

  /** Gives the first job that somebody idle may do to them; null when there is none. */
  take(at: number): { readonly job: Job; readonly person: number } | null {
    if (!this.isOnDuty(at)) return null;
    for (const queue of [this.first, this.rest]) {
      for (const [index, job] of queue.entries()) {
        const person = this.idle.findIndex((is, one) => is && mayDo(job, one));
        if (person < 0) {
          if (!this.idle.includes(true)) return null;
          continue;
        }
        queue.splice(index, 1);
        this.idle[person] = false;
        this.tally.queued(at, -1, -job.work);
        return { job, person };
      }
    }
    return null;
  }
}

export function mayDo(job: Pick<Job, 'only' | 'not'>, person: number): boolean {
  return (job.only === null || job.only === person) && !job.not.includes(person);
}
