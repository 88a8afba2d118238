import type { FileReference, Option, Recognised } from '../../engine/contract/routes.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';

/** What a form needs of the page around it. The renderer itself asks no server. */
export interface FormServices {
  /** Sends a file into a slot. Rejects with an Error whose message may be shown, or an AbortError. */
  readonly upload?: (
    form: string,
    field: string,
    file: Blob,
    name: string,
    options: { readonly onProgress?: (share: number) => void; readonly signal?: AbortSignal },
  ) => Promise<{ readonly file: FileReference }>;
  /** What stands on a picture that was sent, by field of its form; takes seconds. */
  readonly recognise?: (file: FileReference, signal: AbortSignal) => Promise<Recognised>;
  readonly fileUrl?: (file: FileReference) => string;
  readonly options?: (
    source: string,
    query: { readonly q: string; readonly under?: string },
    signal: AbortSignal,
  ) => Promise<readonly Option[]>;
  /** How many places are left with each choice of a field, as far as the form says of what. */
  readonly places?: (
    form: string,
    field: string,
    values: JsonObject,
    signal: AbortSignal,
  ) => Promise<{ readonly [choice: string]: number }>;
  /** An agreement or article of the content. */
  readonly article?: (id: string) => Article | null;
  /** Where a printable document can be downloaded (the template of a slot). */
  readonly documentUrl?: (document: string) => string | null;
  /** The sample picture of a slot: content `examples`. */
  readonly example?: (id: string) => Example | null;
  /** Title of a field of another form, for flags: `<form>.<field>` -> 单位信息 · 名称. */
  readonly titleOf?: (path: string) => string;
  /** Another form's schema, for summaries. */
  readonly schemaOf?: (form: string) => FormSchema | null;
  /** Sentences that are proposed for a flagged field. */
  readonly reasons?: (path: string) => readonly string[];
}

export interface Article {
  readonly title: string;
  readonly version?: string;
  /** Paragraphs apart by empty lines. */
  readonly text: string;
}

export interface Example {
  readonly title: string;
  readonly text?: string;
  /** Address of a picture. */
  readonly src?: string;
}
