import { outcomeEvent, timerEvent, timerId } from '../compile/names.ts';
import type { Words } from '../model/composed.ts';
import { configurationOf } from '../run/configuration.ts';
import { hear } from '../run/offers.ts';
import { type Condition, conditionOf, type Free, type Known, passes } from './condition.ts';
import { type Configuration, Configurations, type Effect, type History } from './configurations.ts';
import { type Edge, type Node, type Nodes, nodesOf, type Searched } from './nodes.ts';
import { type Choice, Oracle } from './oracle.ts';
import { type Asked, livesOf, type Slot, slotsOf } from './slots.ts';
import { voidSets } from './voids.ts';

/** Something that may happen to a case in a configuration. */
export interface Move {
  readonly kind: 'start' | 'event' | 'outside' | 'outcome' | 'timer';
  /** Event, `address:OUTCOME`, or id of the timer. */
  readonly name: string;
  /** XState's event type. */
  readonly type: string;
  /** Sets of facts that the forms it saves may void. */
  readonly voids: readonly ReadonlySet<string>[];
}

/** A searched state: where the case is, and the variables that can still make a difference. */
export interface Situation {
  readonly configuration: Configuration;
  readonly values: readonly number[];
}

/** What came of a move under one set of answers. */
export interface Outcome {
  readonly move: Move;
  readonly choices: readonly Choice[];
  /** Null when it was refused or moved nothing. */
  readonly next: Situation | null;
  /** Branches taken, in order. */
  readonly taken: readonly Edge[];
  readonly voided: readonly string[];
  readonly refused: boolean;
  /** It went round and round. */
  readonly endless: boolean;
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
}

