import type { AnyStateMachine } from 'xstate';
import type { Chart, RemovedEdge } from './composed.ts';
import type { HttpBinding } from './http.ts';
import type { Json, JsonObject } from './json.ts';

/** The files of a definition, path -> text. Paths are those of the repository (`workflows/…`, `forms/…`). */
export type Files = { readonly [path: string]: string };

/** Where a piece of the effective definition was written. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A project's effective, checked and compiled definition: base, fragments and project composed,
 * constant settings folded, what cannot be reached removed. Immutable; named by `hash`.
 */
export interface Definition {
  /** SHA-256 (hex) over the canonical JSON of all files that it uses. */
  readonly hash: string;
  readonly project: {
    readonly id: string;
    readonly title: string;
    readonly number: string;
    /** Why no new cases are taken; absent where they are. Cases that were begun go on. */
    readonly closed?: string;
    /** First and last day on which new cases are taken, YYYY-MM-DD. */
    readonly opens?: string;
    readonly closes?: string;
    /** Projects in which somebody may go on whose case has reached a goal. */
    readonly related?: readonly string[];
    readonly announcements?: readonly Announcement[];
  };
  readonly workflow: { readonly id: string; readonly title: string };
  /** Effective settings: defaults of the schema overlaid by the project. */
  readonly settings: JsonObject;
  readonly settingsSchema: JsonObject;
  /** On which days the project works otherwise than the calendar of the shell says; null when on none. */
  readonly calendar: CalendarChanges | null;
  readonly roles: { readonly [role: string]: { readonly title: string; readonly tile: string } };
  readonly connectors: { readonly [id: string]: ConnectorDefinition };
  readonly forms: { readonly [form: string]: FormSchema };
  readonly documents: { readonly [document: string]: JsonObject };
  readonly content: { readonly [kind: string]: JsonObject };
  /** Events, facts, counters, records, secrets, notices, stages, laws, goals, tables, people as composed. */
  readonly declared: DeclaredParts;
  /** The effective chart in full, as it is compiled and run. */
  readonly chart: Chart;
  /** The effective chart by address, in document order, as the diagram and the checks read it (without the root). */
  readonly states: { readonly [address: string]: StateNode };
  /** What the project's settings and changes removed: address -> state as it stood in the base, for the diagram. */
  readonly removed: { readonly [address: string]: StateNode };
  /** Edges of the base that are gone between states that are still there, or that led to a removed state. */
  readonly removedEdges: readonly RemovedEdge[];
  /** The compiled machine; `engine/run` alone steps it. */
  readonly machine: AnyStateMachine;
  /** Address (of state, transition, setting, …) -> where it was written. */
  readonly origins: { readonly [address: string]: Origin };
}

/** What people are told in the hall; both days belong to it, YYYY-MM-DD. */
export interface Announcement {
  readonly id: string;
  readonly title: string;
  /** Paragraphs apart by empty lines. */
  readonly text: string;
  readonly from: string;
  readonly until?: string;
}

/** `YYYY-MM-DD` -> a holiday, or a day that is worked. */
export type Days = { readonly [date: string]: 'off' | 'work' };

export interface CalendarChanges {
  readonly days: Days;
  /** The same for a connector's days. */
  readonly others: { readonly [connector: string]: Days };
}

/** JSON Schema 2020-12 of an object, with the `x-` vocabulary of `forms/README.md`. */
export type FormSchema = JsonObject & {
  readonly title: string;
  readonly properties: { readonly [field: string]: JsonObject };
};

export interface ConnectorDefinition {
  readonly id: string;
  readonly title: string;
  readonly tile: string;
  readonly operations: {
    readonly [operation: string]: {
      readonly title: string;
      readonly input: JsonObject;
      readonly outcomes: {
        readonly [outcome: string]: {
          readonly title: string;
          readonly data?: JsonObject;
          /** Fields of the data that are as they were asked for. */
          readonly same?: readonly string[];
        };
      };
      /** Repeats after a technical failure before UNAVAILABLE is reported: waiting times in ms. */
      readonly retry: readonly number[];
      /** UNAVAILABLE after this many ms without any answer, or null when an `after` of the state decides. */
      readonly limit: number | null;
      /** Asked for the same thing again after an UNAVAILABLE, it is the same request; absent = a new one. */
      readonly once?: true;
    };
  };
  /** Data that arrives unasked. `id` names the field by which duplicates are known. */
  readonly events: {
    readonly [data: string]: { readonly title: string; readonly data: JsonObject; readonly id: string };
  };
  /** How it is kept over HTTP without a program; absent where a client of the server keeps it. */
  readonly http?: HttpBinding;
}

