import type { Words } from '../model/composed.ts';
import { Asking } from './asking.ts';
import { Binder, type Bound } from './bound.ts';
import { type Condition, conditionOf, type Known } from './condition.ts';
import { type Configuration, Configurations } from './configurations.ts';
import { type Course, CourseBook, type Courses } from './courses.ts';
import { Forgetting } from './forgetting.ts';
import { Hearings } from './hearing.ts';
import { knownOf } from './known.ts';
import { Ledger, Reads } from './ledger.ts';
import { type Move, Moves } from './moves.ts';
import { type Edge, type Node, type Nodes, nodesOf, type Searched } from './nodes.ts';
import { Oracle } from './oracle.ts';
import { type Change, Packing } from './packing.ts';
import { domainOf } from './ranges.ts';
import { Run } from './run.ts';
import { type Asked, livesOf, type Slot, slotsOf } from './slots.ts';

/** A searched state: where the case is, and the variables that can still make a difference. */
export interface Situation {
  readonly configuration: Configuration;
  readonly values: readonly number[];
}

/** What came of a move in a state under one set of answers. */
export interface Outcome extends Course {
  /** Null when it was refused or moved nothing. */
  readonly next: Situation | null;
}

export interface SpaceOptions {
  /** Children of a parallel root that take part; default: all. */
  readonly regions?: ReadonlySet<string>;
  /**
   * Counters (`counter x`) and sizes of records (`record x`) that are followed up to the numbers they are compared
   * with. The others may have any value each time: more is possible than really is. Default: all are followed.
   */
  readonly follow?: ReadonlySet<string> | 'all';
  /** Further conditions whose variables have to be kept, with the address where they are asked (null: everywhere). */
  readonly asked?: readonly { readonly text: string; readonly at: string | null }[];
  /** Told of every condition of the chart that is worked out, and what came of it. */
  readonly watch?: (edge: Edge, holds: boolean) => void;
}

/**
 * The searched states of a definition and the steps between them, under the rules of XState and of `engine/run`: the
 * same order within one step (commit, void, conditions, transition, words), `when` and `done` until nothing moves,
 * followers, history. Forms, people, texts, times are left out: conditions about them are free. [PRV-1] [PRV-2]
 */
export class Space {
  readonly searched: Searched;
  readonly known: Known;
  readonly nodes: Nodes;
  readonly slots: readonly Slot[];
  readonly packing: Packing;
  readonly configurations: Configurations;
  /** Not all regions take part: the whole chart is never at its end here. */
  readonly partial: boolean;
  readonly watch: SpaceOptions['watch'];
  private readonly slotOf = new Map<string, Slot>();
  private readonly spent = new Map<string, number>();
  private readonly resets = new Map<number, readonly number[]>();
  private readonly binder: Binder;
  private readonly guards: readonly Bound[];
  private readonly historySlots: readonly number[];
  private readonly facts = new Map<string, number>();
  private readonly pairs = new Map<string, { readonly slot: number; readonly other: string }[]>();
  private readonly words = new Map<Words, Written>();
  private readonly book = new CourseBook();
  private readonly run: Run;
  /** Asks conditions in a state where nobody answers what is not known. */
  private readonly judge: Asking;
  private readonly judged: Ledger;
  private readonly moving: Moves;
  private readonly forgetting: Forgetting;
  private readonly active = new Map<Configuration, readonly Node[]>();
  readonly hearings: Hearings;

