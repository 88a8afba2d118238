import type { Origin } from '../model/definition.ts';
import type { Json } from '../model/json.ts';

/** What a project may change at a state, and with which entry of its `changes`. Made by `engine/edit`. */
export interface EditPlace {
  readonly address: string;
  readonly title: string;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'decision';
  /** Null: it is there. Else what took it away. */
  readonly gone: Gone | null;
  /** The change of this project that put the state in. */
  readonly addedBy: string | null;
  readonly words: readonly EditWord[];
  readonly buttons: readonly EditButton[];
  readonly notices: readonly EditNotice[];
  readonly timers: readonly EditTimer[];
  readonly deadline: EditDeadline;
  readonly ways: readonly EditWay[];
  readonly removal: EditRemoval;
  /** States to which one may lead, for `reconnect` and for deadlines of a new step; those that fit best come first. */
  readonly targets: readonly EditTarget[];
  /** Where a new step that stands on a way out of this state is put; null where nothing can be put. */
  readonly stepsIn: string | null;
}

export interface EditTarget {
  /** `<state>.next` for the obligations. */
  readonly address: string;
  /** Of the state. */
  readonly title: string;
  /** `next`: whatever the obligations of the state ask for next. Cases are led there, deadlines of a step are not. */
  readonly kind: 'state' | 'next';
  readonly near: boolean;
}

/** `settings`: conditions over these are not met in this project. `change`: a change of the project removes it. */
export type Gone =
  | { readonly by: 'change'; readonly change: string }
  | { readonly by: 'settings'; readonly settings: readonly string[] };

/** What is to be written so that a value is another one. */
export type Can =
  /** A new change, to which `is` is added. */
  | { readonly kind: 'set'; readonly set: string; readonly was: string }
  /** It stands in a change of the project already, at these keys below its name. */
  | { readonly kind: 'within'; readonly change: string; readonly path: readonly string[] }
  | { readonly kind: 'no'; readonly why: WhyNot };

export type WhyNot =
  /** Who acts, what is called, where a way leads: the shape of the process, which its base decides. */
  | 'shape'
  /** It is inherited or not said at all, and there is no word here that a change could put another one for. */
  | 'absent'
  /** Obligations of the base decide where this leads. */
  | 'obligations'
  /** Whole regions run in every project, or are closed by settings. */
  | 'region'
  /** It is the only state of what is around it. */
  | 'only'
  /** There are two ways of this name, and a change could not say which. */
  | 'twice'
  /** The case stays where it is. */
  | 'stays'
  /** It refuses. */
  | 'refuses'
  /** There is nothing around it in which a step could stand. */
  | 'nowhere'
  /** A case that is over here has no deadlines. */
  | 'final'
  /** It is left at once, by its conditions. */
  | 'passing'
  /** A change of this project has put it here: take that back, or change it in the text. */
  | 'own'
  /** It is not there in this project. */
  | 'gone';

export interface EditWord {
  readonly name: 'title' | 'label' | 'stage' | 'look' | 'promise' | 'by' | 'call' | TaskWord;
  readonly value: Json | null;
  /** Where it is written; null where it is inherited or not said. */
  readonly from: Origin | null;
  /** The change of this project that says it. */
  readonly change: string | null;
  readonly can: Can;
}

/** A text that is written somewhere, with what would make it another one. */
export interface EditText {
  readonly value: string;
  readonly from: Origin | null;
  /** The change of this project that says it. */
  readonly change: string | null;
  readonly can: Can;
}

/** A button of a state; several where its branches are called differently. */
export interface EditButton {
  readonly event: string;
  /** Of the transition, or of the branch. */
  readonly address: string;
  /** Role. */
  readonly by: string;
  /** Where its branch leads; null where all branches are meant. */
  readonly leads: string | null;
  /** Whether the state has a word of its own for it: then the event's title is not read here. */
  readonly own: boolean;
  /** The word of this state alone. */
  readonly here: EditText;
  /** The event's title. */
  readonly everywhere: EditText;
  /** Titles of the other states of this project that have the button and no word of their own. */
  readonly also: readonly string[];
}

