import type { Words } from '../model/composed.ts';
import { Asking } from './asking.ts';
import { voidQuestion } from './bound.ts';
import type { Configuration, Effect, History } from './configurations.ts';
import type { Course, Courses } from './courses.ts';
import type { Hearing } from './hearing.ts';
import { Ledger, Reads } from './ledger.ts';
import type { Move } from './moves.ts';
import type { Edge, Node } from './nodes.ts';
import { Oracle } from './oracle.ts';
import { Signing } from './signing.ts';
import { gaps, type Slot } from './slots.ts';
import type { Space } from './space.ts';

/** As in `engine/compile`: a chart that needs more goes in circles. */
const maxMoves = 200;
const noChoices: Course['choices'] = [];
const nobody: readonly string[] = [];
const nothing: readonly number[] = [];

/** The history in the variables of a state. */
class Kept implements History {
  private readonly space: Space;
  private readonly ledger: Ledger;

  constructor(space: Space, ledger: Ledger) {
    this.space = space;
    this.ledger = ledger;
  }

  of(state: number): Configuration | undefined {
    const slot = this.space.historySlot(state);
    const value = slot < 0 ? 0 : this.ledger.get(slot);
    return value === 0 ? undefined : this.space.configurations.all[value - 1];
  }
}

const start: Move = { kind: 'start', name: '', type: 'xstate.init', voids: [], person: { only: null, not: [] } };

/**
 * Runs of a step under all of the oracle's answers: commit and void, conditions, transition, words, and `when` and `done`
 * until nothing moves, in the order of XState's macrostep. One for all steps of a space: a step makes no objects but its
 * courses.
 */
export class Run {
  /** What the runs of the last step looked at. */
  readonly reads: Reads;
  private readonly space: Space;
  private readonly oracle = new Oracle();
  private readonly ledger: Ledger;
  private readonly asking: Asking;
  private readonly history: History;
  private readonly signing: Signing;
  private move = start;
  private configuration: Configuration;
  private taken: Edge[] = [];
  private voided = nobody;
  private refused = false;
  private endless = false;
  private possible = true;

  constructor(space: Space) {
    this.space = space;
    this.reads = new Reads(space.slots.length);
    this.ledger = new Ledger(space.slots.length, this.reads);
    this.configuration = space.configurations.nothing;
    this.asking = new Asking(space, this.oracle, this.ledger);
    this.history = new Kept(space, this.ledger);
    this.signing = new Signing(space, this.oracle, this.ledger);
  }

  /** How a case begins. */
  start(values: readonly number[]): Courses {
    return this.courses(null, start, values);
  }

  /** Every course of a move in a state. @param from null: nothing is active yet */
  courses(from: Configuration | null, move: Move, values: readonly number[]): Courses {
    this.move = move;
    this.oracle.clear();
    this.reads.clear();
    const all: Course[] = [];
    do {
      this.clear(values);
      if (from === null) this.begin();
      else this.handle(from);
      all.push(this.course());
    } while (this.oracle.next());
    return { all, given: all.some(({ choices }) => choices.some((choice) => choice.given)) };
  }

  private clear(values: readonly number[]): void {
    this.ledger.begin(values);
    this.asking.begin(this.space.configurations.nothing);
    this.signing.begin(this.move.person);
    this.taken = [];
    this.voided = nobody;
    this.refused = false;
    this.endless = false;
    this.possible = true;
  }

  private begin(): void {
    const effect = this.space.configurations.begin();
    this.enter(effect);
    this.settle([...effect.raised], effect.done && !this.space.partial);
  }

  private handle(configuration: Configuration): void {
    this.goTo(configuration);
    const used = this.space.usedUpBy(this.move);
    if (used !== undefined) {
      if (this.ledger.get(used) === 1) {
        this.possible = false;
        return;
      }
      this.ledger.set(used, 1);
    }
    if (this.move.voids.length > 1) this.voidSome();
    const raised: string[] = [];
    const done = this.micro(this.select(this.move.type), raised);
    this.settle(raised, done);
  }

