import type { Mark } from '../../engine/contract/view.ts';
import type { CompiledForm, FormContext } from '../../engine/forms/live.ts';
import type { FieldError } from '../../engine/model/blocker.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { mark } from '../app/texts/punctuation.ts';
import { FormStore } from './store.ts';

/** Form -> field -> value; null = emptied. */
type DraftPatch = { readonly [form: string]: { readonly [field: string]: Json } };

export interface FormSetOptions {
  /** The forms of the page, in the order in which they stand. */
  readonly forms: readonly {
    readonly form: CompiledForm;
    readonly values: JsonObject;
    /** `<form>.<field>` paths that are open; null = all. */
    readonly editable: readonly string[] | null;
    readonly notes?: { readonly [field: string]: string };
    readonly marks?: { readonly [field: string]: Mark };
  }[];
  /** Everything around them; `forms` holds the other forms of the case. */
  readonly context: FormContext;
}

/** A line of the error summary. */
export interface Complaint {
  readonly form: string;
  readonly field: string;
  /** Id of the element to go to. */
  readonly target: string;
  /** Title of the field. */
  readonly title: string;
  readonly message: string;
  /** The line as it is shown: which field (and which form, where several stand on the page), and the message. */
  readonly text: string;
}

/** Element id of a field's control; of the form's frame without a field. */
export function elementId(form: string, field = ''): string {
  return field === '' ? `form-${form}` : `f-${form}-${field}`;
}

/** The forms of one page. Conditions of one see what is being typed in the others. */
export class FormSet {
  readonly stores: readonly FormStore[];
  private context: FormContext;
  private readonly listeners = new Set<() => void>();
  private version = 0;

  constructor(options: FormSetOptions) {
    this.context = options.context;
    this.stores = options.forms.map(
      ({ form, ...given }) =>
        new FormStore({
          form,
          ...given,
          context: this.contextWith(options.forms.map((one) => [one.form.id, one.values])),
          onChange: () => this.changed(form.id),
        }),
    );
    for (const store of this.stores) store.setContext(this.contextFor());
    for (const store of this.stores) store.subscribe('', () => this.tell());
  }

  store(form: string): FormStore | null {
    return this.stores.find((store) => store.id === form) ?? null;
  }

  /** What is sent with the task's event: values as they count. */
  values(): { [form: string]: JsonObject } {
    return Object.fromEntries(this.stores.map((store) => [store.id, store.current()]));
  }

  /** Values of every form of the case as this page knows them, with what is being typed. */
  forms(): { readonly [form: string]: JsonObject } {
    return this.contextFor().forms;
  }

  /** Checks every form; what is wrong stands at its field from now on. */
  check(): { readonly errors: readonly FieldError[]; readonly warnings: readonly FieldError[] } {
    const verdicts = this.stores.map((store) => store.check());
    this.tell();
    return {
      errors: verdicts.flatMap((verdict) => verdict.errors),
      warnings: verdicts.flatMap((verdict) => verdict.warnings),
    };
  }

  /** The server refused. @returns errors that belong to no form of this page */
  refuse(errors: readonly FieldError[]): FieldError[] {
    for (const store of this.stores) store.complainAll(errors.filter((error) => formOf(error) === store.id));
    this.tell();
    return errors.filter((error) => this.store(formOf(error)) === null);
  }

  /** What the error summary lists. */
  complaints(kind: 'errors' | 'warnings' = 'errors'): Complaint[] {
    const several = this.stores.length > 1;
    return this.stores.flatMap((store) =>
      store.complaints(kind).map(({ store: inside, name, title, message }) => ({
        form: store.id,
        field: name,
        target: elementId(inside.id, name),
        title,
        message,
        text: lineOf(several && name !== '' ? store.form.title : '', title, message),
      })),
    );
  }

  /** The body of `PATCH …/draft`: what was changed since the last time, field by field; null when nothing was. */
  takeDirty(): { [form: string]: { [field: string]: Json } } | null {
    const patch: { [form: string]: { [field: string]: Json } } = {};
    for (const store of this.stores) {
      const one = store.takeDirty();
      if (Object.keys(one).length > 0) patch[store.id] = one;
    }
    return Object.keys(patch).length > 0 ? patch : null;
  }

  /** Which fields of a patch hold what was read from a picture: the `marks` that go with it. */
  marksOf(patch: DraftPatch): { [form: string]: { [field: string]: Mark } } {
    const marks: { [form: string]: { [field: string]: Mark } } = {};
    for (const [form, fields] of Object.entries(patch))
      for (const field of Object.keys(fields)) {
        const one = this.store(form)?.marks.get(field);
        if (one) marks[form] = { ...marks[form], [field]: one };
      }
    return marks;
  }

  /** A patch that could not be saved: it will be part of the next one. */
  giveBack(patch: DraftPatch): void {
    for (const [form, fields] of Object.entries(patch)) this.store(form)?.giveBack(Object.keys(fields));
  }

  isDirty(): boolean {
    return this.stores.some((store) => store.isDirty());
  }

  /** Uploads under way. */
  busy(): number {
    return this.stores.reduce((sum, store) => sum + store.whole().busy, 0);
  }

  /** Newer values and surroundings from the server; unsaved changes of this page stay. */
  merge(values: { readonly [form: string]: JsonObject }, context?: FormContext): void {
    if (context) this.context = context;
    for (const store of this.stores) {
      const one = values[store.id];
      if (one) store.merge(one);
    }
    for (const store of this.stores) store.setContext(this.contextFor());
    this.tell();
  }

  /** Called after each change of a value, a status or a complaint. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Changes whenever `subscribe` calls: for useSyncExternalStore. */
  revision(): number {
    return this.version;
  }

  /** Lets the other forms see the change; what they fill in because of it may concern further ones. */
  private changed(form: string): void {
    const waiting = [form];
    for (let rounds = this.stores.length ** 2; waiting.length > 0 && rounds > 0; rounds -= 1) {
      const moved = waiting.shift() as string;
      const context = this.contextFor();
      for (const store of this.stores) {
        if (store.id === moved || !(store.reads(moved) || store.reads('tables'))) {
          store.adoptContext(context);
          continue;
        }
        const before = JSON.stringify(store.current());
        store.setContext(context);
        if (JSON.stringify(store.current()) !== before) waiting.push(store.id);
      }
    }
    this.tell();
  }

  private contextFor(): FormContext {
    return this.contextWith(this.stores.map((store) => [store.id, store.current()]));
  }

  private contextWith(entries: readonly (readonly [string, JsonObject])[]): FormContext {
    return { ...this.context, forms: { ...this.context.forms, ...Object.fromEntries(entries) } };
  }

  private tell(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }
}

/** `单位信息 · 名称：少 1 个字`; a message that names the field, or a field named by a whole sentence, needs no title. */
function lineOf(form: string, title: string, message: string): string {
  const named = message.includes(title) || title.length > 16;
  const where = [form, named ? '' : title].filter((part) => part !== '').join(' · ');
  return where === '' ? message : `${where}${mark('colon')}${message}`;
}

function formOf(error: FieldError): string {
  return error.path.split('.')[0] ?? '';
}