const maxMoves = 200;

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
  readonly configurations: Configurations;
  private readonly lives: readonly Uint8Array[];
  private readonly slotOf = new Map<string, Slot>();
  private readonly spent = new Map<string, number>();
  private readonly owners = new Map<number, number>();
  private readonly resets = new Map<number, readonly number[]>();
  private readonly movesOf = new Map<number, readonly Move[]>();
  private readonly masks = new Map<number, Uint8Array>();
  private readonly literals = new Map<string, string[]>();
  private readonly words = new Map<Words, Written>();

  constructor(searched: Searched, options: SpaceOptions = {}) {
    this.searched = searched;
    this.known = knownOf(searched);
    this.nodes = nodesOf(searched, this.known, options.regions ?? null);
    this.configurations = new Configurations(this.nodes);
    const more = (options.asked ?? []).map(({ text, at }): Asked => {
      return { condition: conditionOf(text, this.known), at: at === null ? -1 : (this.nodes.of.get(at)?.index ?? -1) };
    });
    const asked = [...this.nodes.asked, ...more];
    this.slots = slotsOf(searched, this.nodes, asked, this.configurations.kept, options.follow ?? 'all');
    this.lives = livesOf(searched, this.nodes, this.slots, asked);
    for (const slot of this.slots) {
      this.slotOf.set(`${slot.kind} ${slot.name}`, slot);
      if (slot.kind !== 'spent') continue;
      this.spent.set(slot.name, slot.index);
      this.owners.set(slot.index, this.ownerOf(slot));
    }
    for (const node of this.nodes.all) {
      const found = this.slots.filter((slot) => this.startsAnew(slot, node)).map((slot) => slot.index);
      if (found.length > 0) this.resets.set(node.index, found);
    }
  }

  slot(kind: Slot['kind'], name: string): Slot | undefined {
    return this.slotOf.get(`${kind} ${name}`);
  }

  /** The first states of a case: one for each way in which what is not known may be. */
  start(): readonly Outcome[] {
    const move: Move = { kind: 'start', name: '', type: 'xstate.init', voids: [] };
    return this.runs(move, (run) => run.begin());
  }

  /** What comes of a move in a state, for each way in which what is not known may be. */
  outcomes(from: Situation, move: Move): readonly Outcome[] {
    return this.runs(move, (run) => run.handle(from), from);
  }

  private runs(move: Move, make: (run: Run) => void, from?: Situation): readonly Outcome[] {
    const oracle = new Oracle();
    const found: Outcome[] = [];
    do {
      const run = new Run(this, oracle, move);
      make(run);
      found.push(run.outcome(from));
    } while (oracle.next());
    return found;
  }

  /** Everything that may happen in a configuration, in document order of the leaves that hear it. */
  moves(configuration: Configuration): readonly Move[] {
    let found = this.movesOf.get(configuration.id);
    if (found === undefined) {
      found = this.findMoves(configuration);
      this.movesOf.set(configuration.id, found);
    }
    return found;
  }

  /** Active states of the chart, each once, innermost first within each chain. */
  states(configuration: Configuration): readonly Node[] {
    const seen = new Set<number>();
    const found: Node[] = [];
    for (const leaf of configuration.leaves)
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

  private findMoves(configuration: Configuration): readonly Move[] {
    const { declared, connectors } = this.searched;
    const states = this.states(configuration).flatMap((node) => (node.state === null ? [] : [node.state]));
    const moves: Move[] = [];
    const events = new Set(states.flatMap((state) => Object.keys(state.on)));
    const facts = new Set(this.slots.flatMap((slot) => (slot.kind === 'fact' ? [slot.name] : [])));
    const leaves = configurationOf(this.addresses(configuration));
    for (const event of events) {
      const known = declared.events[event];
      if (known === undefined) continue;
      if (known.by === undefined) {
        moves.push({ kind: 'outside', name: event, type: event, voids: [] });
        continue;
      }
      const heard = hear(this.searched, leaves, event, known);
      const forms = heard?.saves === 'complete' ? (heard.task?.task.forms ?? []) : [];
      moves.push({ kind: 'event', name: event, type: event, voids: voidSets(declared.facts, forms, facts) });
    }
    for (const [event, known] of Object.entries(declared.events)) {
      // Whoever sends it sends it everywhere; where nobody hears it, that is something to be told.
      if (known.heard !== 'always' || events.has(event) || !this.hears(event)) continue;
      moves.push({ kind: 'outside', name: event, type: event, voids: [] });
    }
    for (const state of states) {
      if (state.call !== null) {
        const operation = connectors[state.call.connector]?.operations[state.call.operation];
        for (const outcome of new Set([...Object.keys(operation?.outcomes ?? state.outcomes), 'UNAVAILABLE'])) {
          const type = outcomeEvent(state.address, outcome);
          moves.push({ kind: 'outcome', name: `${state.address}:${outcome}`, type, voids: [] });
        }
      }
      for (const deadline of state.after) {
        const id = timerId(state.address, 'after', deadline.key);
        moves.push({ kind: 'timer', name: id, type: timerEvent(id), voids: [] });
      }
    }
    return moves;
  }

  private hears(event: string): boolean {
    return this.nodes.all.some((node) => node.on.has(event));
  }

  /** Variables that nothing can ask for any more are 0, so that the same future is the same state. */
  settled(configuration: Configuration, values: number[]): Situation {
    const mask = this.maskOf(configuration);
    for (let index = 0; index < values.length; index++) if (mask[index] === 0) values[index] = 0;
    // What was used up in a state counts while the case is there, or may come back to where it was.
    for (const [index, owner] of this.owners)
      if (values[index] === 1 && configuration.active[owner] !== 1 && !this.keeps(values, owner)) values[index] = 0;
    return { configuration, values };
  }

  private keeps(values: readonly number[], owner: number): boolean {
    return this.slots.some((slot) => {
      const value = slot.kind === 'history' ? (values[slot.index] as number) : 0;
      return value > 0 && this.configurations.all[value - 1]?.active[owner] === 1;
    });
  }

  private maskOf(configuration: Configuration): Uint8Array {
    let mask = this.masks.get(configuration.id);
    if (mask !== undefined) return mask;
    mask = new Uint8Array(this.slots.length);
    for (const slot of this.slots) {
      const live = this.lives[slot.index] as Uint8Array;
      if (slot.kind === 'history') {
        // While the state is active it will be written anew before anybody returns to it.
        const owner = this.nodes.of.get(slot.name)?.index ?? 0;
        const inside = configuration.active[owner] === 1;
        const returnsInside = this.nodes.edges.some(
          (edge) =>
            edge.back === owner && (edge.source === owner || this.configurations.around(edge.source).includes(owner)),
        );
        if (inside && !returnsInside) continue;
      }
      mask[slot.index] = slot.kind === 'spent' || configuration.leaves.some((leaf) => live[leaf] === 1) ? 1 : 0;
    }
    this.masks.set(configuration.id, mask);
    return mask;
  }

  /** The node whose answer or deadline a `spent` slot is about. */
  private ownerOf(slot: Slot): number {
    const found = this.nodes.all.find(({ state }) => {
      if (state === null) return false;
      if (slot.name === `call.${state.address}`) return true;
      return state.after.some((each) => timerEvent(timerId(state.address, 'after', each.key)) === slot.name);
    });
    return found?.index ?? 0;
  }

  private startsAnew(slot: Slot, node: Node): boolean {
    if (slot.kind === 'counter') return this.searched.declared.counters[slot.name]?.reset === node.address;
    return slot.kind === 'spent' && this.owners.get(slot.index) === node.index;
  }

  resetsAt(node: number): readonly number[] {
    return this.resets.get(node) ?? [];
  }

  /** The slot of the answer or deadline that this move uses up, if it can be used up at all. */
  usedUpBy(move: Move): number | undefined {
    if (move.kind === 'timer') return this.spent.get(move.type);
    if (move.kind !== 'outcome') return undefined;
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
        count: indices('counter', words.count),
        record: indices('record', words.record),
        changes: [words.prove, words.void, words.count, words.record, words.sign].some((list) => list.length > 0),
      };
      this.words.set(words, found);
    }
    return found;
  }

  /** Other literals that the path of this term is compared with somewhere. */
  literalsOf(atom: Free): readonly string[] {
    const path = atom.equals?.path;
    if (path === undefined) return [];
    const known = this.literals.get(path) ?? [];
    const { literal } = atom.equals as { literal: string };
    if (!known.includes(literal)) this.literals.set(path, [...known, literal]);
    return known;
  }
}

