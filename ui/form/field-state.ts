import type { Mark } from '../../engine/contract/view.ts';
import type { Field, FieldOption } from '../../engine/forms/live.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Part } from './parts.ts';

export type { Mark };

/** Everything a field's control draws; a new object only when something of it changed. */
export interface FieldState {
  readonly field: Field;
  /** As typed; computed fields: as computed. */
  readonly value: Json | undefined;
  readonly visible: boolean;
  readonly required: boolean;
  /** Computed, read-only by the form, or not among the fields that this task opens. */
  readonly readonly: boolean;
  /** Not among the fields that this task opens. */
  readonly locked: boolean;
  readonly hint: string;
  readonly options: readonly FieldOption[];
  readonly error: string | null;
  readonly warning: string | null;
  readonly mark: Mark | null;
  /** What stood here when the page was opened, when only some fields are open and it was changed; else null. */
  readonly was: string | null;
  /** What the reviewer said about it. */
  readonly note: string | null;
  /** Value of the fields that narrow its options, joined with `/`; null = nothing chosen there yet. */
  readonly under: string | null;
  /** The stores of what is inside a group or a list. */
  readonly parts: readonly Part[];
}

export type FormStatus = 'empty' | 'started' | 'complete' | 'check' | 'wrong';

/** What of a form the contents rail and the form's frame show. */
export interface FormState {
  readonly status: FormStatus;
  readonly errors: number;
  readonly warnings: number;
  /** Fields that are visible now, in order. */
  readonly visible: readonly string[];
  /** The same as the settled values name them: another object when a field came or went. */
  readonly shown: ReadonlySet<string>;
  /** Complaint about the form as a whole. */
  readonly error: string | null;
  readonly warning: string | null;
  readonly hint: string;
  /** Uploads that are under way. */
  readonly busy: number;
}

/** Nothing that is drawn differs. */
export function sameState(a: FieldState, b: FieldState): boolean {
  return (Object.keys(a) as (keyof FieldState)[]).every((key) => Object.is(a[key], b[key]));
}

export function sameWhole(a: FormState, b: FormState): boolean {
  return (Object.keys(a) as (keyof FormState)[]).every((key) => {
    if (key === 'visible') return a.shown === b.shown || a.visible.join() === b.visible.join();
    return key === 'shown' || a[key] === b[key];
  });
}

/** Equal as JSON text. */
export function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