  private course(): Course {
    const { move, taken, voided, refused, endless, possible } = this;
    const choices = this.oracle.choices.length === 0 ? noChoices : this.oracle.choices.map((each) => ({ ...each }));
    const { into, writes } = this.end();
    const change = into === null ? null : this.space.changeOf(into, writes);
    return { move, choices, into, writes, change, taken, voided, refused, possible, endless };
  }

  private end(): Pick<Course, 'into' | 'writes'> {
    const nowhere = { into: null, writes: nothing };
    if (this.refused || this.endless || !this.possible) return nowhere;
    if (this.move.kind === 'start' || this.taken.length > 0)
      return { into: this.configuration, writes: this.ledger.writes() };
    // An answer or a deadline that moves nothing is used up all the same.
    const used = this.space.usedUpBy(this.move);
    return used === undefined ? nowhere : { into: this.configuration, writes: [used, 1] };
  }

  private goTo(configuration: Configuration): void {
    this.configuration = configuration;
    this.asking.configuration = configuration;
  }

  private voidSome(): void {
    const held = new Map<string, readonly string[]>();
    for (const set of this.move.voids) {
      const names = [...set].filter((fact) => this.ledger.get(this.space.factSlot(fact)) === 1);
      held.set(names.join(' '), names);
    }
    if (held.size < 2) return;
    this.voided = [...held.values()][this.oracle.ask(voidQuestion, 'void', held.size)] as readonly string[];
    for (const fact of this.voided) this.ledger.set(this.space.factSlot(fact), 0);
  }

  /** XState's `transitionNode`: inner states are asked first; parallel ones hand over to all of theirs. */
  private select(type: string): readonly Edge[] {
    const hearing = this.space.hearings.of(this.configuration, type);
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
      const holds = this.asking.holds(this.space.guardOf(edge));
      this.space.watch?.(edge, holds);
      if (holds) return edge;
    }
    return null;
  }

  private eventless(): readonly Edge[] {
    let enabled: Edge[] | null = null;
    const chains = this.space.hearings.eventless(this.configuration);
    for (let at = 0; at < chains.length; at++) {
      const chain = chains[at] as (typeof chains)[number];
      for (let inner = 0; inner < chain.length; inner++) {
        const edge = this.first(chain[inner] as readonly Edge[]);
        if (edge === null) continue;
        enabled ??= [];
        if (!enabled.includes(edge)) enabled.push(edge);
        break;
      }
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
    for (const [state, left] of effect.left) this.ledger.set(this.space.historySlot(state), left.id + 1);
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
    this.goTo(effect.next);
    for (const index of effect.entered) {
      if (effect.returned.has(index)) continue;
      for (const slot of this.space.resetsAt(index)) this.ledger.set(slot, 0);
      const { state } = this.space.nodes.all[index] as Node;
      if (state !== null) this.apply(state.enter);
    }
  }

  private apply(words: Words): void {
    const written = this.space.written(words);
    if (!written.changes) return;
    for (const slot of written.prove) this.ledger.set(slot, 1);
    for (const slot of written.void) this.ledger.set(slot, 0);
    for (const slot of written.sizes) this.raise(slot);
    for (const { slot, by } of written.gaps) this.widen(slot, by);
    if (written.signs.length > 0 && this.move.person !== null)
      for (const part of written.signs) this.signing.sign(part);
    this.asking.epoch += 1;
  }

  /** Beyond 1 a difference is not counted: what comes back from there may be 1 still, or nothing. */
  private widen(slot: Slot, by: 1 | -1): void {
    const before = gaps[this.ledger.get(slot.index)] as number;
    const stays = before === -by && this.oracle.ask(this.asking.sizeKey(slot), `gap ${slot.name}`, 2) === 1;
    const after = stays ? before : before === by ? by : before + by;
    this.ledger.set(slot.index, gaps.indexOf(after as 0 | 1 | -1));
  }

  private raise(slot: Slot): void {
    if (slot.open) return;
    if (slot.daily) this.asking.newDay(slot.index);
    const most = slot.classes.at(-1) as number;
    this.ledger.set(slot.index, Math.min(this.ledger.get(slot.index) + 1, most));
  }
}