interface Written {
  readonly prove: readonly number[];
  readonly void: readonly number[];
  readonly count: readonly number[];
  readonly record: readonly number[];
  readonly changes: boolean;
}

/** One run of one step under the oracle's answers. */
class Run {
  private readonly space: Space;
  private readonly oracle: Oracle;
  private readonly move: Move;
  private configuration: Configuration;
  private values: number[] = [];
  /** Rises with every word that changes something: what free terms say of records and people may change with it. */
  private epoch = 0;
  private readonly taken: Edge[] = [];
  private voided: readonly string[] = [];
  private endless = false;
  private readonly history: History = (state) => {
    const slot = this.space.slot('history', this.space.nodes.all[state]?.address ?? '');
    const value = slot === undefined ? 0 : (this.values[slot.index] as number);
    return value === 0 ? undefined : this.space.configurations.all[value - 1];
  };

  constructor(space: Space, oracle: Oracle, move: Move) {
    this.space = space;
    this.oracle = oracle;
    this.move = move;
    this.configuration = space.configurations.of([]);
  }

  begin(): void {
    this.values = this.space.slots.map(() => 0);
    const effect = this.space.configurations.begin();
    this.enter(effect);
    this.settle([...effect.raised], effect.done);
  }

  handle(from: Situation): void {
    this.configuration = from.configuration;
    this.values = [...from.values];
    const used = this.space.usedUpBy(this.move);
    if (used !== undefined) {
      if (this.values[used] === 1) return;
      this.values[used] = 1;
    }
    this.voidSome();
    const enabled = this.select(this.move.type);
    const raised: string[] = [];
    const done = this.micro(enabled, raised);
    this.settle(raised, done);
  }

