import type { Configuration } from './configurations.ts';
import type { Move } from './moves.ts';
import type { Edge } from './nodes.ts';
import type { Choice } from './oracle.ts';
import type { Change } from './packing.ts';

/** What comes of a move under one set of answers, whatever the variables are that it does not look at. */
export interface Course {
  readonly move: Move;
  readonly choices: readonly Choice[];
  /** Where the case is afterwards; null when it was refused or moved nothing. */
  readonly into: Configuration | null;
  /** Slot, value, slot, value …: what it writes. */
  readonly writes: readonly number[];
  /** The same for the words of a state, with what is forgotten where it leads; null when it leads nowhere. */
  readonly change: Change | null;
  /** Branches taken, in order. */
  readonly taken: readonly Edge[];
  readonly voided: readonly string[];
  readonly refused: boolean;
  /** False: the answer or deadline was used up before, it cannot come again. */
  readonly possible: boolean;
  /** It went round and round. */
  readonly endless: boolean;
}

/** Every course of a move. */
export interface Courses {
  readonly all: readonly Course[];
  /** Some hang on a value that the world gives. */
  readonly given: boolean;
}

type Place = Fork | Courses;

/** By the value of a variable that is looked at. */
interface Fork {
  readonly slot: number;
  readonly by: (Place | undefined)[];
}

/**
 * Courses that were worked out before, found again by the variables that they look at: a step is made once for all the
 * states that differ only in what it does not look at.
 */
export class CourseBook {
  private readonly begins = new Map<Move, Place>();

  find(move: Move, values: readonly number[]): Courses | undefined {
    let place = this.begins.get(move);
    while (place !== undefined) {
      if (!('by' in place)) return place;
      place = place.by[values[place.slot] as number];
    }
    return undefined;
  }

  /** @param reads slots that were looked at, in order: the next one depends only on the values of those before it */
  add(move: Move, values: readonly number[], reads: readonly number[], courses: Courses): void {
    const [first] = reads;
    if (first === undefined) {
      this.begins.set(move, courses);
      return;
    }
    let place = this.begins.get(move);
    if (place === undefined) {
      place = { slot: first, by: [] };
      this.begins.set(move, place);
    }
    for (let at = 1; at < reads.length; at++) {
      if (!('by' in place)) return;
      const value = values[place.slot] as number;
      let next: Place | undefined = place.by[value];
      if (next === undefined) {
        next = { slot: reads[at] as number, by: [] };
        place.by[value] = next;
      }
      place = next;
    }
    if ('by' in place) place.by[values[place.slot] as number] = courses;
  }
}
