import { outcomeEvent, timerEvent, timerId } from '../compile/names.ts';
import type { Words } from '../model/composed.ts';
import { configurationOf } from '../run/configuration.ts';
import { hear } from '../run/offers.ts';
import { Binder, type Bound } from './bound.ts';
import { type Condition, conditionOf, type Known } from './condition.ts';
import { type Configuration, Configurations } from './configurations.ts';
import { type Edge, type Node, type Nodes, nodesOf, type Searched } from './nodes.ts';
import { type Choice, Oracle } from './oracle.ts';
import { type Hearing, Run } from './run.ts';
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
  /** False: the answer or deadline was used up before, it cannot come again. */
  readonly possible: boolean;
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
  /** Told of every condition of the chart that is worked out, and what came of it. */
  readonly watch?: (edge: Edge, holds: boolean) => void;
}

const stay: Move = { kind: 'start', name: '', type: '', voids: [] };

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
  /** Not all regions take part: the whole chart is never at its end here. */
  readonly partial: boolean;
  readonly watch: SpaceOptions['watch'];
  private readonly lives: readonly Uint8Array[];
  private readonly slotOf = new Map<string, Slot>();
  private readonly spent = new Map<string, number>();
  private readonly owners = new Map<number, number>();
  private readonly resets = new Map<number, readonly number[]>();
  private readonly movesOf = new Map<number, readonly Move[]>();
  private readonly masks = new Map<number, Uint8Array>();
  private readonly binder: Binder;
  private readonly guards: readonly Bound[];
  private readonly histories: readonly number[];
  private readonly facts = new Map<string, number>();
  private readonly chains = new Map<number, readonly (readonly (readonly Edge[])[])[]>();
  private readonly hearings = new Map<string, readonly Hearing[]>();
  private readonly voided = new Map<string, Move['voids']>();
  private readonly words = new Map<Words, Written>();

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
    this.lives = livesOf(searched, this.nodes, this.slots, asked);
    for (const slot of this.slots) {
      this.slotOf.set(`${slot.kind} ${slot.name}`, slot);
      if (slot.kind !== 'spent') continue;
      this.spent.set(slot.name, slot.index);
      this.owners.set(slot.index, this.ownerOf(slot));
    }
    for (const slot of this.slots) if (slot.kind === 'fact') this.facts.set(slot.name, slot.index);
    this.histories = this.nodes.all.map((node) => this.slot('history', node.address)?.index ?? -1);
    this.binder = new Binder(
      (kind, name) => this.slot(kind, name),
      (address) => this.nodes.of.get(address)?.index,
      (path) => this.valuesOf(path),
    );
    this.guards = this.nodes.edges.map((edge) => this.binder.bind(edge.guard));
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

  /** What is known of a condition in a state; `unknown` where it hangs on something that the search leaves out. */
  truth(situation: Situation, condition: Condition): boolean | 'unknown' {
    return new Run(this, new Oracle(), stay).ask(situation, this.binder.bind(condition));
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
      moves.push({ kind: 'event', name: event, type: event, voids: this.voidsOf(forms, facts) });
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

  private voidsOf(forms: readonly string[], facts: ReadonlySet<string>): Move['voids'] {
    const key = forms.join(' ');
    let found = this.voided.get(key);
    if (found === undefined) {
      found = voidSets(this.searched.declared.facts, forms, facts);
      this.voided.set(key, found);
    }
    return found;
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
        changes: [words.prove, words.void, words.count, words.record, words.sign].some((list) => list.length > 0),
      };
      this.words.set(words, found);
    }
    return found;
  }

  guardOf(edge: Edge): Bound {
    return this.guards[edge.id] as Bound;
  }

  factSlot(fact: string): number {
    return this.facts.get(fact) ?? -1;
  }

  /** The slot of a state with a way back. */
  historySlot(state: number): number {
    return this.histories[state] as number;
  }

  /** Who hears this event, by the order of XState; states that do not hear it are left out. */
  hearing(configuration: Configuration, type: string): readonly Hearing[] {
    const key = `${configuration.id} ${type}`;
    let found = this.hearings.get(key);
    if (found === undefined) {
      found = this.hearingAt(configuration, type, 0);
      this.hearings.set(key, found);
    }
    return found;
  }

  private hearingAt(configuration: Configuration, type: string, index: number): readonly Hearing[] {
    const node = this.nodes.all[index] as Node;
    const inner = node.children.flatMap((child) =>
      configuration.active[child] === 1 ? this.hearingAt(configuration, type, child) : [],
    );
    const edges = node.on.get(type);
    return edges === undefined ? inner : [{ edges, inner }];
  }

  /** For each leaf, the lists of `when` that are asked, innermost first. */
  eventlessOf(configuration: Configuration): readonly (readonly (readonly Edge[])[])[] {
    let found = this.chains.get(configuration.id);
    if (found === undefined) {
      found = configuration.leaves
        .map((leaf) =>
          [leaf, ...this.configurations.around(leaf)].flatMap((index) => {
            const { always } = this.nodes.all[index] as Node;
            return always.length === 0 ? [] : [always];
          }),
        )
        .filter((chain) => chain.length > 0);
      this.chains.set(configuration.id, found);
    }
    return found;
  }

  /** How many values a field has that is always there once its form is. */
  private valuesOf(path: string): number | null {
    const [form = '', field = '', more] = path.split('.');
    const schema = this.searched.forms[form];
    const known = schema?.properties[field];
    if (schema === undefined || known === undefined || more !== undefined) return null;
    const required = Array.isArray(schema.required) && schema.required.includes(field);
    return required && Array.isArray(known.enum) && known['x-visible'] === undefined ? known.enum.length : null;
  }
}

interface Written {
  readonly prove: readonly number[];
  readonly void: readonly number[];
  readonly sizes: readonly Slot[];
  readonly changes: boolean;
}

/** What is known of a definition before it is searched. */
export function knownOf(searched: Searched): Known {
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