  outcome(from: Situation | undefined): Outcome {
    const { space, move, taken, endless } = this;
    const refused = taken.some((edge) => edge.refuses);
    const choices = this.oracle.choices.map((choice) => ({ ...choice }));
    const moved = move.kind === 'start' || taken.length > 0;
    let next: Situation | null = null;
    if (!refused && !endless && moved) next = space.settled(this.configuration, this.values);
    // An answer or a deadline that moves nothing is used up all the same.
    else if (!refused && !endless && from !== undefined && space.usedUpBy(move) !== undefined) {
      const values = [...from.values];
      values[space.usedUpBy(move) as number] = 1;
      if (values.some((value, index) => value !== from.values[index])) next = space.settled(from.configuration, values);
    }
    return { move, choices, next, taken, voided: this.voided, refused, endless };
  }

  private voidSome(): void {
    if (this.move.voids.length < 2) return;
    const held = new Map<string, readonly string[]>();
    for (const set of this.move.voids) {
      const names = [...set].filter((fact) => this.values[this.space.slot('fact', fact)?.index ?? -1] === 1);
      held.set(names.join(' '), names);
    }
    const ways = [...held.values()];
    if (ways.length < 2) return;
    this.voided = ways[this.oracle.ask('void', ways.length)] as readonly string[];
    for (const fact of this.voided) this.values[this.space.slot('fact', fact)?.index as number] = 0;
  }

  /** XState's `transitionNode`: inner states are asked first; parallel ones hand over to all of theirs. */
  private select(type: string, index = 0): readonly Edge[] {
    const node = this.space.nodes.all[index] as Node;
    const inner: Edge[] = [];
    for (const child of node.children)
      if (this.configuration.active[child] === 1) inner.push(...this.select(type, child));
    if (inner.length > 0) return inner;
    const own = this.first(node.on.get(type));
    return own === null ? [] : [own];
  }

  private first(edges: readonly Edge[] | undefined): Edge | null {
    for (const edge of edges ?? []) if (this.holds(edge.guard)) return edge;
    return null;
  }

  private eventless(): readonly Edge[] {
    const enabled = new Set<Edge>();
    for (const leaf of this.configuration.leaves)
      for (const index of [leaf, ...this.space.configurations.around(leaf)]) {
        const edge = this.first((this.space.nodes.all[index] as Node).always);
        if (edge === null) continue;
        enabled.add(edge);
        break;
      }
    return this.space.configurations.unconflicted(this.configuration, [...enabled], this.history);
  }

  private settle(raised: string[], done: boolean): void {
    let over = done;
    for (let count = 0; !over; count++) {
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
      if (this.taken.some((edge) => edge.refuses)) return;
    }
  }

  private micro(enabled: readonly Edge[], raised: string[]): boolean {
    if (enabled.length === 0) return false;
    const { configurations } = this.space;
    const edges = configurations.unconflicted(this.configuration, enabled, this.history);
    this.taken.push(...edges);
    const effect = configurations.take(this.configuration, edges, this.history);
    for (const [state, left] of effect.left) {
      const slot = this.space.slot('history', this.space.nodes.all[state]?.address ?? '');
      if (slot !== undefined) this.values[slot.index] = left.id + 1;
    }
    for (const edge of edges) this.apply(edge.words);
    this.enter(effect);
    raised.push(...effect.raised);
    return effect.done;
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
    for (const slot of written.prove) this.values[slot] = 1;
    for (const slot of written.void) this.values[slot] = 0;
    for (const slot of written.count) this.raise(slot);
    for (const slot of written.record) this.raise(slot);
    if (written.changes) this.epoch += 1;
  }

  private raise(index: number): void {
    const slot = this.space.slots[index] as Slot;
    if (slot.open) return;
    if (slot.daily) this.newDay(index);
    const most = slot.classes.at(-1) as number;
    this.values[index] = Math.min((this.values[index] as number) + 1, most);
  }

  /** A counter of a day may have begun anew since the last step. */
  private newDay(index: number): void {
    if (this.values[index] === 0 || this.oracle.ask('new day', 2) === 0) return;
    for (const slot of this.space.slots) if (slot.daily && !slot.open) this.values[slot.index] = 0;
  }