/** A notice that a state sends: on entering, on a way out of it, or as a reminder. */
export interface EditNotice {
  readonly id: string;
  readonly by: 'sms' | 'email' | 'page' | 'desk' | 'inbox';
  /** Title of the role at the desk; null: everybody there, or another channel. */
  readonly role: string | null;
  /** What it is sent for here. `way`: a button, an answer or a deadline. */
  readonly when: readonly {
    readonly kind: 'enter' | 'way' | 'remind';
    readonly said: { readonly zh: string; readonly en: string };
  }[];
  /** Titles of the other states of this project that send it. */
  readonly also: readonly string[];
  readonly text: EditText;
  /** What the inbox says beside another channel. */
  readonly inbox: EditText | null;
  /** From the whole project. */
  readonly removal: EditRemoval;
}

/** How a state gets a further deadline. */
export interface EditDeadline {
  /** `set`: the state that the change names. `within`: the map of deadlines. */
  readonly can: Can;
  /** Where it may lead; `<state>.next` is the nearest decision. */
  readonly targets: readonly EditTarget[];
}

export type TaskWord = 'task.title' | 'task.forms' | 'task.shows' | 'task.documents' | 'task.content';

export interface EditTimer {
  /** `after` moves the case, `remind` sends a notice. */
  readonly kind: 'after' | 'remind';
  /** As it is written: `30 days`, `settings.draftTtl`, `75% of settings.reviewSla`. */
  readonly delay: string;
  /** The same in words, settings worked in. */
  readonly said: { readonly zh: string; readonly en: string };
  /** The setting that says the time; changing that one is better. */
  readonly setting: string | null;
  /** Title of the state, or text of the notice. */
  readonly leads: string;
  readonly from: Origin;
  readonly change: string | null;
  /**
   * `set` renames the entry: `is` is the new delay. `within`: the last key of the path is the delay; `add` alone is the address
   * of a deadline of the project's own, which ends in the delay.
   */
  readonly can: Can;
  readonly removal: EditRemoval;
}

/** A branch of a transition. */
export interface EditWay {
  readonly address: string;
  readonly kind: 'on' | 'outcome' | 'follow' | 'after' | 'when' | 'done' | 'next';
  /** Event, outcome, delay or obligation. */
  readonly name: string;
  /** What the button, the answer or the time is called. */
  readonly title: string;
  /** The same in English, where the product's own words stand in it. */
  readonly en?: string;
  /** Role of the event. */
  readonly by: string | null;
  /** Null where the case stays or is refused. `next`: what the obligations of the state ask for; `back`: where it was. */
  readonly to: {
    readonly kind: 'state' | 'next' | 'back';
    readonly address: string;
    /** Of the state. */
    readonly title: string;
  } | null;
  readonly refuses: string | null;
  readonly if: string | null;
  /** Its condition cannot hold in this project. */
  readonly closed: boolean;
  readonly from: Origin;
  readonly change: string | null;
  /** `within`: the project has added a condition here, which stands there. */
  readonly tighten: Can;
  /** Where that condition is written. */
  readonly tightened: Origin | null;
  /** A new step that stands on it: `set` is the address for `on`. */
  readonly insert: Can;
  /** The whole transition, with all its branches. */
  readonly removal: EditRemoval;
}

export type EditRemoval =
  | { readonly kind: 'remove'; readonly remove: string; readonly was: string }
  /** Put in by this change: taking that back takes it away. */
  | { readonly kind: 'takeBack'; readonly change: string }
  | { readonly kind: 'no'; readonly why: WhyNot };

/** What conditions can look at. */
export interface EditSubject {
  /** As it stands in an expression. */
  readonly path: string;
  readonly title: string;
  readonly group: 'settings' | 'facts' | 'counters' | 'forms';
  /** Title of the form. */
  readonly of: string | null;
  readonly type: 'boolean' | 'number' | 'text' | 'list';
  /** It need not be there: `has()` comes first. */
  readonly optional: boolean;
  readonly choices: readonly { readonly value: Json; readonly title: string }[];
}

/** What the panels of the studio choose from, of a whole draft. */
export interface EditChoices {
  readonly roles: readonly { readonly id: string; readonly title: string }[];
  readonly forms: readonly { readonly id: string; readonly title: string }[];
  /** Forms and records: what a task can show. */
  readonly shows: readonly { readonly id: string; readonly title: string }[];
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly events: readonly { readonly id: string; readonly title: string; readonly by: string | null }[];
  readonly subjects: readonly EditSubject[];
}
