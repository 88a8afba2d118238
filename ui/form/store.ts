import {
  type CompiledForm,
  checkForm,
  display,
  type Field,
  type FormContext,
  fillText,
  isEmpty,
  normaliseValue,
  offered,
  type Settled,
  scopeIn,
  settle,
} from '../../engine/forms/live.ts';
import type { FieldError } from '../../engine/model/blocker.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { afterPointer } from './after-pointer.ts';
import { isStatic, readsRoot } from './dependencies.ts';
import {
  type FieldState,
  type FormState,
  type FormStatus,
  type Mark,
  sameState,
  sameValue,
  sameWhole,
} from './field-state.ts';

export interface StoreOptions {
  readonly form: CompiledForm;
  readonly values: JsonObject;
  readonly context: FormContext;
  /** Paths `<form>.<field>` that are open; null = all. */
  readonly editable: readonly string[] | null;
  /** Field -> what the reviewer said. */
  readonly notes?: { readonly [field: string]: string };
  /** Called after every change of a value. */
  readonly onChange?: () => void;
}

/** One form being filled in: an external store with a subscription per field, so that a keystroke draws one field. */
export class FormStore {
  readonly form: CompiledForm;
  private context: FormContext;
  private readonly editable: ReadonlySet<string> | null;
  private readonly notes: { readonly [field: string]: string };
  private readonly onChange: () => void;
  private readonly initial: JsonObject;
  private values: JsonObject;
  private settled: Settled;
  private readonly dirty = new Set<string>();
  private readonly touched = new Set<string>();
  private readonly marks = new Map<string, Mark>();
  private readonly prefilled = new Map<string, Json>();
  private readonly errors = new Map<string, string>();
  private readonly warnings = new Map<string, string>();
  private readonly uploads = new Set<string>();
  private readonly states = new Map<string, FieldState>();
  private readonly listeners = new Map<string, Set<() => void>>();
  private state: FormState;

  constructor(options: StoreOptions) {
    this.form = options.form;
    this.initial = options.values;
    this.context = this.own(options.context);
    this.editable = options.editable === null ? null : new Set(options.editable);
    this.notes = options.notes ?? {};
    this.onChange = options.onChange ?? (() => {});
    this.values = { ...options.values };
    this.recallPrefills();
    this.settled = this.settle();
    this.state = this.formState();
    for (const field of this.form.fields) this.states.set(field.name, this.fieldState(field));
    // A value that the form itself filled in has to be saved like a typed one.
    for (const name of this.prefilled.keys()) if (this.values[name] !== options.values[name]) this.dirty.add(name);
  }

  get id(): string {
    return this.form.id;
  }

  field(name: string): FieldState {
    const state = this.states.get(name);
    if (!state) throw new Error(`The form ${this.form.id} has no field ${name}`);
    return state;
  }

  whole(): FormState {
    return this.state;
  }

  /** @param name a field, or '' for the form as a whole */
  subscribe(name: string, listener: () => void): () => void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** The values as they count: cleaned, hidden ones gone, computed ones filled. */
  current(): JsonObject {
    return this.settled.values;
  }

  /** Somebody typed, chose or removed. */
  set(name: string, value: Json | undefined): void {
    this.touched.add(name);
    this.marks.delete(name);
    this.prefilled.delete(name);
    this.write({ [name]: value });
    this.onChange();
  }

  /** Values that were read from a picture: they fill what is empty or was read before, and are marked. */
  recognise(
    from: string,
    read: { readonly [field: string]: { value: string; score: number; checked: boolean } },
  ): number {
    const values: { [name: string]: Json } = {};
    for (const [name, one] of Object.entries(read)) {
      const field = this.form.field(name);
      if (!field || one.value === '' || this.isLocked(name)) continue;
      if (!isEmpty(field, this.values[name]) && !this.marks.has(name) && !this.prefilled.has(name)) continue;
      values[name] = one.value;
      this.prefilled.delete(name);
      this.marks.set(name, { from, doubtful: !one.checked && one.score < 0.9 });
    }
    this.write(values);
    for (const name of Object.keys(values)) this.recheck(name);
    this.onChange();
    return Object.keys(values).length;
  }

  /** Copies from another form. @returns how many fields got a value */
  copy(values: { readonly [field: string]: Json | undefined }): number {
    const open = Object.entries(values).filter(([name, value]) => value !== undefined && !this.isLocked(name));
    for (const [name] of open) {
      this.marks.delete(name);
      this.prefilled.delete(name);
    }
    this.write(Object.fromEntries(open));
    for (const [name] of open) this.recheck(name);
    this.onChange();
    return open.length;
  }

  /** The person left the field: if it was wrong, it is looked at again. */
  leave(name: string): void {
    const field = this.form.field(name);
    if (field && typeof this.values[name] === 'string' && field.kind !== 'money') {
      const clean = normaliseValue(field, this.values[name]);
      if (clean !== undefined && clean !== this.values[name] && typeof clean === 'string')
        this.write({ [name]: clean }, false);
    }
    afterPointer(() => {
      if (this.errors.has(name) || this.warnings.has(name)) this.recheck(name);
    });
  }

