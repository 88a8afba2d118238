import type { Blocker } from '../model/blocker.ts';
import type { Json, JsonObject } from '../model/json.ts';

/**
 * What a person may see of a case. Made by the engine (`engine/explain/view.ts`), masked for that person,
 * sent by the server, drawn by hall, phone, desk and lab. Everything shown comes from the definition.
 */
export interface CaseView {
  readonly id: string;
  readonly number: string;
  readonly project: { readonly id: string; readonly title: string };
  readonly workflow: { readonly id: string; readonly title: string };
  readonly release: string;
  readonly revision: number;
  readonly over: boolean;
  /** It has come to one of the goals of its process; absent until then. */
  readonly reached?: true;
  /** Who it is about (`subject:` of the workflow), empty before it is filled in. */
  readonly subject: string;
  /** Integer fen, or null where the workflow knows no amount (yet). */
  readonly amount: number | null;
  readonly status: StatusView;
  /** The progress bar; empty when the active state has no stage. */
  readonly steps: readonly StepView[];
  /** Who must do what by when; the first is the most urgent. Empty only when the case is over. */
  readonly waiting: readonly WaitingView[];
  /** Tasks of active states that this viewer's roles can see, mine first. */
  readonly tasks: readonly TaskView[];
  readonly facts: readonly {
    readonly id: string;
    readonly title: string;
    readonly provenAt: number | null;
    /** Forms and fields (`<form>`, `<form>.<field>`) whose change voids it. */
    readonly about?: readonly string[];
  }[];
  readonly timeline: readonly TimelineView[];
  /** What speaks for the case, newest first; for whoever works on it, absent for its applicants. */
  readonly evidence?: readonly EvidenceView[];
  /** Page notices, newest first. */
  readonly notices: readonly { readonly at: number; readonly text: string }[];
  /** When the files, and the personal data, of this case were erased; absent while they are there. */
  readonly erased?: { readonly files?: number; readonly values?: number };
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface StatusView {
  /** The applicant's label of the active state, for example 待确认. */
  readonly label: string;
  /** The look of the tag: do = the viewer's turn, wait = others work. */
  readonly look: 'do' | 'wait' | 'ok' | 'warn' | 'err' | 'plain';
}

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly state: 'done' | 'now' | 'later';
  /** Events that lead back to it, one after another; only where the viewer may go back. */
  readonly back?: readonly string[];
}

/** A role or a connector, as a tile (字章) and a word. */
export interface PartView {
  readonly id: string;
  readonly title: string;
  /** One character. */
  readonly tile: string;
}

export interface WaitingView {
  readonly who: PartView;
  readonly mine: boolean;
  /** What has to be done: the task's or operation's title. */
  readonly what: string;
  /** Epoch ms: the nearest deadline or the promise, null when there is none. */
  readonly until: number | null;
  /** Epoch ms: from then on a promise presses, because its first reminder to the desk is due. Null without one. */
  readonly warn: number | null;
  /** Epoch ms: a claimed task goes back to all when it was not touched until then. Absent where nothing is claimed. */
  readonly claimed?: number;
  /** What happens otherwise: label of the deadline's target, or null. */
  readonly otherwise: string | null;
  /** The whole sentence, one line; the parts to be set in bold stand between ** and **. */
  readonly sentence: string;
  readonly state: string;
}

export interface TaskView {
  /** Address of the state. */
  readonly state: string;
  readonly title: string;
  readonly by: PartView;
  /** The viewer may act on it now. */
  readonly mine: boolean;
  /** Secret whose link opens this task on another device; such a task is not `mine` on the desktop. */
  readonly via?: string;
  /** Article of the content (`content:` of the task) that is shown above the forms. */
  readonly article?: string;
  readonly sections: readonly SectionView[];
  /** `<form>.<field>` that others changed since somebody of the task's role last acted; absent when nobody has before. */
  readonly changed?: readonly string[];
  /**
   * What conditions, hints and checks of the forms read outside of the forms in `sections`: values of other forms of
   * the case, and roots such as `last`. Only what is read, only what this viewer may see.
   */
  readonly context?: { readonly forms: { readonly [form: string]: JsonObject }; readonly roots?: JsonObject };
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  /** Forms that a later task opens again, field by field: what may be sent back. Absent where none is. */
  readonly correctable?: readonly string[];
  readonly offers: readonly OfferView[];
}