  constructor(searched: Searched, options: SpaceOptions = {}) {
    this.searched = searched;
    this.watch = options.watch;
    this.known = knownOf(searched);
    this.nodes = nodesOf(searched, this.known, options.regions ?? null);
    this.configurations = new Configurations(this.nodes);
    const root = searched.chart.states[''];
    this.partial = root?.kind === 'parallel' && (this.nodes.all[0]?.children.length ?? 0) < root.children.length;
    const more = (options.asked ?? []).map(({ text, at }): Asked => {
      return { condition: conditionOf(text, this.known), at: at === null ? -1 : (this.nodes.of.get(at)?.index ?? -1) };
    });
    const asked = [...this.nodes.asked, ...more];
    this.slots = slotsOf(searched, this.nodes, asked, this.configurations.kept, options.follow ?? 'all');
    this.packing = new Packing(this.slots);
    this.forgetting = new Forgetting(this, livesOf(searched, this.nodes, this.slots, asked));
    for (const slot of this.slots) {
      this.slotOf.set(`${slot.kind} ${slot.name}`, slot);
      if (slot.kind === 'spent') this.spent.set(slot.name, slot.index);
      if (slot.kind === 'fact') this.facts.set(slot.name, slot.index);
      if (slot.kind === 'same') this.pair(slot);
    }
    this.historySlots = this.nodes.all.map((node) => this.slot('history', node.address)?.index ?? -1);
    this.run = new Run(this);
    this.judged = new Ledger(this.slots.length, new Reads(this.slots.length));
    this.judge = new Asking(this, new Oracle(), this.judged);
    this.hearings = new Hearings(this.nodes, this.configurations);
    this.moving = new Moves(this);
    this.binder = new Binder(
      (kind, name) => this.slot(kind, name),
      (address) => this.nodes.of.get(address)?.index,
      (path) => domainOf(searched, path),
    );
    this.guards = this.nodes.edges.map((edge) => this.binder.bind(edge.guard));
    for (const node of this.nodes.all) {
      const found = this.slots.filter((slot) => this.startsAnew(slot, node)).map((slot) => slot.index);
      if (found.length > 0) this.resets.set(node.index, found);
    }
  }

  private pair({ name, index }: Slot): void {
    const [one = '', two = ''] = name.split(' ');
    this.pairs.set(one, [...this.pairsOf(one), { slot: index, other: two }]);
    this.pairs.set(two, [...this.pairsOf(two), { slot: index, other: one }]);
  }

  slot(kind: Slot['kind'], name: string): Slot | undefined {
    return this.slotOf.get(`${kind} ${name}`);
  }

  /** The first states of a case: one for each way in which what is not known may be. */
  start(): readonly Outcome[] {
    const values = this.slots.map(() => 0);
    return this.run.start(values).all.map((course) => this.outcome(values, course));
  }

  /** What comes of a move in a state, for each way in which what is not known may be. */
  outcomes(from: Situation, move: Move): readonly Outcome[] {
    return this.courses(from, move).all.map((course) => this.outcome(from.values, course));
  }

  /** The same without the states that it leads to; `arrive` works one out. */
  courses(from: Situation, move: Move): Courses {
    const known = this.book.find(move, from.values);
    if (known !== undefined) return known;
    const courses = this.run.courses(from.configuration, move, from.values);
    this.book.add(move, from.values, this.run.reads.order, courses);
    return courses;
  }

  /** What a step does to a state's words. */
  changeOf(into: Configuration, writes: readonly number[]): Change {
    return this.packing.changeOf(writes, this.forgetting.bitsIn(into));
  }

  /** The variable makes no difference in this configuration, and its value is not kept. */
  forgets(configuration: Configuration, slot: number): boolean {
    return this.packing.get(this.forgetting.bitsIn(configuration), 0, slot) !== 0;
  }

  /** Of a state's words: what was used up in states that the case has left, and cannot come back to, is 0. */
  forgetLeft(configuration: Configuration, words: Int32Array): void {
    this.forgetting.forgetLeft(configuration, words);
  }

  /** The variables after a course, written into `values`, which holds those before it. */
  arrive(values: number[], { writes, into }: Course): void {
    for (let at = 0; at < writes.length; at += 2) values[writes[at] as number] = writes[at + 1] as number;
    if (into !== null) this.forgetting.settle(into, values);
  }

  private outcome(before: readonly number[], course: Course): Outcome {
    if (course.into === null) return { ...course, next: null };
    const values = before.slice();
    this.arrive(values, course);
    return { ...course, next: { configuration: course.into, values } };
  }

  /** What is known of a condition in a state; `unknown` where it hangs on something that the search leaves out. */
  truth({ configuration, values }: Situation, condition: Condition): boolean | 'unknown' {
    this.judged.begin(values);
    this.judge.begin(configuration);
    return this.judge.truth(this.binder.bind(condition));
  }

  /** Everything that may happen in a configuration, in document order of the leaves that hear it. */
  moves(configuration: Configuration): readonly Move[] {
    return this.moving.in(configuration);
  }

