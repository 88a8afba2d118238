import { type CompiledForm, type Field, type FormContext, isEmpty, offered, scopeIn } from '../../engine/forms/live.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';

/** What a form fills in by itself, and which of it still follows its source because nobody changed it. */
export class Prefills {
  private readonly form: CompiledForm;
  private readonly followed = new Map<string, Json>();
  private readonly fields: readonly Field[];

  constructor(form: CompiledForm) {
    this.form = form;
    this.fields = form.fields.filter((field) => field.prefill !== null);
  }

  /** A saved value that equals what the form would fill in follows its source until somebody changes it. */
  recall(values: JsonObject, context: FormContext): void {
    for (const { name, prefill } of this.fields) {
      const value = prefill?.run(scopeIn(this.form, values, context));
      if (value !== undefined && value !== null && value === values[name]) this.followed.set(name, value);
    }
  }

  has(name: string): boolean {
    return this.followed.has(name);
  }

  /** Somebody changed it. */
  drop(name: string): void {
    this.followed.delete(name);
  }

  /**
   * Values with what is filled in now; the same object when nothing is.
   * @param only fields that may have moved; null = any
   * @param closed fields that must stay as they are, or that somebody has touched
   */
  apply(
    values: JsonObject,
    context: FormContext,
    only: ReadonlySet<string> | null,
    closed: (field: Field) => boolean,
  ): JsonObject {
    let next = values;
    for (const field of this.fields) {
      if (only !== null && !only.has(field.name)) continue;
      const follows = this.followed.has(field.name);
      if (!follows && (!isEmpty(field, next[field.name]) || closed(field))) continue;
      const value = field.prefill?.run(scopeIn(this.form, next, context));
      if (value === undefined || value === null || value === '' || (follows && value === next[field.name])) continue;
      next = { ...next, [field.name]: value };
      this.followed.set(field.name, value);
    }
    return next;
  }

  /** What a fresh form starts with: defaults, and the only choice that there is. */
  start(values: JsonObject, context: FormContext, closed: (field: Field) => boolean): JsonObject {
    const next = { ...values };
    for (const field of this.form.fields) {
      const value = field.schema.default ?? onlyChoice(field, context);
      if (value === undefined || closed(field) || next[field.name] !== undefined) continue;
      next[field.name] = value;
      this.followed.set(field.name, value);
    }
    return next;
  }

  names(): string[] {
    return [...this.followed.keys()];
  }
}

/** Where a project leaves one option of what has to be answered, there is nothing to ask. */
function onlyChoice(field: Field, context: FormContext): Json | undefined {
  if (field.required !== true || (field.kind !== 'radio' && field.kind !== 'select')) return undefined;
  const options = offered(field, context);
  return options.length === 1 ? options[0]?.value : undefined;
}
