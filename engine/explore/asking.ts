import { type Bound, dayQuestion, epochs, firstSize, type Question } from './bound.ts';
import { passes } from './comparison.ts';
import type { Configuration } from './configurations.ts';
import type { Ledger } from './ledger.ts';
import type { Oracle } from './oracle.ts';
import { gaps, type Slot } from './slots.ts';
import type { Space } from './space.ts';

/** Whether conditions hold in the middle of a step: what is not known is asked of the oracle, once. */
export class Asking {
  configuration: Configuration;
  /** Rises with every word that changes something: what free terms say of records and people may change with it. */
  epoch = 0;
  private readonly space: Space;
  private readonly oracle: Oracle;
  private readonly ledger: Ledger;

  constructor(space: Space, oracle: Oracle, ledger: Ledger) {
    this.space = space;
    this.oracle = oracle;
    this.ledger = ledger;
    this.configuration = space.configurations.nothing;
  }

  begin(configuration: Configuration): void {
    this.configuration = configuration;
    this.epoch = 0;
  }

  holds(condition: Bound): boolean {
    for (;;) {
      const truth = this.truth(condition);
      if (truth !== 'unknown') return truth;
      this.decide(condition);
    }
  }

  truth(condition: Bound): boolean | 'unknown' {
    switch (condition.kind) {
      case 'constant':
        return condition.value;
      case 'flag':
        return this.ledger.get(condition.slot) === 1;
      case 'at':
        return this.configuration.active[condition.node] === 1;
      case 'not': {
        const inner = this.truth(condition.term);
        return inner === 'unknown' ? inner : !inner;
      }
      case 'and':
      case 'or': {
        const decides = condition.kind === 'or';
        let unknown = false;
        for (const term of condition.terms) {
          const truth = this.truth(term);
          if (truth === decides) return decides;
          if (truth === 'unknown') unknown = true;
        }
        return unknown ? 'unknown' : !decides;
      }
      case 'size': {
        const value = this.size(condition.slot);
        return value === 'unknown' ? value : passes(condition.test, value);
      }
      case 'gap':
        return passes(condition.test, gaps[this.ledger.get(condition.slot)] as number);
      case 'entry': {
        const size = this.size(condition.slot);
        if (size === 'unknown' || size === 0) return size === 0 ? false : size;
        return condition.always ? true : this.truth(condition.free);
      }
      case 'free':
        return this.freely(condition);
    }
  }

  private size(slot: Slot): number | 'unknown' {
    const value = slot.open ? this.opened(slot) : this.ledger.get(slot.index);
    if (value === 'unknown' || value === 0 || !slot.daily || (slot.open && this.epoch > 0)) return value;
    const day = this.oracle.known(dayQuestion);
    return day === undefined ? 'unknown' : day === 1 && slot.open ? 0 : value;
  }

  /** The question for a number, at this place of the step. */
  sizeKey(slot: Slot): number {
    return (firstSize + slot.index) * epochs + this.epoch;
  }

  private opened(slot: Slot): number | 'unknown' {
    const option = this.oracle.known(this.sizeKey(slot));
    return option === undefined ? 'unknown' : (slot.classes[option] as number);
  }

  private freely(question: Question): boolean | 'unknown' {
    const known = this.oracle.known(this.keyOf(question));
    if (known !== undefined) return known === 1;
    if (question.about === null) return 'unknown';
    const { unknown, questions, test } = question.about;
    const answers: (boolean | undefined)[] = [];
    if (!this.oracle.silent)
      for (let at = 0; at < questions.length; at++) {
        const answer = this.oracle.known(this.keyOf(questions[at] as Question));
        if (answer !== undefined) answers[at] = answer === 1;
      }
    return unknown.truth(test, answers);
  }

  private keyOf(question: Question): number {
    return question.id * epochs + (question.changing ? this.epoch : 0);
  }

  /** Asks for the first thing that the condition's truth hangs on. */
  private decide(condition: Bound): void {
    switch (condition.kind) {
      case 'not':
        this.decide(condition.term);
        return;
      case 'and':
      case 'or': {
        const open = condition.terms.find((term) => this.truth(term) === 'unknown');
        if (open !== undefined) this.decide(open);
        return;
      }
      case 'size':
        this.askSize(condition.slot);
        return;
      case 'entry':
        if (this.size(condition.slot) === 'unknown') this.askSize(condition.slot);
        else this.decide(condition.free);
        return;
      case 'free':
        this.oracle.ask(this.keyOf(condition), condition.text, 2);
        return;
      default:
    }
  }

  private askSize(slot: Slot): void {
    if (slot.open && this.opened(slot) === 'unknown') {
      this.oracle.ask(this.sizeKey(slot), `${slot.kind} ${slot.name}`, slot.classes.length, true);
    } else if (slot.open) this.oracle.ask(dayQuestion, 'new day', 2);
    else this.newDay(slot.index);
  }

  /** A counter of a day may have begun anew since the last step. */
  newDay(index: number): void {
    if (this.ledger.get(index) === 0 || this.oracle.known(dayQuestion) !== undefined) return;
    if (this.oracle.ask(dayQuestion, 'new day', 2) === 0) return;
    for (const slot of this.space.slots) if (slot.daily && !slot.open) this.ledger.set(slot.index, 0);
  }
}