  /** A complaint that only the control knows of: a text that is in no list, a file that was refused. */
  complain(name: string, message: string | null): void {
    if (message === null) this.errors.delete(name);
    else this.errors.set(name, message);
    this.refresh(name);
  }

  /** Looks at everything. @returns errors and warnings, in the form's order */
  check(): { readonly errors: readonly FieldError[]; readonly warnings: readonly FieldError[] } {
    const verdict = checkForm(this.form, this.values, this.context);
    this.place(verdict.errors, this.errors);
    this.place(verdict.warnings, this.warnings);
    this.refresh();
    return verdict;
  }

  /** Complaints of the server. Those that name no field of this form stand at the form. */
  complainAll(errors: readonly FieldError[]): void {
    this.place(errors, this.errors);
    this.refresh();
  }

  /** Fields that are wrong now, in the form's order; the name '' is the form as a whole. */
  complaints(
    kind: 'errors' | 'warnings',
  ): { readonly name: string; readonly title: string; readonly message: string }[] {
    const found = kind === 'errors' ? this.errors : this.warnings;
    const whole = found.get('');
    return [
      ...(whole ? [{ name: '', title: this.form.title, message: whole }] : []),
      ...this.form.fields.flatMap((field) => {
        const message = found.get(field.name);
        return message && this.settled.visible.has(field.name)
          ? [{ name: field.name, title: field.title, message }]
          : [];
      }),
    ];
  }

  setContext(context: FormContext): void {
    this.context = this.own(context);
    this.refresh();
  }

  /** A new context that changes nothing here, because nothing of this form reads what is new in it. */
  adoptContext(context: FormContext): void {
    this.context = this.own(context);
  }

  reads(root: string): boolean {
    return readsRoot(this.form, root);
  }

  setBusy(name: string, busy: boolean): void {
    if (busy) this.uploads.add(name);
    else this.uploads.delete(name);
    this.refresh(name);
  }

  /** What was changed since the last time, field by field; null = emptied. */
  takeDirty(): { [field: string]: Json } {
    const patch: { [field: string]: Json } = {};
    for (const name of this.dirty) {
      const field = this.form.field(name);
      if (field && field.compute === null) patch[name] = normaliseValue(field, this.values[name]) ?? null;
    }
    this.dirty.clear();
    return patch;
  }

  /** The patch was not saved after all. */
  giveBack(fields: readonly string[]): void {
    for (const name of fields) this.dirty.add(name);
  }

  isDirty(): boolean {
    return this.dirty.size > 0;
  }

  /** Values from elsewhere (another tab, the server); what was changed here and not saved yet stays. */
  merge(values: JsonObject): void {
    const next: { [name: string]: Json | undefined } = {};
    for (const { name } of this.form.fields) if (!this.dirty.has(name)) next[name] = values[name];
    this.write(next, false);
  }

