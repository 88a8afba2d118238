/** What the gate found out about a draft that is to be published. */
export interface Verdict {
  /** What must not be and can be. */
  readonly violations: readonly RefusedBy[];
  /** Regions with more states than are looked at. */
  readonly unfinished: readonly string[];
  /** Laws that are left to the interpreter, which looks at every law after every step. */
  readonly undecided: readonly LeftLaw[];
  /** Scenarios that do not come out as they say; not played when there are violations. */
  readonly scenarios: readonly FailedScenario[];
}

export interface LeftLaw {
  readonly title: string;
  /** What it hangs on that nobody knows before. */
  readonly reason: 'people' | 'sums' | 'sizes' | 'values';
}

export interface RefusedBy {
  readonly message: string;
  /** The same in English. */
  readonly english: string;
  /** The way to it, as the text of a scenario file. */
  readonly scenario: string;
  /** False: it could not be played with data; nothing was proven all the same. */
  readonly played: boolean;
  /** The same way, moment by moment: the beginning, then what stands after each step that went as written. */
  readonly moments: readonly PathMoment[];
}

/** Where a case stands on a way. */
export interface PathMoment {
  /** What led here; `world`: the outside answers otherwise from here on. */
  readonly kind: 'begin' | 'do' | 'notice' | 'answer' | 'advance' | 'through' | 'refused' | 'world';
  /** Title of the event, the operation, the state; the duration as it is written. */
  readonly title: string;
  /** Who did it, what was answered, why it was refused; may be empty. */
  readonly detail: string;
  /** Addresses of the states that are active. */
  readonly active: readonly string[];
}

/** Where a scenario comes out otherwise than it says. */
export interface FailedScenario {
  readonly path: string;
  readonly title: string;
  /** From 1 on. */
  readonly step: number;
  readonly written: string;
  readonly expected: string;
  readonly found: string;
  readonly english: { readonly expected: string; readonly found: string };
  /** As far as it went as written. */
  readonly moments: readonly PathMoment[];
  /** Kept in the studio: whoever kept it may drop it there. */
  readonly kept: boolean;
}