export interface DeclaredParts {
  readonly events: { readonly [event: string]: EventDefinition };
  readonly facts: { readonly [fact: string]: { readonly title: string; readonly about: readonly string[] } };
  readonly counters: {
    readonly [counter: string]: { readonly title: string; readonly reset?: string; readonly per?: 'day' };
  };
  readonly records: {
    readonly [record: string]: { readonly title: string; readonly form?: string; readonly of?: string };
  };
  readonly people: { readonly [part: string]: string };
  readonly secrets: {
    readonly [secret: string]: {
      readonly title: string;
      readonly digits?: number;
      readonly token?: boolean;
      readonly valid?: string;
      readonly opens?: string;
      /** Event that an open page sends by itself when the value that it shows has expired. */
      readonly renews?: string;
    };
  };
  readonly notices: {
    readonly [notice: string]: {
      readonly by: 'sms' | 'email' | 'page' | 'desk' | 'inbox';
      /** CEL: a number or an address. */
      readonly to?: string;
      /** Who is told at the desk; nobody in particular when it is missing. */
      readonly role?: string;
      readonly text: string;
      /** What the owner's inbox says beside another channel. */
      readonly inbox?: string;
      /** CEL: sent only when it holds. */
      readonly if?: string;
    };
  };
  readonly stages: { readonly [stage: string]: string };
  readonly tables: {
    readonly [table: string]: { readonly title: string; readonly by: readonly string[]; readonly is: Json };
  };
  readonly laws: {
    readonly [law: string]: {
      readonly title: string;
      readonly at?: readonly string[];
      readonly offers?: string;
      readonly must: string;
    };
  };
  readonly goals: readonly string[];
  readonly reservations: {
    readonly [reservation: string]: {
      readonly title: string;
      /** CEL; with `of` it sees the entry as `entry`. */
      readonly key: string;
      readonly taken: string;
      /** A record: each entry takes `part` of the `whole` that `key` names, and keeps it when the case is over. */
      readonly of?: string;
      readonly part?: string;
      readonly whole?: string;
      /** Among the cases of all projects. */
      readonly across?: boolean;
      /** CEL: how many open cases may hold the same key. */
      readonly places?: string;
    };
  };
  readonly subject?: string;
  readonly amount?: string;
  /** Lists of a person's own cases in which cases of this process stand. */
  readonly lists: {
    readonly [list: string]: {
      readonly title: string;
      /** CEL: only while it holds. */
      readonly if?: string;
      readonly columns: { readonly [column: string]: { readonly title: string; readonly text: string } };
    };
  };
  /** Many cases by one person from a table; absent where the project has none. */
  readonly batch?: BatchDefinition;
}

export interface BatchDefinition {
  readonly title: string;
  /** CEL over the settings. */
  readonly if?: string;
  /** Forms that are filled in once for all rows. */
  readonly shared: readonly string[];
  /** Forms, or `<form>.<field>`, that stand in the table. */
  readonly columns: readonly string[];
  /** Events that the person sends with each case, in this order. */
  readonly send: readonly string[];
  /** How many rows a table may have. */
  readonly most: number;
}

export interface EventDefinition {
  readonly title: string;
  readonly by?: string;
  readonly from?: string;
  readonly heard?: 'always';
  readonly form?: string;
  readonly saves: 'complete' | 'draft' | 'nothing';
  readonly look: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly confirm?: string;
  /** Offered in lists of cases too. */
  readonly list: boolean;
}

/** A state of the effective chart, as the diagram, the lab and the checks read it. */
export interface StateNode {
  readonly address: string;
  readonly parent: string | null;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'decision';
  readonly title: string;
  readonly label: string | null;
  readonly stage: string | null;
  readonly look: 'ok' | 'warn' | 'err' | null;
  readonly task: TaskNode | null;
  readonly call: { readonly connector: string; readonly operation: string } | null;
  readonly keep: boolean;
  /** Address of the start state of a compound. */
  readonly start: string | null;
  readonly edges: readonly EdgeNode[];
}

export interface TaskNode {
  readonly by: string;
  readonly title: string | null;
  readonly forms: readonly string[];
  readonly shows: readonly string[];
  readonly documents: readonly string[];
  readonly content: string | null;
  readonly via: string | null;
  readonly edit: string | null;
  readonly only: string | null;
  readonly not: readonly string[];
  /** Who signed as that stands first for this task; others may do it all the same. */
  readonly prefer: string | null;
  /** CEL: while it holds the task stands before others. */
  readonly first: string | null;
}

/** One branch of one transition. */
export interface EdgeNode {
  /** `on`: a person's or outside event; `outcome`; `after`; `when`; `next`: an obligation; `follow`; `done`. */
  readonly kind: 'on' | 'outcome' | 'after' | 'when' | 'next' | 'follow' | 'late' | 'done';
  /** Event, outcome, delay or obligation. */
  readonly name: string;
  /** Text on the diagram's edge. */
  readonly title: string;
  /** The same in English, where the product's own words stand in it (times, no answer). */
  readonly en?: string;
  readonly if: string | null;
  /**
   * Address of the target, or null when the case stays or is refused.
   * `<address>.next` is the decision of a state's obligations, `<address>.back` the return to where that state was.
   */
  readonly to: string | null;
  readonly refuses: string | null;
}
