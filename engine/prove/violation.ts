import type { Course } from '../explore/courses.ts';
import type { Step } from '../explore/explore.ts';
import type { Situation, Space } from '../explore/space.ts';
import type { Avoided } from './avoided.ts';

export type ViolationKind =
  /** A law is broken in a state that a case may get into. */
  | 'law'
  /** Nothing can happen any more, and the case has not ended. */
  | 'stuck'
  /** Something can happen for ever, but the case can never end. */
  | 'trap'
  /** No case can get to a goal; the way leads to the end that is reached instead. */
  | 'goal'
  /** An event that has to be heard always is not heard. */
  | 'unheard'
  /** An answer of a call moves nothing. */
  | 'unhandled'
  /** A leader moves and its follower can't. */
  | 'follower'
  /** A `when` goes round and round. */
  | 'endless';

/** What must not be, as the search found it. */
export interface Violation {
  readonly kind: ViolationKind;
  /** Law, event, goal; `call:OUTCOME`; state; `EVENT:region`. */
  readonly name: string;
  /** Active leaves of the regions that were looked at, where it ends. */
  readonly at: readonly string[];
  readonly begun: Course;
  readonly way: readonly (Step & { readonly into: Situation })[];
  readonly space: Space;
  /** The step that shows it, where it leads into no new state: refused, unheard, endless. */
  readonly last: Course | null;
  /** The shortest way to the same that avoids what could not be played, or null. */
  readonly another: (avoided: Avoided) => Violation | null;
}
