import type { Definition, EdgeNode, Origin, TaskNode } from './definition.ts';

/**
 * What `engine/compose` hands to `engine/compile`: base, fragments and project in one, constant settings folded, every
 * name resolved, everything in one normal form. Plain JSON. Nothing in it refers to anything that is gone:
 *
 * - targets are addresses; `next`, `back`, `exit.x`, `onward` and bare names are resolved;
 * - every `if` is CEL text after folding (`null` = always); `at('…')` in it holds absolute addresses that exist;
 * - a transition has at least one branch; branches behind an unconditional one are cut off;
 * - durations are numbers: settings and percentages are worked in.
 */
export type Composed = Omit<Definition, 'machine'>;

/** The effective chart. `states['']` is the root; the others follow in document order, parents before children. */
export interface Chart {
  readonly states: { readonly [address: string]: ChartState };
}

export interface ChartState {
  /** Path from the root (`main.work.review.queue`); `''` is the root itself. */
  readonly address: string;
  /** Last segment of the address. */
  readonly id: string;
  /** Address of the state around it; null for the root only. */
  readonly parent: string | null;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'decision';
  /** For the desk and the diagram: own title, label, or what it calls; inherited where it has none. */
  readonly title: string;
  /** For the applicant; inherited. Null where nobody around it has one. */
  readonly label: string | null;
  readonly stage: string | null;
  readonly look: 'ok' | 'warn' | 'err' | null;
  /** Addresses, in document order. Empty for atomic, final and decision. */
  readonly children: readonly string[];
  /** Address of the child that is entered first; compound only. */
  readonly start: string | null;
  readonly task: TaskNode | null;
  readonly call: ChartCall | null;
  /** When left, its deadlines and calls are parked; `back` targets name only such states or ones that park nothing. */
  readonly keep: boolean;
  /** Its deadlines do not keep the case open. [RUN-17] */
  readonly afterwards: boolean;
  /** Words on entering. */
  readonly enter: Words;
  /** Events of persons and from outside that this state hears. Keys are events. */
  readonly on: { readonly [event: string]: Transition };
  /** Answers of `call`. Keys are outcomes of the contract and `UNAVAILABLE`. */
  readonly outcomes: { readonly [outcome: string]: Transition };
  /** Moves along with the leader's event; only in the step in which the leader moves. */
  readonly follow: { readonly [event: string]: Transition };
  /** Outcome that arrives after the state was left -> event of the case it becomes. */
  readonly late: { readonly [outcome: string]: string };
  readonly after: readonly Deadline[];
  readonly remind: readonly Reminder[];
  readonly when: Transition | null;
  /** Parallel only: taken when each region is in a final state. */
  readonly done: Transition | null;
  /** In order; the last has no fact. Empty = `next` does not stop here. */
  readonly obligations: readonly Obligation[];
  /** The time that is promised; it moves nothing. */
  readonly promise: Duration | null;
  readonly origin: Origin;
}

export interface ChartCall {
  readonly connector: string;
  readonly operation: string;
  /** Input -> CEL text; `secrets.x` stands alone where it stands. */
  readonly with: { readonly [input: string]: string };
}

/** The first branch whose `if` holds is taken. */
export interface Transition {
  /** `main.work.code.on.CODE`, `….after.30 days`, `….when`, `….done`, `….follow.X`, `….on.OK` for an outcome. */
  readonly address: string;
  readonly branches: readonly Branch[];
  readonly origin: Origin;
}

export interface Branch {
  /** `<transition>.<id>` where the transition has more than one branch in the file, else the transition's. */
  readonly address: string;
  /** CEL text, or null when it always holds. */
  readonly if: string | null;
  readonly to: Target;
  readonly words: Words;
  /** Set: nothing happens, not even the commit of the form; the text says why. May hold placeholders. */
  readonly refuse: string | null;
  /** The button's text here, instead of the event's title. */
  readonly title: string | null;
  readonly origin: Origin;
}

export type Target =
  /** The case stays; nothing is left, deadlines run on. */
  | { readonly kind: 'here' }
  /** `again`: the target is the source or around it: it is left and entered anew (XState's `reenter`). */
  | { readonly kind: 'state'; readonly address: string; readonly again: boolean }
  /** The decision of the state that has the obligations. */
  | { readonly kind: 'next'; readonly address: string }
  /** Where that state was when it was left (deep). */
  | { readonly kind: 'back'; readonly address: string };

/** In this order: prove, void, count, record, sign, make, notify, erase. Empty lists where nothing is said. */
export interface Words {
  readonly prove: readonly string[];
  readonly void: readonly string[];
  readonly count: readonly string[];
  readonly record: readonly string[];
  readonly sign: readonly string[];
  readonly make: readonly string[];
  readonly notify: readonly string[];
  readonly erase: readonly Erased[];
}

/** The bytes of the case's files; what it holds in fields that are `x-sensitive` or `x-personal`. */
export type Erased = 'files' | 'values';

export interface Deadline {
  /** As written: `30 days`, `settings.draftTtl`, `75% of settings.reviewSla`. Stable: timers are named by it. */
  readonly key: string;
  readonly duration: Delay;
  readonly transition: Transition;
}

export interface Reminder {
  /** As written; entries of a list get `#1`, `#2` … behind the key. */
  readonly key: string;
  readonly duration: Delay;
  readonly notice: string;
}

/**
 * `working` counts only time on working days of the calendar (24 hours each); `days` may be a fraction; `calendar` names
 * one of the calendar's `others`.
 */
export type Duration =
  | { readonly kind: 'elapsed'; readonly ms: number }
  | { readonly kind: 'working'; readonly days: number; readonly calendar?: string };

/** When a timer is due, worked out when its state is entered: a time from then on, or from a date that the case holds. */
export type Delay =
  | Duration
  /** `90 days before last.loans.until`; without an offset the moment itself. `of` is CEL. */
  | {
      readonly kind: 'moment';
      readonly of: string;
      readonly side: 'before' | 'after';
      readonly offset: Duration | null;
    }
  /** `settings.waits by counters.tries`: the first at count 0, the next at 1, …; the last stands for all further ones. */
  | { readonly kind: 'nth'; readonly each: readonly Duration[]; readonly counter: string };

export interface Obligation {
  readonly id: string;
  /** `main.work.obligations.payment` */
  readonly address: string;
  /** Null for the last, which always fits. */
  readonly fact: string | null;
  readonly go: string;
  readonly if: string | null;
  readonly origin: Origin;
}

/** An edge of the base that the project's settings or changes took away from a state that is still there. */
export interface RemovedEdge extends EdgeNode {
  readonly from: string;
}
