import type { Blocker } from './blocker.ts';
import type { Erased } from './composed.ts';
import type { Effect } from './effect.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * A case (业务单) as the engine knows it: plain JSON, complete, restorable at any revision.
 * The shell stores it beside journal, outbox and secrets in one document and never edits it.
 */
export interface CaseState {
  readonly id: string;
  /** 17 digits: project code (3) + yyMMddHHmmss + sequence (2). Requirements N-01. */
  readonly number: string;
  readonly project: string;
  readonly workflow: string;
  /** Content hash of the release that the case is pinned to. */
  readonly release: string;
  /** Id of the person who started it. */
  readonly owner: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Rises by one with every accepted command. */
  readonly revision: number;
  /** Over: every region is final or waits for nothing. It still hears events from outside. */
  readonly over: boolean;
  /** XState's value and history, nothing else. */
  readonly snapshot: Json;
  /** Addresses of the active atomic states. */
  readonly active: readonly string[];
  readonly forms: { readonly [form: string]: JsonObject };
  readonly facts: { readonly [fact: string]: { readonly at: number } };
  readonly counters: { readonly [counter: string]: { readonly count: number; readonly day?: string } };
  readonly records: { readonly [record: string]: readonly RecordEntry[] };
  readonly people: { readonly [part: string]: string };
  readonly secrets: {
    readonly [secret: string]: { readonly generation: number; readonly validUntil: number | null };
  };
  readonly timers: { readonly [id: string]: Timer };
  readonly calls: { readonly [call: string]: CallState };
  /** When each active state was entered. */
  readonly entered: { readonly [address: string]: number };
  /** Deadlines and calls of `keep` states that were left, with what came for them meanwhile. */
  readonly parked: { readonly [address: string]: Parked };
  /** Keys that no other open case may hold: reservation id -> key. Written by the shell before the commit. */
  readonly reservations: { readonly [reservation: string]: string };
  /** How many open cases may hold a key, where it is not one: reservation id -> places. */
  readonly places?: { readonly [reservation: string]: number };
  /** Parts of things that several cases share: reservation id -> what each entry of its record takes. Never given back. */
  readonly shares?: { readonly [reservation: string]: readonly Share[] };
  /** When what of the case was erased. References of files stay in the data, their bytes are gone. */
  readonly erased?: Erasures;
}

export type Erasures = { readonly [what in Erased]?: number };

export interface Share {
  readonly key: string;
  readonly part: number;
  /** How much there is for all cases together. */
  readonly whole: number;
}

export interface RecordEntry {
  readonly at: number;
  /** Person id, or null when it came from outside. */
  readonly by: string | null;
  readonly data: JsonObject;
}

export interface Timer {
  readonly due: number;
  readonly generation: number;
  readonly kind: 'after' | 'remind';
  /** Address of the state that owns it. */
  readonly state: string;
}

export interface CallState {
  readonly generation: number;
  readonly connector: string;
  readonly operation: string;
  /** waiting: its outcome is expected; left: only `late` may hear it; over: answered. */
  readonly status: 'waiting' | 'left' | 'over';
  readonly since: number;
  /** What was asked of the fields that an answer has to repeat; absent where there are none. */
  readonly asked?: JsonObject;
  /** Nobody knows whether the request before was done, and it must not be done twice: this one asks for the same. */
  readonly unknown?: true;
}

export interface Parked {
  readonly timers: {
    readonly [id: string]: { readonly remaining: number; readonly kind: 'after' | 'remind'; readonly state: string };
  };
  readonly outcomes: readonly {
    readonly call: string;
    readonly generation: number;
    readonly outcome: string;
    readonly data?: JsonObject;
  }[];
}

/** One line of a case's history: what was asked, by whom, and what it changed. Bounded by the process, never by drafts. */
export interface JournalEntry {
  readonly revision: number;
  readonly at: number;
  /** Person id, `connector.operation`, or `timer`. */
  readonly by: string;
  /** Person as whom it was done by somebody else; absent where nobody stood in. */
  readonly inPlaceOf?: string;
  /** Role, connector or `timer`: decides the tile. */
  readonly part: string;
  /** `start`, `event:NEXT`, `outcome:main.work…:OK`, `outside:PAY_NOTICE`, `timer:…`, `late:…`, `stale:…`. */
  readonly what: string;
  /** Atomic states left and entered. */
  readonly left: readonly string[];
  readonly entered: readonly string[];
  readonly proved: readonly string[];
  readonly voided: readonly string[];
  readonly counted: readonly string[];
  readonly recorded: readonly string[];
  readonly notified: readonly string[];
  /** What was erased; absent where nothing was. */
  readonly erased?: readonly Erased[];
  /** Paths of fields whose committed value changed; values are not repeated here. */
  readonly changed: readonly string[];
  /** The title for a timeline, in the product's first language. */
  readonly title: string;
}

export type StepResult =
  | {
      readonly kind: 'stepped';
      readonly next: CaseState;
      readonly effects: readonly Effect[];
      readonly entry: JournalEntry;
      /** Laws that the new state breaks. Never refused (an outside fact is a fact), always an incident. */
      readonly incidents: readonly string[];
      /** Addresses of the branches, obligations and reminders that were taken, in their order: what coverage counts. */
      readonly taken: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly blockers: readonly Blocker[];
      /** The branch with the `refuse` that decided, where one did. */
      readonly branch?: string;
    };
