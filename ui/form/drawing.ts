import type { Field } from '../../engine/forms/live.ts';
import { drawnField, drawnForm } from './drawn.ts';
import { type FieldState, type FormState, sameState, sameWhole } from './field-state.ts';
import type { FormStore } from './store.ts';
import { Tally } from './tally.ts';

/** What is read out is subscribed to by this name, which no field can have. */
export const spokenKey = '*';

/** What is drawn of a form now, and who wants to hear when that changes. */
export class Drawing {
  private readonly store: FormStore;
  private readonly states = new Map<string, FieldState>();
  private readonly tally = new Tally();
  private readonly listeners = new Map<string, Set<() => void>>();
  private state: FormState;
  private words = '';

  constructor(store: FormStore) {
    this.store = store;
    for (const field of store.form.fields) this.draw(field);
    this.state = drawnForm(store, store.context, this.tally, null);
  }

  field(name: string): FieldState | null {
    return this.states.get(name) ?? null;
  }

  whole(): FormState {
    return this.state;
  }

  subscribe(name: string, listener: () => void): () => void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Draws anew what changed of these fields, and of the form as a whole. */
  refresh(fields: readonly Field[]): void {
    const moved = fields.filter((field) => this.draw(field)).map(({ name }) => name);
    const whole = drawnForm(this.store, this.store.context, this.tally, this.state);
    if (!sameWhole(this.state, whole)) {
      this.state = whole;
      moved.push('');
    }
    for (const name of moved) this.tell(name);
  }

  /** What was read out last. */
  get spoken(): string {
    return this.words;
  }

  speak(words: string): void {
    this.words = words;
    this.tell(spokenKey);
  }

  private tell(name: string): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener();
  }

  /** @returns whether anything of it is drawn differently now */
  private draw(field: Field): boolean {
    const before = this.states.get(field.name);
    const after = drawnField(this.store, field, this.store.context, before);
    const same = before !== undefined && sameState(before, after);
    if (field.inner !== null || !same) {
      const inside = this.store.partsOf(field.name).map((part) => part.store.whole().status);
      this.tally.update(field, after, inside);
    }
    if (!same) this.states.set(field.name, after);
    return !same;
  }
}
