import type { Words } from '../model/composed.ts';
import { type Bound, dayQuestion, epochs, firstSize, type Question, voidQuestion } from './bound.ts';
import { passes } from './condition.ts';
import type { Configuration, Effect, History } from './configurations.ts';
import type { Edge, Node } from './nodes.ts';
import type { Oracle } from './oracle.ts';
import type { Slot } from './slots.ts';
import type { Move, Outcome, Situation, Space } from './space.ts';

/** As in `engine/compile`: a chart that needs more goes in circles. */
const maxMoves = 200;
const noChoices: Outcome['choices'] = [];
const nobody: readonly string[] = [];

/**
 * One run of one step under the oracle's answers: commit and void, conditions, transition, words, and `when` and `done`
 * until nothing moves, in the order of XState's macrostep.
 */
export class Run {
  private readonly space: Space;
  private readonly oracle: Oracle;
  private readonly move: Move;
  private configuration: Configuration;
  private values: number[] = [];
  /** Rises with every word that changes something: what free terms say of records and people may change with it. */
  private epoch = 0;
  private readonly taken: Edge[] = [];
  private voided = nobody;
  private refused = false;
  private endless = false;
  private possible = true;
  private readonly history: History = (state) => {
    const value = this.values[this.space.historySlot(state)] ?? 0;
    return value === 0 ? undefined : this.space.configurations.all[value - 1];
  };

  constructor(space: Space, oracle: Oracle, move: Move) {
    this.space = space;
    this.oracle = oracle;
    this.move = move;
    this.configuration = space.configurations.nothing;
  }

  /** What is known of a condition in a state. */
  ask(situation: Situation, condition: Bound): boolean | 'unknown' {
    this.configuration = situation.configuration;
    this.values = [...situation.values];
    return this.truth(condition);
  }

  begin(): void {
    this.values = this.space.slots.map(() => 0);
    const effect = this.space.configurations.begin();
    this.enter(effect);
    this.settle([...effect.raised], effect.done && !this.space.partial);
  }

  handle(from: Situation): void {
    this.configuration = from.configuration;
    this.values = from.values.slice();
    const used = this.space.usedUpBy(this.move);
    if (used !== undefined) {
      if (this.values[used] === 1) {
        this.possible = false;
        return;
      }
      this.values[used] = 1;
    }
    if (this.move.voids.length > 1) this.voidSome();
    const raised: string[] = [];
    const done = this.micro(this.select(this.move.type), raised);
    this.settle(raised, done);
  }

  outcome(from: Situation | undefined): Outcome {
    const { space, move, taken, voided, refused, endless, possible } = this;
    const choices = this.oracle.choices.length === 0 ? noChoices : this.oracle.choices.map((each) => ({ ...each }));
    let next: Situation | null = null;
    if (!refused && !endless && possible) {
      if (move.kind === 'start' || taken.length > 0) next = space.settled(this.configuration, this.values);
      else if (from !== undefined) next = this.usedUp(from);
    }
    return { move, choices, next, taken, voided, refused, possible, endless };
  }

  /** An answer or a deadline that moves nothing is used up all the same. */
  private usedUp(from: Situation): Situation | null {
    const used = this.space.usedUpBy(this.move);
    if (used === undefined) return null;
    const values = from.values.slice();
    values[used] = 1;
    return this.space.settled(from.configuration, values);
  }

  private voidSome(): void {
    const held = new Map<string, readonly string[]>();
    for (const set of this.move.voids) {
      const names = [...set].filter((fact) => this.values[this.space.factSlot(fact)] === 1);
      held.set(names.join(' '), names);
    }
    if (held.size < 2) return;
    this.voided = [...held.values()][this.oracle.ask(voidQuestion, 'void', held.size)] as readonly string[];
    for (const fact of this.voided) this.values[this.space.factSlot(fact)] = 0;
  }

  /** XState's `transitionNode`: inner states are asked first; parallel ones hand over to all of theirs. */
  private select(type: string): readonly Edge[] {
    const hearing = this.space.hearing(this.configuration, type);
    if (hearing.length === 0) return [];
    const chosen: Edge[] = [];
    for (const each of hearing) this.choose(each, chosen);
    return chosen;
  }

  private choose(hearing: Hearing, chosen: Edge[]): void {
    const before = chosen.length;
    for (const inner of hearing.inner) this.choose(inner, chosen);
    if (chosen.length > before) return;
    const own = this.first(hearing.edges);
    if (own !== null) chosen.push(own);
  }

  private first(edges: readonly Edge[]): Edge | null {
    for (const edge of edges) {
      const holds = this.holds(this.space.guardOf(edge));
      this.space.watch?.(edge, holds);
      if (holds) return edge;
    }
    return null;
  }

