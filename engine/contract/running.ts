import type { CaseName } from './routes.ts';
import type { PartView } from './view.ts';

/** Why a case is told as stuck. */
export const stuckReasons = ['late', 'silent', 'long', 'letter', 'nobody'] as const;
/**
 * `late`: what was promised is over; `silent`: another system has not answered for long; `long`: it waits longer than
 * nearly all others did there; `letter`: a request was given up; `nobody`: nobody has a turn and no time is set.
 */
export type StuckReason = (typeof stuckReasons)[number];

export interface StuckCase extends CaseName {
  readonly subject: string;
  readonly project: { readonly id: string; readonly title: string };
  /** What is waited for, and who has the turn. */
  readonly what: string;
  readonly who: PartView;
  readonly since: number;
  readonly reason: StuckReason;
  /** The time that is over (`late`), or how long nearly all others took, in ms (`long`, `silent`); null where unknown. */
  readonly until: number | null;
  readonly usual: number | null;
  /** Keys of requests that were given up. */
  readonly letters: readonly string[];
}

export interface ClaimedTask extends CaseName {
  readonly subject: string;
  readonly project: string;
  /** Address of the state, by which it is named. */
  readonly state: string;
  readonly title: string;
  readonly since: number;
  readonly until: number | null;
}

/** What somebody has claimed, and who could take it over. */
export interface ClaimsOfPerson {
  readonly person: { readonly id: string; readonly name: string };
  readonly role: PartView;
  readonly tasks: readonly ClaimedTask[];
  readonly others: readonly { readonly id: string; readonly name: string; readonly tasks: number }[];
}

/** Who has claimed what, of whom somebody may decide. */
export interface ClaimedTasks {
  readonly people: readonly ClaimsOfPerson[];
  /** More are claimed than are told of: these are the ones that have rested longest. */
  readonly more: boolean;
}

/** A button that may be pressed for several cases at once. */
export interface BulkOffer {
  readonly event: string;
  readonly title: string;
  readonly look: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly confirm?: string;
  /** Its form, of this release. */
  readonly form?: string;
  readonly release: string;
  /** For how many of the cases it can be pressed now. */
  readonly count: number;
}

export const workActions = ['event', 'replay', 'ask', 'hand'] as const;
/** `event`: press a button; `replay`: send given-up requests again; `ask`: ask now what became of a request; `hand`: hand a claimed task on. */
export type WorkAction = (typeof workActions)[number];

export interface WorkSummary {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly action: WorkAction;
  /** Title of the button, name of whoever takes over; empty where there is none. */
  readonly what: string;
  readonly total: number;
  readonly waiting: number;
  readonly done: number;
  readonly refused: number;
  readonly gone: number;
}

export interface WorkRow extends CaseName {
  readonly state: 'waiting' | 'done' | 'refused' | 'gone';
  /** Why not, in the language of whoever asked for it. */
  readonly message: string;
  readonly at: number | null;
}

/** What became of each case; it stays as it was. */
export interface WorkReport extends WorkSummary {
  readonly rows: readonly WorkRow[];
}