  private write(values: { readonly [name: string]: Json | undefined }, mine = true): void {
    const next: JsonObject = { ...this.values };
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete next[name];
      else next[name] = value;
      if (mine) this.dirty.add(name);
    }
    this.values = next;
    const names = Object.keys(values);
    this.refresh(isStatic(this.form) && names.length === 1 ? names[0] : undefined);
  }

  private recheck(name: string): void {
    const verdict = checkForm(this.form, this.values, this.context);
    const path = `${this.form.id}.${name}`;
    const of = (errors: readonly FieldError[]) =>
      errors.find((one) => one.path === path || one.path.startsWith(`${path}.`));
    const error = of(verdict.errors);
    const warning = of(verdict.warnings);
    if (error) this.errors.set(name, error.message);
    else this.errors.delete(name);
    if (warning) this.warnings.set(name, warning.message);
    else this.warnings.delete(name);
    if (this.errors.has('') && !verdict.errors.some((one) => one.path === this.form.id)) this.errors.delete('');
    this.refresh(name);
  }

  private place(errors: readonly FieldError[], into: Map<string, string>): void {
    into.clear();
    for (const error of errors) {
      const name = error.path.split('.')[1] ?? '';
      const at = this.form.field(name) ? name : '';
      if (!into.has(at)) into.set(at, error.message);
    }
  }

  private settle(): Settled {
    this.applyPrefills();
    return settle(this.form, this.values, this.context);
  }

  /** A saved value that equals what the form would fill in follows its source until somebody changes it. */
  private recallPrefills(): void {
    for (const field of this.form.fields) {
      if (field.prefill === null) continue;
      const value = field.prefill.run(scopeIn(this.form, this.values, this.context));
      if (value !== undefined && value !== null && value === this.values[field.name])
        this.prefilled.set(field.name, value);
    }
  }

  private applyPrefills(): void {
    for (const field of this.form.fields) {
      if (field.prefill === null || this.isLocked(field.name)) continue;
      const follows = this.prefilled.has(field.name);
      if (!follows && (!isEmpty(field, this.values[field.name]) || this.touched.has(field.name))) continue;
      const value = field.prefill.run(scopeIn(this.form, this.values, this.context));
      if (value === undefined || value === null || value === '') continue;
      if (follows && value === this.values[field.name]) continue;
      this.values = { ...this.values, [field.name]: value };
      this.prefilled.set(field.name, value);
      if (this.states.size > 0) this.dirty.add(field.name);
    }
    if (this.states.size > 0) return;
    for (const field of this.form.fields) {
      const start = field.schema.default ?? this.onlyChoice(field);
      if (start === undefined || this.isLocked(field.name) || this.values[field.name] !== undefined) continue;
      this.values = { ...this.values, [field.name]: start };
      this.prefilled.set(field.name, start);
    }
  }

  /** Where a project leaves one option of what has to be answered, there is nothing to ask. */
  private onlyChoice(field: Field): Json | undefined {
    if (field.required !== true || (field.kind !== 'radio' && field.kind !== 'select')) return undefined;
    const options = offered(field, this.context);
    return options.length === 1 ? options[0]?.value : undefined;
  }

  /** The form's own entry is what was there when the page was opened. */
  private own(context: FormContext): FormContext {
    return { ...context, forms: { ...context.forms, [this.form.id]: this.initial } };
  }

  /** Not among the fields that this task opens. */
  isLocked(name: string): boolean {
    return this.editable !== null && !this.editable.has(`${this.form.id}.${name}`) && !this.editable.has(this.form.id);
  }

  /** Draws anew what changed: one field where nothing depends on it, else all. */
  private refresh(only?: string): void {
    this.settled = this.settle();
    const moved: string[] = [];
    for (const field of only === undefined ? this.form.fields : this.form.fields.filter((one) => one.name === only)) {
      const before = this.states.get(field.name);
      const after = this.fieldState(field);
      if (before && sameState(before, after)) continue;
      this.states.set(field.name, after);
      moved.push(field.name);
    }
    const whole = this.formState();
    if (!sameWhole(this.state, whole)) {
      this.state = whole;
      moved.push('');
    }
    for (const name of moved) for (const listener of [...(this.listeners.get(name) ?? [])]) listener();
  }

  private fieldState(field: Field): FieldState {
    const { name } = field;
    const locked = this.isLocked(name);
    const value = field.compute === null ? this.values[name] : this.settled.values[name];
    const before = this.states.get(name);
    const changed = this.editable !== null && !locked && !sameValue(this.initial[name], value);
    const options = offered(field, this.context);
    return {
      field,
      value,
      visible: this.settled.visible.has(name),
      required: this.settled.required.has(name),
      readonly: locked || this.settled.readonly.has(name),
      locked,
      hint: fillText(field.hint, field.hint.includes('{') ? scopeIn(this.form, this.settled.values, this.context) : {}),
      options:
        before && sameValue(before.options as unknown as Json, options as unknown as Json) ? before.options : options,
      error: this.errors.get(name) ?? null,
      warning: this.warnings.get(name) ?? null,
      mark: this.marks.get(name) ?? null,
      was: changed && this.initial[name] !== undefined ? display(field, this.initial[name]) : null,
      note: this.notes[name] ?? null,
      under: this.underOf(field),
    };
  }

  private underOf(field: Field): string | null {
    if (field.options?.kind !== 'source' || field.options.under === null) return '';
    const parent = this.form.field(field.options.under);
    const value = parent ? this.settled.values[parent.name] : undefined;
    if (!parent || typeof value !== 'string') return null;
    const above = this.underOf(parent);
    return above ? `${above}/${value}` : value;
  }

  private formState(): FormState {
    const shown = this.form.fields.filter((field) => this.settled.visible.has(field.name));
    const asked = shown.filter((field) => this.settled.required.has(field.name) && field.compute === null);
    const missing = asked.filter((field) => isEmpty(field, this.settled.values[field.name]));
    const filled = shown.some((field) => field.compute === null && !isEmpty(field, this.settled.values[field.name]));
    const doubtful = shown.some((field) => this.marks.get(field.name)?.doubtful === true);
    const status: FormStatus =
      this.errors.size > 0
        ? 'wrong'
        : this.warnings.size > 0 || doubtful
          ? 'check'
          : missing.length === 0 && (filled || asked.length === 0)
            ? 'complete'
            : filled
              ? 'started'
              : 'empty';
    const hint = this.form.hint;
    return {
      status,
      errors: this.errors.size,
      warnings: this.warnings.size,
      visible: shown.map((field) => field.name),
      error: this.errors.get('') ?? null,
      warning: this.warnings.get('') ?? null,
      hint: hint.includes('{') ? fillText(hint, scopeIn(this.form, this.settled.values, this.context)) : hint,
      busy: this.uploads.size,
    };
  }
}