  private eventless(): readonly Edge[] {
    let enabled: Edge[] | null = null;
    for (const chain of this.space.eventlessOf(this.configuration))
      for (const edges of chain) {
        const edge = this.first(edges);
        if (edge === null) continue;
        enabled ??= [];
        if (!enabled.includes(edge)) enabled.push(edge);
        break;
      }
    return enabled ?? [];
  }

  private settle(raised: string[], done: boolean): void {
    let over = done;
    for (let count = 0; !over; count++) {
      if (this.refused) return;
      if (count >= maxMoves) {
        this.endless = true;
        return;
      }
      let enabled = this.eventless();
      if (enabled.length === 0) {
        const event = raised.shift();
        if (event === undefined) return;
        enabled = this.select(event);
      }
      over = this.micro(enabled, raised);
    }
  }

  /** @returns whether the whole chart is at its end */
  private micro(enabled: readonly Edge[], raised: string[]): boolean {
    if (enabled.length === 0) return false;
    const { configurations } = this.space;
    const edges = configurations.unconflicted(this.configuration, enabled, this.history);
    const effect = configurations.take(this.configuration, edges, this.history);
    for (const [state, left] of effect.left) this.values[this.space.historySlot(state)] = left.id + 1;
    for (const edge of edges) {
      this.taken.push(edge);
      if (edge.refuses) this.refused = true;
      this.apply(edge.words);
    }
    this.enter(effect);
    raised.push(...effect.raised);
    return effect.done && !this.space.partial;
  }

  private enter(effect: Effect): void {
    this.configuration = effect.next;
    for (const index of effect.entered) {
      if (effect.returned.has(index)) continue;
      for (const slot of this.space.resetsAt(index)) this.values[slot] = 0;
      const { state } = this.space.nodes.all[index] as Node;
      if (state !== null) this.apply(state.enter);
    }
  }

  private apply(words: Words): void {
    const written = this.space.written(words);
    if (!written.changes) return;
    for (const slot of written.prove) this.values[slot] = 1;
    for (const slot of written.void) this.values[slot] = 0;
    for (const slot of written.sizes) this.raise(slot);
    this.epoch += 1;
  }

  private raise(slot: Slot): void {
    if (slot.open) return;
    if (slot.daily) this.newDay(slot.index);
    const most = slot.classes.at(-1) as number;
    this.values[slot.index] = Math.min((this.values[slot.index] as number) + 1, most);
  }

  /** A counter of a day may have begun anew since the last step. */
  private newDay(index: number): void {
    if (this.values[index] === 0 || this.oracle.known(dayQuestion) !== undefined) return;
    if (this.oracle.ask(dayQuestion, 'new day', 2) === 0) return;
    for (const slot of this.space.slots) if (slot.daily && !slot.open) this.values[slot.index] = 0;
  }

  private holds(condition: Bound): boolean {
    for (;;) {
      const truth = this.truth(condition);
      if (truth !== 'unknown') return truth;
      this.decide(condition);
    }
  }

  private truth(condition: Bound): boolean | 'unknown' {
    switch (condition.kind) {
      case 'constant':
        return condition.value;
      case 'fact':
        return this.values[condition.slot] === 1;
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
    const value = slot.open ? this.opened(slot) : (this.values[slot.index] as number);
    if (value === 'unknown' || value === 0 || !slot.daily || (slot.open && this.epoch > 0)) return value;
    const day = this.oracle.known(dayQuestion);
    return day === undefined ? 'unknown' : day === 1 && slot.open ? 0 : value;
  }

  private opened(slot: Slot): number | 'unknown' {
    const option = this.oracle.known((firstSize + slot.index) * epochs + this.epoch);
    return option === undefined ? 'unknown' : (slot.classes[option] as number);
  }

  private freely(question: Question): boolean | 'unknown' {
    const known = this.oracle.known(this.keyOf(question));
    if (known !== undefined) return known === 1;
    let denied = 0;
    for (const other of question.others) {
      const answer = this.oracle.known(this.keyOf(other));
      if (answer === 1) return false;
      if (answer === 0) denied += 1;
    }
    return question.closed && denied === question.others.length - 1 ? true : 'unknown';
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
      const key = (firstSize + slot.index) * epochs + this.epoch;
      this.oracle.ask(key, `${slot.kind} ${slot.name}`, slot.classes.length, true);
    } else if (slot.open) this.oracle.ask(dayQuestion, 'new day', 2);
    else this.newDay(slot.index);
  }
}

/** Who hears an event in a configuration: inner ones first. */
export interface Hearing {
  readonly edges: readonly Edge[];
  readonly inner: readonly Hearing[];
}
