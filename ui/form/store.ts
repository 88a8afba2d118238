import {
  type CompiledForm,
  checkForm,
  type Field,
  type FormContext,
  innerContext,
  normaliseValue,
  readsRoot,
  type Settled,
  type Verdict,
} from '../../engine/forms/live.ts';
import type { FieldError } from '../../engine/model/blocker.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { afterPointer } from './after-pointer.ts';
import { type Complained, complainedIn } from './complained.ts';
import { Complaints, verdictOfPart } from './complaints.ts';
import { Drawing, spokenKey } from './drawing.ts';
import { type FieldState, type FormState, type Mark, sameValue } from './field-state.ts';
import { type Part, Parts } from './parts.ts';
import { Values } from './values.ts';

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
  private readonly values: Values;
  private readonly onChange: () => void;
  private readonly judge: (() => Found) | null;
  private readonly uploads = new Set<string>();
  private readonly parts = new Map<string, Parts>();
  private readonly drawing: Drawing;
  private spoken_ = '';

  constructor(options: StoreOptions) {
    this.form = options.form;
    this.id = options.id ?? options.form.id;
    this.values = new Values(this.form, this.id, options.values, options.context, options.editable);
    this.notes = options.notes ?? {};
    this.onChange = options.onChange ?? (() => {});
    this.judge = options.judge ?? null;
    this.complaintsOf = new Complaints(this.form);
    this.parted = this.form.fields.filter((field) => field.inner !== null);
    this.makeParts();
    this.drawing = new Drawing(this);
  }

  /** The values as they count, and which fields are there, asked for, open. */
  get settled(): Settled {
    return this.values.settled;
  }

  /** What stands around the form. */
  get context(): FormContext {
    return this.values.context;
  }

  field(name: string): FieldState {
    const state = this.drawing.field(name);
    if (state === null) throw new Error(`The form ${this.id} has no field ${name}`);
    return state;
  }

  whole(): FormState {
    return this.drawing.whole();
  }

  /** @param name a field, '' for the form as a whole, `spokenKey` for what is read out */
  subscribe(name: string, listener: () => void): () => void {
    return this.drawing.subscribe(name, listener);
  }

  /** The values as they count: cleaned, hidden ones gone, computed ones filled. */
  current(): JsonObject {
    return this.values.settled.values;
  }

  /** As typed; what is not typed: as it is shown. */
  valueOf(field: Field): Json | undefined {
    return this.values.of(field);
  }

  /** What stood there when the page was opened. */
  before(name: string): Json | undefined {
    return this.values.initial[name];
  }

  /** Only some fields are open: what is changed is shown beside what was. */
  get isPartlyOpen(): boolean {
    return this.values.isPartlyOpen;
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
      const filled = !this.values.isEmpty(field) && !this.values.prefills.has(name);
      if (filled && !this.marks.has(name)) continue;
      values[name] = one.value;
      this.values.prefills.drop(name);
      const { score, checked } = one;
      this.marks.set(name, { from, score, checked, doubtful: !checked && score < 0.9 });
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
      this.values.prefills.drop(name);
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
    const typed = this.values.typed[name];
    if (field && typeof typed === 'string' && field.kind !== 'money') {
      const clean = normaliseValue(field, typed);
      if (clean !== typed && typeof clean === 'string') this.write({ [name]: clean }, false);
    }
    const { errors, warnings } = this.complaintsOf;
    const was = errors.get(name);
    afterPointer(() => {
      if (!errors.has(name) && !warnings.has(name)) return;
      this.recheck(name);
      // What a press on the button found is read out by the summary, which takes the focus.
      const wrong = was === undefined ? undefined : errors.get(name);
      this.speak(field && wrong !== undefined ? `${field.title}：${wrong}` : '');
    });
  }

  /** What is read out to whoever does not see the page: why the field that was just left is still wrong. */
  spoken(): string {
    return this.spoken_;
  }

  /** A complaint that only the control knows of: a text that is in no list, a file that was refused. */
  complain(name: string, message: string | null): void {
    if (message === null) this.complaintsOf.errors.delete(name);
    else this.complaintsOf.errors.set(name, message);
    this.refresh(new Set([name]));
  }

  /** What is wrong with the values of now; paths begin with this store's id. */
  verdict(): Found {
    return this.judge?.() ?? checkForm(this.form, this.values.typed, this.values.context);
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
    return this.whole()[kind] === 0 ? [] : complainedIn(this, kind);
  }

  setContext(context: FormContext): void {
    this.values.setContext(context);
    this.refresh(null);
  }

  /** A new context that changes nothing here, because nothing of this form reads what is new in it. */
  adoptContext(context: FormContext): void {
    this.values.adoptContext(context);
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
    return this.values.takeDirty();
  }

  /** The patch was not saved after all. */
  giveBack(fields: readonly string[]): void {
    this.values.giveBack(fields);
  }

  isDirty(): boolean {
    return this.values.isDirty();
  }

  /** Values from elsewhere (another tab, the server); what was changed here and not saved yet stays. */
  merge(values: JsonObject): void {
    const fields = this.form.fields.filter(({ name }) => !this.values.isDirty(name));
    this.write(Object.fromEntries(fields.map(({ name }) => [name, values[name]])), false);
    for (const { name } of fields) this.parts.get(name)?.replace(values[name]);
  }

  /** Other values, whatever was changed here: an entry of a list that became another one. */
  adopt(values: JsonObject): void {
    this.values.forget();
    this.merge(values);
  }

  isLocked(name: string): boolean {
    return this.values.isLocked(name);
  }

  private makeParts(): void {
    for (const field of this.parted) {
      if (field.inner === null) continue;
      const least = field.required === true && field.inner.kind === 'list' ? Number(field.schema.minItems ?? 0) : 0;
      const parts = new Parts(field, this.aroundOf(field), this.values.typed[field.name], least);
      this.parts.set(field.name, parts);
      const value = parts.value();
      // Defaults of the parts, and the entries that a list has to have at least.
      if (!sameValue(value, this.values.typed[field.name]) && !this.isLocked(field.name))
        this.values.begin(field, value);
    }
  }

  private aroundOf(field: Field) {
    return {
      id: this.id,
      context: () => innerContext(this.form, field, this.current(), this.values.context),
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

  private speak(words: string): void {
    this.spoken_ = words;
    this.drawing.tell(spokenKey);
  }

  private touch(name: string): void {
    this.marks.delete(name);
    this.values.touch(name);
  }

  private write(values: { readonly [name: string]: Json | undefined }, mine = true): void {
    this.refresh(this.values.write(values, mine));
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

  /** Draws anew what changed; null = look at every field. */
  private refresh(only: ReadonlySet<string> | null): void {
    const fields = only === null ? this.form.fields : [...only].flatMap((name) => this.form.field(name) ?? []);
    // One field that changed alone moved nothing around the parts of others.
    if (only === null || only.size > 1) for (const field of fields) this.parts.get(field.name)?.refresh();
    this.drawing.refresh(fields);
  }
}