  private holds(condition: Condition): boolean {
    for (;;) {
      const truth = this.truth(condition);
      if (truth !== 'unknown') return truth;
      this.decide(condition);
    }
  }

  private truth(condition: Condition): boolean | 'unknown' {
    switch (condition.kind) {
      case 'constant':
        return condition.value;
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
      case 'fact': {
        const slot = this.space.slot('fact', condition.fact);
        return slot !== undefined && this.values[slot.index] === 1;
      }
      case 'at': {
        const node = this.space.nodes.of.get(condition.address);
        return node !== undefined && this.configuration.active[node.index] === 1;
      }
      case 'size': {
        const value = this.size(this.space.slot(condition.of, condition.name));
        return value === 'unknown' ? value : passes(condition.test, value);
      }
      case 'entry': {
        const size = this.size(this.space.slot('record', condition.record));
        if (size === 'unknown' || size === 0) return size === 0 ? false : size;
        return condition.always ? true : this.truth(condition.free);
      }
      case 'free':
        return this.freely(condition);
    }
  }

  private size(slot: Slot | undefined): number | 'unknown' {
    if (slot === undefined) return 0;
    const value = slot.open ? this.opened(slot) : (this.values[slot.index] as number);
    if (value === 'unknown' || value === 0 || !slot.daily || (slot.open && this.epoch > 0)) return value;
    const day = this.oracle.known('new day');
    return day === undefined ? 'unknown' : day === 1 && slot.open ? 0 : value;
  }

  private opened(slot: Slot): number | 'unknown' {
    const option = this.oracle.known(`${slot.kind} ${slot.name} ${this.epoch}`);
    return option === undefined ? 'unknown' : (slot.classes[option] as number);
  }

  private freely(atom: Free): boolean | 'unknown' {
    const known = this.oracle.known(this.keyOf(atom));
    if (known !== undefined) return known === 1;
    if (atom.equals === null) return 'unknown';
    // The path has another value already.
    const other = this.space.literalsOf(atom).some((literal) => {
      const key = this.keyOf({ ...atom, text: `${atom.equals?.path} == ${literal}` });
      return literal !== atom.equals?.literal && this.oracle.known(key) === 1;
    });
    return other ? false : 'unknown';
  }

  private keyOf(atom: Free): string {
    return atom.changing ? `${atom.text} @${this.epoch}` : atom.text;
  }

  /** Asks for the first thing that the condition's truth hangs on. */
  private decide(condition: Condition): void {
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
        this.askSize(this.space.slot(condition.of, condition.name));
        return;
      case 'entry': {
        const slot = this.space.slot('record', condition.record);
        if (this.size(slot) === 'unknown') this.askSize(slot);
        else this.decide(condition.free);
        return;
      }
      case 'free':
        this.oracle.ask(this.keyOf(condition), 2);
        return;
      default:
    }
  }

  private askSize(slot: Slot | undefined): void {
    if (slot === undefined) return;
    if (slot.open && this.opened(slot) === 'unknown') {
      this.oracle.ask(`${slot.kind} ${slot.name} ${this.epoch}`, slot.classes.length, true);
      return;
    }
    if (slot.open) this.oracle.ask('new day', 2);
    else this.newDay(slot.index);
  }
}

function knownOf(searched: Searched): Known {
  const { declared, forms, connectors, settings } = searched;
  return {
    settings,
    facts: new Set(Object.keys(declared.facts)),
    counters: new Set(Object.keys(declared.counters)),
    records: new Set(Object.keys(declared.records)),
    required: (record, field) => {
      const { form, of } = declared.records[record] ?? {};
      const [connector = '', operation = '', outcome = ''] = (of ?? '').split('.');
      const known = connectors[connector];
      const data = known?.operations[operation]?.outcomes[outcome]?.data ?? known?.events[operation]?.data;
      const required = (form === undefined ? data : forms[form])?.required;
      return Array.isArray(required) && required.includes(field);
    },
  };
}
