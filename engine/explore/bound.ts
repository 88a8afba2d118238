import type { Test } from './comparison.ts';
import type { Condition, Free } from './condition.ts';
import type { Domain } from './ranges.ts';
import type { Slot } from './slots.ts';
import { Unknown } from './unknown.ts';

/** A condition with its variables and states looked up, and a number for each question that only the oracle answers. */
export type Bound =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Bound[] }
  | { readonly kind: 'not'; readonly term: Bound }
  /** A variable that is 0 or 1. */
  | { readonly kind: 'flag'; readonly slot: number }
  | { readonly kind: 'at'; readonly node: number }
  | { readonly kind: 'size'; readonly slot: Slot; readonly test: Test }
  | { readonly kind: 'gap'; readonly slot: number; readonly test: Test }
  | { readonly kind: 'entry'; readonly slot: Slot; readonly always: boolean; readonly free: Question }
  | Question;

export interface Question {
  readonly kind: 'free';
  readonly id: number;
  readonly text: string;
  readonly changing: boolean;
  /** What it asks about, and by which number; null when nothing else asks about the same. */
  readonly about: { readonly unknown: Unknown; readonly questions: readonly Question[]; readonly test: number } | null;
}

const never: Bound = { kind: 'constant', value: false };

export class Binder {
  private readonly known = new Map<Condition, Bound>();
  private readonly questions = new Map<string, Question>();
  /** Path -> what is asked about it, and the questions by their numbers. */
  private readonly unknowns = new Map<string, { readonly unknown: Unknown; readonly questions: Question[] }>();
  private readonly slot: (kind: Slot['kind'], name: string) => Slot | undefined;
  private readonly node: (address: string) => number | undefined;
  private readonly domain: (path: string) => Domain | null;

  constructor(
    slot: (kind: Slot['kind'], name: string) => Slot | undefined,
    node: (address: string) => number | undefined,
    domain: (path: string) => Domain | null,
  ) {
    this.slot = slot;
    this.node = node;
    this.domain = domain;
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
      case 'fact':
        return this.flag('fact', condition.fact);
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
      case 'signed':
        return this.flag('signed', condition.part);
      case 'same':
        return this.flag('same', condition.parts.join(' '));
      case 'gap': {
        const slot = this.slot('gap', condition.records.join(' '));
        return slot === undefined ? never : { kind: 'gap', slot: slot.index, test: condition.test };
      }
      case 'free':
        return this.question(condition);
    }
  }

  private flag(kind: Slot['kind'], name: string): Bound {
    const slot = this.slot(kind, name);
    return slot === undefined ? never : { kind: 'flag', slot: slot.index };
  }

  private question(free: Free): Question {
    const asked = this.questions.get(free.text);
    if (asked !== undefined) return asked;
    const { text, changing, test } = free;
    const id = this.questions.size + firstQuestion;
    if (test === null) {
      const question: Question = { kind: 'free', id, text, changing, about: null };
      this.questions.set(text, question);
      return question;
    }
    let about = this.unknowns.get(test.path);
    if (about === undefined) {
      about = { unknown: new Unknown(this.domain(test.path)), questions: [] };
      this.unknowns.set(test.path, about);
    }
    const { unknown, questions } = about;
    const question: Question = {
      kind: 'free',
      id,
      text,
      changing,
      about: { unknown, questions, test: unknown.add(test) },
    };
    questions.push(question);
    this.questions.set(text, question);
    return question;
  }

  /** Everything that was asked so far. */
  asked(): readonly Question[] {
    return [...this.questions.values()];
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
