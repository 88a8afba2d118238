import type { Change, Kind } from '../diff/index.ts';

/**
 * What a draft, or the release in force, would mean for one open case that goes by another release: it is as it was, it
 * goes on otherwise (a deadline, a call, a state that is new to it), or somebody has to say where it goes on.
 */
export interface CaseImpact {
  readonly number: string;
  /** Number of its release. */
  readonly release: number;
  /** What its owner reads as its status. */
  readonly label: string;
  readonly outcome: 'same' | 'moved' | 'person';
  /** What stands in the way, a sentence each. */
  readonly blockers: readonly string[];
  /** States that would begin and deadlines that would be added. */
  readonly begins: readonly string[];
  /** States in which it stands that are no more: what a plan has to name. */
  readonly gone: readonly { readonly id: string; readonly title: string }[];
}

/** `GET /api/studio/projects/:id/impact?of=draft|release`. Running cases keep their release until somebody moves them. */
export interface Impact {
  readonly counts: { readonly same: number; readonly moved: number; readonly person: number };
  /** Those that need a person first, then those that go on otherwise; at most 200. */
  readonly cases: readonly CaseImpact[];
  /** States to which a plan may lead: address and title, in the order of the process. */
  readonly states: readonly { readonly id: string; readonly title: string }[];
}

/** A scenario that was kept in the studio; the gate plays it before every release of the project. */
export interface StudioScenario {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly at: number;
  /** Name of who kept it. */
  readonly by: string;
}

/** `GET /api/studio/projects/:id/difference?from=HASH`: what the draft, else the release in force, does otherwise. */
export interface StudioDifference {
  readonly kind: Kind;
  readonly address: string;
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly changes: readonly Change[];
  /** A way that one of the two goes and the other does not, as the text of a scenario file. */
  readonly witness: {
    readonly passesIn: 'before' | 'after';
    readonly step: number;
    readonly found: string;
    readonly english: string;
    readonly scenario: string;
  } | null;
  /** Proved: no case comes there. */
  readonly impossible: boolean;
}
