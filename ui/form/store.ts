import {
  type CompiledForm,
  checkForm,
  type Field,
  type FormContext,
  normaliseValue,
  readsRoot,
  type Settled,
} from '../../engine/forms/live.ts';
import type { FieldError } from '../../engine/model/blocker.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { mark } from '../app/texts/punctuation.ts';
import { afterPointer } from './after-pointer.ts';
import { type Complained, complainedIn } from './complained.ts';
import { Complaints, type Found } from './complaints.ts';
import { Drawing } from './drawing.ts';
import type { FieldState, FormState, Mark } from './field-state.ts';
import { Inside } from './inside.ts';
import type { Part } from './parts.ts';
import { markRead, type Read } from './read-values.ts';
import type { StoreOptions } from './store-options.ts';
import { Values } from './values.ts';

/** One form being filled in: an external store with a subscription per field, so that a keystroke draws one field. */
export class FormStore {
  readonly form: CompiledForm;
  readonly id: string;
  /** Field -> what the reviewer said. */
  readonly notes: { readonly [field: string]: string };
  readonly marks: Map<string, Mark>;
  readonly complaintsOf: Complaints;
  private readonly values: Values;
  private readonly onChange: () => void;
  private readonly judge: (() => Found) | null;
  private readonly uploads = new Set<string>();
  private readonly inside: Inside;
  private readonly drawing: Drawing;

  constructor(options: StoreOptions) {
    this.form = options.form;
    this.id = options.id ?? options.form.id;
    this.values = new Values(this.form, this.id, options.values, options.context, options.editable);
    this.notes = options.notes ?? {};
    this.marks = new Map(Object.entries(options.marks ?? {}));
    this.onChange = options.onChange ?? (() => {});
    this.judge = options.judge ?? null;
    this.complaintsOf = new Complaints(this.form);
    this.inside = new Inside({
      form: this.form,
      id: this.id,
      values: this.values,
      verdict: () => this.verdict(),
      changed: (name) => this.partsChanged(name),
    });
    this.drawing = new Drawing(this);
  }

  /** Groups and lists. */
  get parted(): readonly Field[] {
    return this.inside.fields;
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
    this.inside.replace(name, value);
    this.onChange();
  }

  /** The stores of what is inside a group or a list. */
  partsOf(name: string): readonly Part[] {
    return this.inside.of(name);
  }

  /** One more entry of a list. @returns its key */
  addPart(name: string): number | null {
    const key = this.inside.add(name);
    this.partsChanged(name);
    return key;
  }

  removePart(name: string, key: number): void {
    this.inside.remove(name, key);
    this.partsChanged(name);
  }

  movePart(name: string, key: number, by: -1 | 1): void {
    this.inside.move(name, key, by);
    this.partsChanged(name);
  }

  /** Values that were read from a picture: they fill what is empty or was read before, and are marked. */
  recognise(from: string, read: Read): number {
    const values = markRead(this.form, this.values, this.marks, from, read);
    this.write(values);
    for (const name of Object.keys(values)) this.recheck(name);
    this.onChange();
    return Object.keys(values).length;
  }

  /** Copies from another form, or with `from` another case. @returns how many fields got a value */
  copy(values: { readonly [field: string]: Json | undefined }, from?: Mark): number {
    const open = Object.entries(values).filter(([name, value]) => value !== undefined && !this.isLocked(name));
    for (const [name] of open) {
      if (from) this.marks.set(name, from);
      else this.marks.delete(name);
      this.values.prefills.drop(name);
    }
    this.write(Object.fromEntries(open));
    for (const [name, value] of open) this.inside.replace(name, value);
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
      this.drawing.speak(field && wrong !== undefined ? `${field.title}${mark('colon')}${wrong}` : '');
    });
  }

  /** What is read out to whoever does not see the page: why the field that was just left is still wrong. */
  spoken(): string {
    return this.drawing.spoken;
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
    for (const { name } of fields) this.inside.replace(name, values[name]);
  }

  /** Other values, whatever was changed here: an entry of a list that became another one. */
  adopt(values: JsonObject): void {
    this.values.forget();
    this.merge(values);
  }

  isLocked(name: string): boolean {
    return this.values.isLocked(name);
  }

  private partsChanged(name: string): void {
    this.touch(name);
    this.write({ [name]: this.inside.value(name) });
    if (this.complaintsOf.errors.has(name)) this.recheck(name);
    this.onChange();
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
    for (const { name } of this.parted)
      for (const { key, store } of this.partsOf(name)) store.place(this.inside.verdictOf(name, key, found));
    this.refresh(null);
  }

  /** Draws anew what changed; null = look at every field. */
  private refresh(only: ReadonlySet<string> | null): void {
    const fields = only === null ? this.form.fields : [...only].flatMap((name) => this.form.field(name) ?? []);
    // One field that changed alone moved nothing around the parts of others.
    if (only === null || only.size > 1) for (const field of fields) this.inside.refresh(field.name);
    this.drawing.refresh(fields);
  }
}