  /** Active states of the chart, each once, innermost first within each chain. */
  states(configuration: Configuration): readonly Node[] {
    let found = this.active.get(configuration);
    if (found === undefined) {
      found = this.statesAround(configuration.leaves);
      this.active.set(configuration, found);
    }
    return found;
  }

  /** These states and those around them, each once, innermost first within each chain. */
  statesAround(leaves: readonly number[]): readonly Node[] {
    const seen = new Set<number>();
    const found: Node[] = [];
    for (const leaf of leaves)
      for (const index of [leaf, ...this.configurations.around(leaf)]) {
        if (seen.has(index)) continue;
        seen.add(index);
        found.push(this.nodes.all[index] as Node);
      }
    return found;
  }

  addresses(configuration: Configuration): readonly string[] {
    return configuration.leaves.map((leaf) => (this.nodes.all[leaf] as Node).address);
  }

  /** A state in which variables that nothing can ask for any more are 0. */
  settled(configuration: Configuration, values: number[]): Situation {
    this.forgetting.settle(configuration, values);
    return { configuration, values };
  }

  private startsAnew(slot: Slot, node: Node): boolean {
    if (slot.kind === 'counter') return this.searched.declared.counters[slot.name]?.reset === node.address;
    return slot.kind === 'spent' && this.forgetting.ownerOf(slot) === node.index;
  }

  resetsAt(node: number): readonly number[] {
    return this.resets.get(node) ?? [];
  }

  /** The slot of the answer or deadline that this move uses up, if it can be used up at all. */
  usedUpBy(move: Move): number | undefined {
    if (this.spent.size === 0 || (move.kind !== 'timer' && move.kind !== 'outcome')) return undefined;
    if (move.kind === 'timer') return this.spent.get(move.type);
    return this.spent.get(`call.${move.name.slice(0, move.name.lastIndexOf(':'))}`);
  }

  written(words: Words): Written {
    let found = this.words.get(words);
    if (found === undefined) {
      const indices = (kind: Slot['kind'], names: readonly string[]) =>
        names.flatMap((name) => this.slot(kind, name)?.index ?? []);
      found = {
        prove: indices('fact', words.prove),
        void: indices('fact', words.void),
        sizes: [
          ...words.count.flatMap((name) => this.slot('counter', name) ?? []),
          ...words.record.flatMap((name) => this.slot('record', name) ?? []),
        ],
        signs: words.sign,
        gaps: words.record.flatMap((name) => this.gapsOf(name)),
        changes: [words.prove, words.void, words.count, words.record, words.sign].some((list) => list.length > 0),
      };
      this.words.set(words, found);
    }
    return found;
  }

  /** Parts of which it is asked whether one person signed as them and as this one. */
  pairsOf(part: string): readonly { readonly slot: number; readonly other: string }[] {
    return this.pairs.get(part) ?? [];
  }

  private gapsOf(record: string): Written['gaps'] {
    return this.slots.flatMap((slot) => {
      if (slot.kind !== 'gap') return [];
      const [more, less] = slot.name.split(' ');
      if (record !== more && record !== less) return [];
      return [{ slot, by: record === more ? (1 as const) : (-1 as const) }];
    });
  }

  guardOf(edge: Edge): Bound {
    return this.guards[edge.id] as Bound;
  }

  factSlot(fact: string): number {
    return this.facts.get(fact) ?? -1;
  }

  /** The slot of a state with a way back. */
  historySlot(state: number): number {
    return this.historySlots[state] as number;
  }

  /** What conditions ask that the search does not know, with the classes of values that answer alike. */
  questions(): readonly { readonly text: string; readonly changing: boolean; readonly values: readonly number[] }[] {
    return this.binder.asked().map(({ text, changing, about }) => {
      return { text, changing, values: about === null ? [] : about.unknown.worked() };
    });
  }
}

interface Written {
  readonly prove: readonly number[];
  readonly void: readonly number[];
  readonly sizes: readonly Slot[];
  readonly signs: readonly string[];
  readonly gaps: readonly { readonly slot: Slot; readonly by: 1 | -1 }[];
  readonly changes: boolean;
}