/** Where a value came from, when nobody typed it. */
export interface Mark {
  /** Title of the file slot that it was read from; number of the case that it was taken from. */
  readonly from: string;
  /** How sure the reading is, 0 to 1. */
  readonly score: number;
  /** A check digit, or another rule of the field, confirmed it. */
  readonly checked: boolean;
  /** Not read clearly and no check digit confirmed it. */
  readonly doubtful: boolean;
  /** Taken over from an earlier case, whose number `from` then is. */
  readonly taken?: true;
}

export type SectionView =
  /** A form: `edit` is filled in from `values` (the committed data overlaid by the working copy, which the server adds). */
  | {
      readonly kind: 'form';
      readonly form: string;
      readonly title: string;
      readonly mode: 'edit' | 'read';
      readonly values: JsonObject;
      /** With `edit:` of the task: only these paths (`<form>.<field>`) are open; null = all. */
      readonly editable: readonly string[] | null;
      /** Fields that were read from a picture and not changed since; the server adds them. */
      readonly marks?: { readonly [field: string]: Mark };
    }
  /** An entry of a record, or several, drawn with the record's own schema (form id or JSON Schema). */
  | {
      readonly kind: 'record';
      readonly record: string;
      readonly title: string;
      /** Id of the form, or the schema of the connector's data. */
      readonly form: string | null;
      readonly schema: Json | null;
      readonly entries: readonly { readonly at: number; readonly data: JsonObject }[];
    }
  /** A value of a decision table, for example the price. */
  | {
      readonly kind: 'value';
      readonly id: string;
      readonly title: string;
      readonly format: 'money' | 'text';
      readonly value: Json;
    }
  /** A one-time link to be opened on another device or by somebody else; the server adds `url` for the owner. */
  | {
      readonly kind: 'link';
      readonly secret: string;
      readonly title: string;
      readonly validUntil: number | null;
      /** Event that the open page sends by itself once it has expired; absent when that is not possible now. */
      readonly renews?: string;
      /** Whoever the viewer passes it on to: the link opens a task of another role. */
      readonly to?: PartView;
      readonly url?: string;
    };

export interface OfferView {
  readonly event: string;
  readonly title: string;
  readonly look: 'primary' | 'plain' | 'danger' | 'quiet';
  /** Sentence to confirm before it is sent. */
  readonly confirm?: string;
  /** The event's own dialogue form. */
  readonly form?: string;
  /** Prefilled values of the dialogue (computed from the definition, for example the price). */
  readonly formValues?: JsonObject;
  readonly saves: 'complete' | 'draft' | 'nothing';
  /** Empty = it can be done. */
  readonly blockers: readonly Blocker[];
}

/** An answer from outside, or a step that proved something or took a proof away. */
export interface EvidenceView {
  readonly at: number;
  readonly part: PartView;
  /** What was asked and what came back. */
  readonly title: string;
  /** Numbers and whatever else was kept of it, masked for the viewer. */
  readonly details: readonly { readonly title: string; readonly text: string }[];
  /** Titles of facts. */
  readonly proved: readonly string[];
  readonly voided: readonly string[];
}

export interface TimelineView {
  readonly at: number;
  readonly part: PartView;
  readonly title: string;
  readonly details: readonly string[];
  readonly look: 'plain' | 'ok' | 'err';
}

/** A list that the process declares, and the row's cells of its own columns, in their order. */
export interface ListedView {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly { readonly id: string; readonly title: string; readonly text: string }[];
}

/** A row of a list (我的业务单, the desk's queue); derived from the case, kept in an index that is rebuilt at start. */
export interface CaseRow {
  readonly id: string;
  readonly number: string;
  readonly project: { readonly id: string; readonly title: string };
  readonly workflow: { readonly id: string; readonly title: string };
  readonly subject: string;
  readonly amount: number | null;
  readonly status: StatusView;
  readonly waiting: readonly WaitingView[];
  /** Why it stands where it does: the viewer knows the case (`known`), or it goes before others (`first`). */
  readonly mark: 'known' | 'first' | null;
  /** The owner wrote and nobody has answered; the server adds it for the desk. */
  readonly asks?: true;
  /** Lists of the process in which it stands, with what they show of it besides. */
  readonly lists: readonly ListedView[];
  /** Offers of the list (`list: true` on the event), without blockers, for the viewer. */
  readonly offers: readonly Pick<OfferView, 'event' | 'title' | 'look'>[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly over: boolean;
}
