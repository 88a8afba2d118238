import type { FieldError } from '../model/blocker.ts';
import type { FormSchema } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';

export type FormLocale = 'zh-CN' | 'en';

/** What a form's conditions may see besides its own fields, and how it is judged. All of it is data. */
export interface FormContext {
  /** The other forms by id: committed data overlaid by working copies. The form's own entry, its committed values, is not seen by conditions. */
  readonly forms: { readonly [form: string]: JsonObject };
  readonly settings: JsonObject;
  /** Decision tables; looked up over the forms, with this form's values as they are being typed. */
  readonly tables?: Tables;
  /** Further roots that conditions may name (`last`, `case`, …). */
  readonly roots?: JsonObject;
  /** Printable documents by id, for scans that have to carry a document's digest of now. Without it that is not checked. */
  readonly documents?: { readonly [document: string]: JsonObject };
  /** The committed forms, which are what was printed: a scan is compared with them. Without it `forms` stand for them. */
  readonly printed?: { readonly [form: string]: JsonObject };
  /** What stands around a part of a form (a group, an entry of a list): the fields beside it, and what they see. */
  readonly around?: Scope;
  /** Language of messages; zh-CN when absent. */
  readonly locale?: FormLocale;
  /**
   * `typed` (default): an `x-secret` field holds what the person typed. `verdict`: the server has already turned it
   * into `right`, `wrong`, `expired` or `used`, and nothing else is accepted.
   */
  readonly secrets?: 'typed' | 'verdict';
  /** Current version of each agreement; with `now` it lets `prune` write down what was accepted and when. */
  readonly agreements?: { readonly [agreement: string]: string };
  /** Epoch ms. */
  readonly now?: number;
}

export type FieldKind =
  | 'text'
  | 'multiline'
  | 'number'
  | 'money'
  | 'date'
  | 'dateRange'
  | 'select'
  | 'radio'
  | 'checkbox'
  | 'choices'
  | 'search'
  | 'cascade'
  | 'file'
  | 'agreement'
  | 'code'
  | 'address'
  | 'group'
  | 'list'
  | 'readonly'
  | 'summary'
  | 'qr'
  | 'flags';

/** A parsed condition or formula. */
export interface Formula {
  readonly text: string;
  /** Names of the roots that it reads. */
  readonly reads: ReadonlySet<string>;
  /** `undefined` = it read something that is not there yet: it holds nothing and gives nothing. */
  readonly run: (scope: Scope) => Json | undefined;
}

/** Decision tables as the definition declares them: `by` a list of expressions, `is` a nested map in that order. */
export interface Tables {
  readonly [table: string]: { readonly by: readonly string[]; readonly is: Json };
}

/** Root name -> value, as an expression sees it. */
export type Scope = { readonly [root: string]: Json | undefined };

/** True, false, or decided by a formula. */
export type Rule = boolean | Formula;

export interface FieldCheck {
  readonly if: Formula;
  readonly message: string;
  /** A warning asks to look again; it does not block. */
  readonly warn: boolean;
  /** Field that the message stands at: its own, the named one, or the first that the condition reads; null = the form as a whole. */
  readonly at: string | null;
}

export interface FileSlot {
  /** Lower-case extensions without the dot. */
  readonly types: readonly string[];
  readonly maxBytes: number;
  readonly example: string | null;
  /** Id of a printable document that is the template. */
  readonly template: string | null;
  /** Id of the printed document that the file is a scan of; the reference carries its digest. */
  readonly digest: string | null;
  /** `camera`: a phone opens its camera first. */
  readonly capture: boolean;
  /** A red seal should be on it: the applicant is told when none is seen. */
  readonly seal: boolean;
}

export interface Ocr {
  readonly kind: string;
  /** Field of the same form -> name of the recognised value. */
  readonly fills: { readonly [field: string]: string };
  /** `<form>.<field>` -> name of the recognised value, to be compared by whoever checks the case. */
  readonly compares: { readonly [path: string]: string };
}

export type OptionSource =
  /** Dotted path of a list among the roots, usually `settings.x`; of it the first so many. */
  | { readonly kind: 'from'; readonly path: string; readonly most: number | string | null }
  /** Data source of the server; `under` names the field of the same form that narrows it. */
  | { readonly kind: 'source'; readonly source: string; readonly under: string | null };

/** The form inside a field: of a group, or of each entry of a list. */
export interface Inner {
  readonly kind: 'group' | 'list';
  /** Entries are texts or numbers, no objects: the only field of their form is `value`. */
  readonly plain: boolean;
  /** Its `id` is the field's name. */
  readonly form: CompiledForm;
}

/** One property of a form, with its keywords read. */
export interface Field {
  readonly name: string;
  /** Its position among the fields of its form. */
  readonly place: number;
  readonly kind: FieldKind;
  readonly title: string;
  readonly hint: string;
  readonly placeholder: string;
  readonly unit: string;
  readonly width: 'half' | 'full';
  readonly schema: JsonObject;
  /** JSON Schema type of the typed value. */
  readonly type: string;
  readonly format: string | null;
  readonly visible: Rule;
  readonly required: Rule;
  readonly readonly: Rule;
  readonly compute: Formula | null;
  /** What an empty field starts with. */
  readonly prefill: Formula | null;
  readonly checks: readonly FieldCheck[];
  readonly options: OptionSource | null;
  /** Reservation whose places that are left each choice shows. */
  readonly places: string | null;
  readonly labels: { readonly [value: string]: string };
  readonly file: FileSlot | null;
  readonly ocr: Ocr | null;
  /** Ids of the agreements that ticking it accepts. */
  readonly agreements: readonly string[];
  readonly secret: string | null;
  readonly sensitive: boolean;
  readonly mask: string | null;
  /** What a summary shows: forms, and fields `<form>.<field>` of them. */
  readonly summary: readonly string[];
  /** Null for everything but a group and a list. */
  readonly inner: Inner | null;
}

/** One complaint of the schema's own keywords, as ajv reports it. */
export interface ShapeError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
}
export type ShapeCheck = (values: JsonObject) => readonly ShapeError[];

export interface Copy {
  readonly title: string;
  readonly from: string;
  /** Field here -> field there. */
  readonly fields: { readonly [field: string]: string };
}

/** A form ready to be asked. Made by `compileForm` (Node) or `formFromStandalone` (browser); the rest is the same code. */
export interface CompiledForm {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** When it does not hold, none of the fields is visible. */
  readonly visible: Rule;
  readonly schema: FormSchema;
  /** In the order of the schema's `properties`. */
  readonly fields: readonly Field[];
  readonly field: (name: string) => Field | null;
  /** Rules across fields that stand on the form itself. */
  readonly checks: readonly FieldCheck[];
  readonly copies: readonly Copy[];
  readonly shape: ShapeCheck;
  /** It stands for an entry of a list that is a text or a number. */
  readonly entry?: boolean;
}

/** A form's values as they count: cleaned, computed fields filled, hidden ones gone. */
export interface Settled {
  readonly values: JsonObject;
  readonly visible: ReadonlySet<string>;
  readonly required: ReadonlySet<string>;
  readonly readonly: ReadonlySet<string>;
}

export interface Verdict {
  readonly errors: readonly FieldError[];
  /** To be looked at again by the person, and shown to the reviewer; they block nothing. */
  readonly warnings: readonly FieldError[];
  readonly settled: Settled;
}

export interface FieldOption {
  readonly value: Json;
  readonly label: string;
}
