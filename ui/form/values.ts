import {
  affectedBy,
  type CompiledForm,
  type Field,
  type FormContext,
  isEmpty,
  normaliseValue,
  resettle,
  type Settled,
  settle,
} from '../../engine/forms/live.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { Prefills } from './prefills.ts';

/** What is typed into one form, what it amounts to, and which of it still has to be saved. Draws nothing. */
export class Values {
  readonly form: CompiledForm;
  readonly prefills: Prefills;
  /** Some fields are closed. */
  readonly isPartlyOpen: boolean;
  /** What stood there when the page was opened. */
  readonly initial: JsonObject;
  private readonly id: string;
  private readonly editable: ReadonlySet<string> | null;
  private readonly dirty = new Set<string>();
  private readonly touched = new Set<string>();
  private around: FormContext;
  private typed_: JsonObject;
  private settled_: Settled;

  /** @param editable paths `<form>.<field>` that are open; null = all */
  constructor(
    form: CompiledForm,
    id: string,
    initial: JsonObject,
    context: FormContext,
    editable: readonly string[] | null,
  ) {
    this.form = form;
    this.id = id;
    this.initial = initial;
    this.editable = editable === null ? null : new Set(editable);
    this.isPartlyOpen = editable !== null;
    this.around = this.own(context);
    this.prefills = new Prefills(form);
    this.prefills.recall(initial, this.around);
    const closed = (field: Field) => this.isLocked(field.name);
    const filled = this.prefills.apply({ ...initial }, this.around, null, closed);
    this.typed_ = this.prefills.start(filled, this.around, closed);
    this.settled_ = settle(form, this.typed_, this.around);
    // A value that the form itself filled in has to be saved like a typed one.
    for (const name of this.prefills.names()) if (this.typed_[name] !== initial[name]) this.dirty.add(name);
  }

  /** As typed. */
  get typed(): JsonObject {
    return this.typed_;
  }

  /** As it counts, and which fields are there, asked for, open. */
  get settled(): Settled {
    return this.settled_;
  }

  get context(): FormContext {
    return this.around;
  }

  /** As typed; computed fields: as computed; a summary: what the forms say that it shows. */
  of(field: Field): Json | undefined {
    if (field.kind === 'summary') return this.summed(field);
    return field.compute === null ? this.typed_[field.name] : this.settled_.values[field.name];
  }

  isEmpty(field: Field): boolean {
    return isEmpty(field, this.typed_[field.name]);
  }

  /** Not among the fields that this task opens. */
  isLocked(name: string): boolean {
    const { editable, id } = this;
    return editable !== null && !editable.has(`${id}.${name}`) && !editable.has(id);
  }

  /** A person decided about it: nothing else fills it in from now on. */
  touch(name: string): void {
    this.touched.add(name);
    this.prefills.drop(name);
  }

  /**
   * @param mine changed here, so that it has to be saved
   * @returns fields that the change may concern; null = any
   */
  write(values: { readonly [name: string]: Json | undefined }, mine: boolean): ReadonlySet<string> | null {
    const next: JsonObject = { ...this.typed_ };
    const names = Object.keys(values);
    for (const name of names) {
      const value = values[name];
      if (value === undefined) delete next[name];
      else next[name] = value;
      if (mine) this.dirty.add(name);
    }
    const [only] = names;
    const reached = names.length === 1 && only !== undefined ? affectedBy(this.form, only) : null;
    this.typed_ = this.prefilled(next, reached);
    this.settled_ =
      reached !== null && only !== undefined && this.typed_ === next
        ? resettle(this.form, this.settled_, this.typed_, only, this.around)
        : settle(this.form, this.typed_, this.around);
    return reached;
  }

  /** What a group or a list begins with: nothing that has to be saved. */
  begin(field: Field, value: Json | undefined): void {
    if (value !== undefined) this.typed_ = { ...this.typed_, [field.name]: value };
    this.settled_ = resettle(this.form, this.settled_, this.typed_, field.name, this.around);
  }

  setContext(context: FormContext): void {
    this.around = this.own(context);
    this.typed_ = this.prefilled(this.typed_, null);
    this.settled_ = settle(this.form, this.typed_, this.around);
  }

  /** A new context that changes nothing here, because nothing of this form reads what is new in it. */
  adoptContext(context: FormContext): void {
    this.around = this.own(context);
  }

  /** What was changed since the last time, field by field; null = emptied. */
  takeDirty(): { [field: string]: Json } {
    const patch: { [field: string]: Json } = {};
    for (const name of this.dirty) {
      const field = this.form.field(name);
      if (field && field.compute === null) patch[name] = normaliseValue(field, this.typed_[name]) ?? null;
    }
    this.dirty.clear();
    return patch;
  }

  /** The patch was not saved after all. */
  giveBack(fields: readonly string[]): void {
    for (const name of fields) this.dirty.add(name);
  }

  isDirty(name?: string): boolean {
    return name === undefined ? this.dirty.size > 0 : this.dirty.has(name);
  }

  forget(): void {
    this.dirty.clear();
  }

  private prefilled(values: JsonObject, only: ReadonlySet<string> | null): JsonObject {
    const closed = (field: Field) => this.isLocked(field.name) || this.touched.has(field.name);
    const next = this.prefills.apply(values, this.around, only, closed);
    if (next !== values)
      for (const name of this.prefills.names()) if (next[name] !== values[name]) this.dirty.add(name);
    return next;
  }

  private summed(field: Field): Json {
    const forms = new Set(field.summary.map((path) => path.split('.')[0] ?? ''));
    return Object.fromEntries([...forms].map((form) => [form, this.around.forms[form] ?? {}]));
  }

  /** The form's own entry is what was there when the page was opened. */
  private own(context: FormContext): FormContext {
    return { ...context, forms: { ...context.forms, [this.form.id]: this.initial } };
  }
}
