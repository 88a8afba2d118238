import {
  affectedBy,
  type CompiledForm,
  checkForm,
  type Field,
  type FormContext,
  innerContext,
  isEmpty,
  normaliseValue,
  readsRoot,
  resettle,
  type Settled,
  settle,
  type Verdict,
} from '../../engine/forms/live.ts';
import type { FieldError } from '../../engine/model/blocker.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { afterPointer } from './after-pointer.ts';
import { Complaints, verdictOfPart } from './complaints.ts';
import { drawnField, drawnForm } from './drawn.ts';
import { type FieldState, type FormState, type Mark, sameState, sameValue, sameWhole } from './field-state.ts';
import { type Part, Parts } from './parts.ts';
import { Prefills } from './prefills.ts';
import { Tally } from './tally.ts';

type Found = Pick<Verdict, 'errors' | 'warnings'>;

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
  /** Called after every change of a value. */
  readonly onChange?: () => void;
  /** What is wrong, for a part: the form around knows. Paths begin with this store's id. */
  readonly judge?: () => Found;
}

/** A line of what is wrong: where, and in which words. */
export interface Complained {
  readonly store: FormStore;
  readonly name: string;
  readonly title: string;
  readonly message: string;
}

/** One form being filled in: an external store with a subscription per field, so that a keystroke draws one field. */
export class FormStore {
  readonly form: CompiledForm;
  readonly id: string;
  /** Field -> what the reviewer said. */
  readonly notes: { readonly [field: string]: string };
  readonly marks = new Map<string, Mark>();
  readonly complaintsOf: Complaints;
  /** Groups and lists. */
  readonly parted: readonly Field[];
  private current_: Settled;
  private context: FormContext;
  private readonly editable: ReadonlySet<string> | null;
  private readonly onChange: () => void;
  private readonly judge: (() => Found) | null;
  private readonly initial: JsonObject;
  private values: JsonObject;
  private readonly dirty = new Set<string>();
  private readonly touched = new Set<string>();
  private readonly prefills: Prefills;
  private readonly uploads = new Set<string>();
  private readonly parts = new Map<string, Parts>();
  private readonly states = new Map<string, FieldState>();
  private readonly tally = new Tally();
  private readonly listeners = new Map<string, Set<() => void>>();
  private state: FormState;

  constructor(options: StoreOptions) {
    this.form = options.form;
    this.id = options.id ?? options.form.id;
    this.initial = options.values;
    this.context = this.own(options.context);
    this.editable = options.editable === null ? null : new Set(options.editable);
    this.notes = options.notes ?? {};
    this.onChange = options.onChange ?? (() => {});
    this.judge = options.judge ?? null;
    this.complaintsOf = new Complaints(this.form);
    this.parted = this.form.fields.filter((field) => field.inner !== null);
    this.prefills = new Prefills(this.form);
    this.prefills.recall(options.values, this.context);
    const filled = this.prefills.apply({ ...options.values }, this.context, null, (field) => this.isLocked(field.name));
    this.values = this.prefills.start(filled, this.context, (field) => this.isLocked(field.name));
    this.current_ = settle(this.form, this.values, this.context);
    // A value that the form itself filled in has to be saved like a typed one.
    for (const name of this.prefills.names()) if (this.values[name] !== options.values[name]) this.dirty.add(name);
    this.makeParts();
    for (const field of this.form.fields) this.draw(field);
    this.state = drawnForm(this, this.context, this.tally, null);
  }

  /** The values as they count, and which fields are there, asked for, open. */
  get settled(): Settled {
    return this.current_;
  }

  field(name: string): FieldState {
    const state = this.states.get(name);
    if (!state) throw new Error(`The form ${this.id} has no field ${name}`);
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
    return this.current_.values;
  }

  /** As typed; computed fields: as computed. */
  valueOf(field: Field): Json | undefined {
    return field.compute === null ? this.values[field.name] : this.current_.values[field.name];
  }

  /** What stood there when the page was opened. */
  before(name: string): Json | undefined {
    return this.initial[name];
  }

  /** Only some fields are open: what is changed is shown beside what was. */
  get isPartlyOpen(): boolean {
    return this.editable !== null;
  }

  /** Uploads that are under way. */
  get busy(): number {
    return this.uploads.size;
  }

