import type { Mark } from '../../engine/contract/view.ts';
import type { CompiledForm, FormContext } from '../../engine/forms/live.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Found } from './complaints.ts';

/** What a store of a form, or of a part of one, begins with. */
export interface StoreOptions {
  readonly form: CompiledForm;
  /** Of the form on the page; a part of a form has that of its place. */
  readonly id?: string;
  readonly values: JsonObject;
  readonly context: FormContext;
  /** Paths `<form>.<field>` that are open; null = all. */
  readonly editable: readonly string[] | null;
  /** Field -> what the reviewer said. */
  readonly notes?: { readonly [field: string]: string };
  /** Field -> that it was read from a picture, and nobody has changed it since. */
  readonly marks?: { readonly [field: string]: Mark };
  /** Called after every change of a value. */
  readonly onChange?: () => void;
  /** What is wrong, for a part: the form around knows. Paths begin with this store's id. */
  readonly judge?: () => Found;
}
