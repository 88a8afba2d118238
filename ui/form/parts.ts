import { type Field, type FormContext, partsOf, partValue } from '../../engine/forms/live.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { sameValue } from './field-state.ts';
import { FormStore } from './store.ts';

/** What is inside a field: the one part of a group, or an entry of a list. */
export interface Part {
  /** Stays with the entry while it is moved. */
  readonly key: number;
  readonly store: FormStore;
}

/** The store around, as its parts see it. */
export interface Around {
  readonly id: string;
  /** What a part sees. */
  readonly context: () => FormContext;
  readonly locked: (field: string) => boolean;
  /** Errors and warnings of the whole form, told to the part at this place. */
  readonly judge: (field: string, key: number) => ReturnType<FormStore['verdict']>;
  /** A part was changed by a person. */
  readonly changed: (field: string) => void;
}

/** The stores of what is inside one field. */
export class Parts {
  private readonly field: Field;
  private readonly around: Around;
  private list: readonly Part[] = [];
  private next = 0;

  constructor(field: Field, around: Around, value: Json | undefined, least: number) {
    this.field = field;
    this.around = around;
    this.replace(value, least);
  }

  all(): readonly Part[] {
    return this.list;
  }

  /** The value of the field, as the parts say it. */
  value(): Json | undefined {
    const { inner } = this.field;
    if (inner === null) return undefined;
    const values = this.list.map(({ store }) => partValue(inner, store.current()));
    if (inner.kind === 'list') return values.length === 0 ? undefined : values;
    const [group] = values;
    return group === null || group === undefined || Object.keys(group).length === 0 ? undefined : group;
  }

  add(): Part {
    const part = this.make({});
    this.list = [...this.list, part];
    return part;
  }

  remove(key: number): void {
    this.list = this.list.filter((part) => part.key !== key);
  }

  /** @param by -1 towards the beginning, 1 towards the end */
  move(key: number, by: -1 | 1): void {
    const at = this.list.findIndex((part) => part.key === key);
    const to = at + by;
    const [from, other] = [this.list[at], this.list[to]];
    if (!from || !other) return;
    this.list = this.list.map((part, i) => (i === at ? other : i === to ? from : part));
  }

  /** The value came from elsewhere. Parts that say the same already stay. */
  replace(value: Json | undefined, least = 0): void {
    const { inner } = this.field;
    if (inner === null) return;
    const given = partsOf(inner, value);
    const wanted = inner.kind === 'group' ? 1 : Math.max(given.length, least);
    this.list = Array.from({ length: wanted }, (_, i) => {
      const values = given[i] ?? {};
      const part = this.list[i];
      if (part && sameValue(part.store.current(), values)) return part;
      part?.store.adopt(values);
      return part ?? this.make(values);
    });
  }

  /** What stands around was changed. */
  refresh(): void {
    const context = this.around.context();
    for (const { store } of this.list) store.setContext(context);
  }

  private make(values: JsonObject): Part {
    const { field, around } = this;
    const { inner } = field;
    if (inner === null) throw new Error(`${field.name} has no parts`);
    const key = this.next;
    this.next += 1;
    const store = new FormStore({
      form: inner.form,
      id: inner.kind === 'list' ? `${around.id}.${field.name}.${key}` : `${around.id}.${field.name}`,
      values,
      context: around.context(),
      editable: around.locked(field.name) ? [] : null,
      onChange: () => around.changed(field.name),
      judge: () => around.judge(field.name, key),
    });
    return { key, store };
  }
}