  /** Somebody typed, chose or removed. */
  set(name: string, value: Json | undefined): void {
    this.touch(name);
    this.write({ [name]: value });
    this.parts.get(name)?.replace(value);
    this.onChange();
  }

  /** The stores of what is inside a group or a list. */
  partsOf(name: string): readonly Part[] {
    return this.parts.get(name)?.all() ?? [];
  }

  /** One more entry of a list. @returns its key */
  addPart(name: string): number | null {
    const parts = this.parts.get(name);
    const part = parts?.add();
    this.partsChanged(name);
    return part?.key ?? null;
  }

  removePart(name: string, key: number): void {
    this.parts.get(name)?.remove(key);
    this.partsChanged(name);
  }

  movePart(name: string, key: number, by: -1 | 1): void {
    this.parts.get(name)?.move(key, by);
    this.partsChanged(name);
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
      if (!isEmpty(field, this.values[name]) && !this.marks.has(name) && !this.prefills.has(name)) continue;
      values[name] = one.value;
      this.prefills.drop(name);
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
      this.prefills.drop(name);
    }
    this.write(Object.fromEntries(open));
    for (const [name, value] of open) this.parts.get(name)?.replace(value);
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
      const { errors, warnings } = this.complaintsOf;
      if (errors.has(name) || warnings.has(name)) this.recheck(name);
    });
  }

  /** A complaint that only the control knows of: a text that is in no list, a file that was refused. */
  complain(name: string, message: string | null): void {
    if (message === null) this.complaintsOf.errors.delete(name);
    else this.complaintsOf.errors.set(name, message);
    this.refresh(new Set([name]));
  }

  /** What is wrong with the values of now; paths begin with this store's id. */
  verdict(): Found {
    return this.judge?.() ?? checkForm(this.form, this.values, this.context);
  }

  /** Looks at everything. @returns errors and warnings, in the form's order */
  check(): Found {
    const verdict = this.verdict();
    this.place(verdict);
    return verdict;
  }

  /** Complaints of the server. Those that name no field of this form stand at the form. */
  complainAll(errors: readonly FieldError[]): void {
    this.place({ errors, warnings: [] });
  }

  /** Fields that are wrong now, in the form's order; the name '' is the form as a whole. */
  complaints(kind: 'errors' | 'warnings'): Complained[] {
    const found = this.complaintsOf[kind];
    if (this.state[kind] === 0) return [];
    const line = (name: string, title: string): Complained[] => {
      const message = found.get(name);
      return message === undefined ? [] : [{ store: this, name, title, message }];
    };
    const below = (field: Field): Complained[] =>
      this.partsOf(field.name).flatMap((part, i) =>
        part.store.complaints(kind).map((one) => ({ ...one, title: titleInside(field, i, one.title) })),
      );
    return [
      ...line('', this.form.title),
      ...this.form.fields.flatMap((field) =>
        this.current_.visible.has(field.name) ? [...line(field.name, field.title), ...below(field)] : [],
      ),
    ];
  }

  setContext(context: FormContext): void {
    this.context = this.own(context);
    this.values = this.prefilled(null);
    this.current_ = settle(this.form, this.values, this.context);
    this.refresh(null);
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
    this.refresh(new Set([name]));
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
    for (const [name, value] of Object.entries(next)) this.parts.get(name)?.replace(value);
  }

  /** Other values, whatever was changed here: an entry of a list that became another one. */
  adopt(values: JsonObject): void {
    this.dirty.clear();
    this.merge(values);
  }

  /** Not among the fields that this task opens. */
  isLocked(name: string): boolean {
    const { editable, id } = this;
    return editable !== null && !editable.has(`${id}.${name}`) && !editable.has(id);
  }

  private makeParts(): void {
    for (const field of this.parted) {
      if (field.inner === null) continue;
      const least = field.required === true && field.inner.kind === 'list' ? Number(field.schema.minItems ?? 0) : 0;
      const parts = new Parts(field, this.aroundOf(field), this.values[field.name], least);
      this.parts.set(field.name, parts);
      const value = parts.value();
      if (sameValue(value, this.values[field.name]) || this.isLocked(field.name)) continue;
      // Defaults of the parts, and the entries that a list has to have at least.
      if (value !== undefined) this.values = { ...this.values, [field.name]: value };
      this.current_ = resettle(this.form, this.current_, this.values, field.name, this.context);
    }
  }

  private aroundOf(field: Field) {
    return {
      id: this.id,
      context: () => innerContext(this.form, field, this.current_.values, this.context),
      locked: (name: string) => this.isLocked(name),
      judge: (name: string, key: number) => this.verdictOf(name, key),
      changed: (name: string) => this.partsChanged(name),
    };
  }

  private verdictOf(name: string, key: number, verdict: Found = this.verdict()): Found {
    const field = this.form.field(name);
    const parts = this.partsOf(name);
    const at = parts.findIndex((part) => part.key === key);
    const part = parts[at];
    if (!field || !part) return { errors: [], warnings: [] };
    return verdictOfPart(verdict, this.id, field, field.inner?.kind === 'list' ? at : null, part);
  }

  private partsChanged(name: string): void {
    this.touch(name);
    this.write({ [name]: this.parts.get(name)?.value() });
    if (this.complaintsOf.errors.has(name)) this.recheck(name);
    this.onChange();
  }

  private touch(name: string): void {
    this.touched.add(name);
    this.marks.delete(name);
    this.prefills.drop(name);
  }

  private write(values: { readonly [name: string]: Json | undefined }, mine = true): void {
    const next: JsonObject = { ...this.values };
    const names = Object.keys(values);
    for (const name of names) {
      const value = values[name];
      if (value === undefined) delete next[name];
      else next[name] = value;
      if (mine) this.dirty.add(name);
    }
    this.values = next;
    const [only] = names;
    const reached = names.length === 1 && only !== undefined ? affectedBy(this.form, only) : null;
    const before = this.values;
    this.values = this.prefilled(reached);
    this.current_ =
      reached !== null && only !== undefined && this.values === before
        ? resettle(this.form, this.current_, this.values, only, this.context)
        : settle(this.form, this.values, this.context);
    this.refresh(reached);
  }

  private prefilled(only: ReadonlySet<string> | null): JsonObject {
    const closed = (field: Field) => this.isLocked(field.name) || this.touched.has(field.name);
    const next = this.prefills.apply(this.values, this.context, only, closed);
    if (next !== this.values)
      for (const name of this.prefills.names()) if (next[name] !== this.values[name]) this.dirty.add(name);
    return next;
  }

  private recheck(name: string): void {
    this.complaintsOf.placeOne(name, this.verdict(), this.id);
    this.refresh(new Set([name]));
  }

  /** Each complaint to its field, or to the part that it is about. */
  private place(found: Found): void {
    this.complaintsOf.place(found, this.id);
    for (const field of this.parted)
      for (const part of this.partsOf(field.name)) part.store.place(this.verdictOf(field.name, part.key, found));
    this.refresh(null);
  }

  /** The form's own entry is what was there when the page was opened. */
  private own(context: FormContext): FormContext {
    return { ...context, forms: { ...context.forms, [this.form.id]: this.initial } };
  }

  /** Draws anew what changed; null = look at every field. */
  private refresh(only: ReadonlySet<string> | null): void {
    const moved: string[] = [];
    const fields = only === null ? this.form.fields : [...only].flatMap((name) => this.form.field(name) ?? []);
    for (const field of fields) {
      if (only === null || only.size > 1) this.parts.get(field.name)?.refresh();
      if (this.draw(field)) moved.push(field.name);
    }
    const whole = drawnForm(this, this.context, this.tally, this.state);
    if (!sameWhole(this.state, whole)) {
      this.state = whole;
      moved.push('');
    }
    for (const name of moved) for (const listener of [...(this.listeners.get(name) ?? [])]) listener();
  }

  /** @returns whether anything of it is drawn differently now */
  private draw(field: Field): boolean {
    const before = this.states.get(field.name);
    const after = drawnField(this, field, this.context, before);
    if (field.inner !== null || !before || !sameState(before, after)) {
      const inside = this.partsOf(field.name).map((part) => part.store.whole().status);
      this.tally.update(field, after, inside);
    }
    if (before && sameState(before, after)) return false;
    this.states.set(field.name, after);
    return true;
  }
}

/** `联系人 2 · 姓名`; within a group the names of its fields are enough. */
function titleInside(field: Field, at: number, title: string): string {
  if (field.inner?.kind === 'group') return field.title === title ? title : `${field.title} · ${title}`;
  return field.inner?.plain ? `${field.title} ${at + 1}` : `${field.title} ${at + 1} · ${title}`;
}
