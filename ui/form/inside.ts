import { type CompiledForm, type Field, innerContext } from '../../engine/forms/live.ts';
import type { Json } from '../../engine/model/json.ts';
import { type Found, verdictOfPart } from './complaints.ts';
import { sameValue } from './field-state.ts';
import { type Around, type Part, Parts } from './parts.ts';
import type { Values } from './values.ts';

/** The form around, as its groups and lists see it. */
export interface Outside {
  readonly form: CompiledForm;
  /** Of the store. */
  readonly id: string;
  readonly values: Values;
  /** What is wrong with the values of now. */
  readonly verdict: () => Found;
  /** A person changed something inside the field. */
  readonly changed: (field: string) => void;
}

/** The groups and lists of a form: the stores of what is inside them. */
export class Inside {
  /** The fields that are groups or lists. */
  readonly fields: readonly Field[];
  private readonly outside: Outside;
  private readonly parts = new Map<string, Parts>();

  constructor(outside: Outside) {
    this.outside = outside;
    this.fields = outside.form.fields.filter((field) => field.inner !== null);
    for (const field of this.fields) this.make(field);
  }

  of(name: string): readonly Part[] {
    return this.parts.get(name)?.all() ?? [];
  }

  /** The value of a field, as its parts say it. */
  value(name: string): Json | undefined {
    return this.parts.get(name)?.value();
  }

  /** One more entry of a list. @returns its key */
  add(name: string): number | null {
    return this.parts.get(name)?.add().key ?? null;
  }

  remove(name: string, key: number): void {
    this.parts.get(name)?.remove(key);
  }

  move(name: string, key: number, by: -1 | 1): void {
    this.parts.get(name)?.move(key, by);
  }

  /** The value came from elsewhere. */
  replace(name: string, value: Json | undefined): void {
    this.parts.get(name)?.replace(value);
  }

  /** What stands around the field was changed. */
  refresh(name: string): void {
    this.parts.get(name)?.refresh();
  }

  /** What of a verdict about the form is about one part. */
  verdictOf(name: string, key: number, verdict: Found): Found {
    const field = this.outside.form.field(name);
    const parts = this.of(name);
    const at = parts.findIndex((part) => part.key === key);
    const part = parts[at];
    if (!field || !part) return { errors: [], warnings: [] };
    return verdictOfPart(verdict, this.outside.id, field, field.inner?.kind === 'list' ? at : null, part);
  }

  private make(field: Field): void {
    if (field.inner === null) return;
    const { values } = this.outside;
    const least = field.required === true && field.inner.kind === 'list' ? Number(field.schema.minItems ?? 0) : 0;
    const parts = new Parts(field, this.aroundOf(field), values.typed[field.name], least);
    this.parts.set(field.name, parts);
    const value = parts.value();
    // Defaults of the parts, and the entries that a list has to have at least.
    if (!sameValue(value, values.typed[field.name]) && !values.isLocked(field.name)) values.begin(field, value);
  }

  private aroundOf(field: Field): Around {
    const { form, id, values, verdict, changed } = this.outside;
    return {
      id,
      context: () => innerContext(form, field, values.settled.values, values.context),
      locked: (name) => values.isLocked(name),
      judge: (name, key) => this.verdictOf(name, key, verdict()),
      changed,
    };
  }
}
