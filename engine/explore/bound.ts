import type { Condition, Test } from './condition.ts';
import type { Slot } from './slots.ts';

/** A condition with its variables and states looked up, and a number for each question that only the oracle answers. */
export type Bound =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Bound[] }
  | { readonly kind: 'not'; readonly term: Bound }
  | { readonly kind: 'fact'; readonly slot: number }
  | { readonly kind: 'at'; readonly node: number }
  | { readonly kind: 'size'; readonly slot: Slot; readonly test: Test }
  | { readonly kind: 'entry'; readonly slot: Slot; readonly always: boolean; readonly free: Question }
  | Question;

export interface Question {
  readonly kind: 'free';
  readonly id: number;
  readonly text: string;
  readonly changing: boolean;
  /** The questions that ask whether the same path has another value: one of all of them holds at most. */
  readonly others: readonly Question[];
  /** One of them and this one holds for certain: the path has no other values. */
  readonly closed: boolean;
}

const never: Bound = { kind: 'constant', value: false };

export class Binder {
  private readonly known = new Map<Condition, Bound>();
  private readonly questions = new Map<string, Question>();
  private readonly paths = new Map<string, Question[]>();
  private readonly slot: (kind: Slot['kind'], name: string) => Slot | undefined;
  private readonly node: (address: string) => number | undefined;
  private readonly values: (path: string) => number | null;

  /** @param values how many values a path can have that is always there; null when that is not known */
  constructor(
    slot: (kind: Slot['kind'], name: string) => Slot | undefined,
    node: (address: string) => number | undefined,
    values: (path: string) => number | null,
  ) {
    this.slot = slot;
    this.node = node;
    this.values = values;
  }

  bind(condition: Condition): Bound {
    let bound = this.known.get(condition);
    if (bound === undefined) {
      bound = this.make(condition);
      this.known.set(condition, bound);
    }
    return bound;
  }

  private make(condition: Condition): Bound {
    switch (condition.kind) {
      case 'constant':
        return condition;
      case 'and':
      case 'or':
        return { kind: condition.kind, terms: condition.terms.map((term) => this.bind(term)) };
      case 'not':
        return { kind: 'not', term: this.bind(condition.term) };
      case 'fact': {
        const slot = this.slot('fact', condition.fact);
        return slot === undefined ? never : { kind: 'fact', slot: slot.index };
      }
      case 'at': {
        const node = this.node(condition.address);
        return node === undefined ? never : { kind: 'at', node };
      }
      case 'size': {
        const slot = this.slot(condition.of, condition.name);
        return slot === undefined ? never : { kind: 'size', slot, test: condition.test };
      }
      case 'entry': {
        const slot = this.slot('record', condition.record);
        if (slot === undefined) return never;
        return { kind: 'entry', slot, always: condition.always, free: this.bind(condition.free) as Question };
      }
      case 'free':
        return this.question(condition);
    }
  }

  private question(free: Extract<Condition, { readonly kind: 'free' }>): Question {
    const asked = this.questions.get(free.text);
    if (asked !== undefined) return asked;
    const { text, changing, equals } = free;
    const others: Question[] = equals === null ? [] : (this.paths.get(equals.path) ?? []);
    const values = equals === null ? null : this.values(equals.path);
    const { size } = this.questions;
    const question: Question = {
      kind: 'free',
      id: size + firstQuestion,
      text,
      changing,
      others,
      // Asked only when steps are made, when all questions about the path are known.
      get closed() {
        return values !== null && others.length >= values;
      },
    };
    this.questions.set(text, question);
    if (equals !== null) {
      others.push(question);
      this.paths.set(equals.path, others);
    }
    return question;
  }
}

/** Questions that belong to no condition. */
export const voidQuestion = 0;
export const dayQuestion = 1;
/** The values of counters and sizes come before the terms of conditions. */
export const firstSize = 2;
const firstQuestion = 1000;
/** Room for the epochs of one question. */
export const epochs = 1024;
