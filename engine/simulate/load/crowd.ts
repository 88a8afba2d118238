import type { Place } from './places.ts';
import type { Job } from './staff.ts';

/** What a case waits for now, with what was drawn for it. */
export interface Slot {
  /** Told apart from every other: what was planned for a slot that is gone is nothing any more. */
  readonly stamp: number;
  /** Due (timers), epoch ms. */
  readonly due: number;
  /** The outcome that a call will have. */
  readonly outcome: string;
  /** Where it stands in a queue, or who works on it. */
  job: Job | null;
  person: number | null;
  /** Nothing that its person wanted was possible: they look again when something has happened. */
  stuck: boolean;
}

/** One that nothing was drawn for yet. */
export function emptySlot(): Slot {
  return { stamp: 0, due: 0, outcome: '', job: null, person: null, stuck: false };
}

/** One applicant's case. */
export class Case {
  slots: Slot[] = [];
  readonly parked = new Map<string, number>();
  /** Part of the case -> the person (by number) of the role that signed for it. */
  readonly signed = new Map<string, number>();
  readonly entered = new Map<string, number>();
  readonly promised = new Map<string, number>();
  readonly drawn = new Map<string, number>();
  /** Turns of the applicant so far, and after how many they stop. */
  turns = 0;
  ended: number | null = null;

  readonly who: number;
  readonly begun: number;
  place: Place;
  readonly quits: number;
  /** Events aside that the applicant wants, and at which of their turns at the earliest. */
  readonly wishes: Map<string, number>;
  acts = 0;

  constructor(who: number, begun: number, place: Place, quits: number, wishes: Map<string, number>) {
    this.who = who;
    this.begun = begun;
    this.place = place;
    this.quits = quits;
    this.wishes = wishes;
  }

  /** How often this was drawn for the case before. */
  nth(what: string): number {
    const count = this.drawn.get(what) ?? 0;
    this.drawn.set(what, count + 1);
    return count;
  }
}
