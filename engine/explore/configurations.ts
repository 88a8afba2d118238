import { Entering } from './entering.ts';
import { Leaves } from './leaves.ts';
import { type Configuration, type History, Leaving, Left } from './leaving.ts';
import { doneEvent, type Edge, type Node, type Nodes } from './nodes.ts';

export type { Configuration, History };

/** What one set of transitions does to a configuration. */
export interface Effect {
  readonly next: Configuration;
  readonly entered: readonly number[];
  /** Entered by a return: their `enter` words are not repeated. */
  readonly returned: ReadonlySet<number>;
  /** State with a way back -> the leaves at which it was left now. */
  readonly left: ReadonlyMap<number, Configuration>;
  /** `done` events that XState raises, in order. */
  readonly raised: readonly string[];
  /** The whole chart is at its end: XState looks at no further `when`. */
  readonly done: boolean;
}

/** One transition that leads to a state. */
interface Moved {
  /** What is below it is left; -1: everything. */
  readonly around: number;
  /** It is left itself. */
  readonly self: boolean;
  readonly entering: readonly number[];
}

const nobody: ReadonlySet<number> = new Set();
const nowhere: ReadonlyMap<number, Configuration> = new Map();
const never: History = { of: () => undefined };

/**
 * XState's microstep over configurations alone: which states are left and entered. Worked out once for each set of
 * transitions in each configuration. It follows the functions of the same names in XState 5
 * (`removeConflictingTransitions`, `computeExitSet`, `computeEntrySet` …) line by line; tests walk both side by side.
 */
export class Configurations {
  readonly all: Configuration[] = [];
  readonly nodes: readonly Node[];
  /** States that some transition returns to. */
  readonly kept: readonly number[];
  private readonly known = new Map<string, Configuration>();
  /** Nothing is active. */
  readonly nothing: Configuration;
  /** By edge, of those that lead to a state. */
  private readonly moves: (Moved | undefined)[] = [];
  /** What those do, by configuration and edge. */
  private readonly single: (Effect | undefined)[][] = [];
  private readonly effects = new Map<string, Effect>();
  private readonly compatible = new Map<string, readonly Edge[]>();
  private readonly entering: Entering;
  private readonly leaving: Leaving;
  private readonly leaves: Leaves;
  private readonly raisedBy: readonly string[];

  constructor(nodes: Nodes) {
    this.nodes = nodes.all;
    this.entering = new Entering(nodes.all);
    this.leaves = new Leaves(nodes.all);
    this.leaving = new Leaving(nodes.all, this.entering);
    this.raisedBy = nodes.all.map((node) => doneEvent(node.address));
    this.nothing = this.of([]);
    this.kept = [...new Set(nodes.edges.flatMap((edge) => (edge.back < 0 ? [] : [edge.back])))];
  }

  /** @param leaves in any order; states around them are active too */
  of(leaves: readonly number[]): Configuration {
    const sorted = isSorted(leaves) ? leaves : [...leaves].sort((a, b) => a - b);
    const key = sorted.join(',');
    let found = this.known.get(key);
    if (found === undefined) {
      const active = new Uint8Array(this.nodes.length);
      for (const leaf of sorted) {
        active[leaf] = 1;
        for (const around of this.entering.around(leaf)) active[around] = 1;
      }
      found = { id: this.all.length, leaves: sorted, active, nodes: placesOf(active) };
      this.all.push(found);
      this.known.set(key, found);
    }
    return found;
  }

  /** States around a node, innermost first. */
  around(node: number): readonly number[] {
    return this.entering.around(node);
  }

  isBelow(node: number, around: number): boolean {
    return this.entering.isBelow(node, around);
  }

  begin(): Effect {
    const entering = new Set<number>([0]);
    this.entering.addBelow(0, entering);
    const entered = [...entering].sort((a, b) => a - b);
    return this.effectOf(this.nothing, new Uint8Array(this.nodes.length), entered, nobody, nowhere);
  }

  /** Transitions that are taken together, after those that another one preempts are left out. */
  unconflicted(configuration: Configuration, enabled: readonly Edge[], history: History): readonly Edge[] {
    if (enabled.length < 2) return enabled;
    const key = keyOf(configuration, enabled, history);
    let found = this.compatible.get(key);
    if (found === undefined) {
      found = this.withoutConflicts(configuration, enabled, history);
      this.compatible.set(key, found);
    }
    return found;
  }

  private withoutConflicts(configuration: Configuration, enabled: readonly Edge[], history: History): readonly Edge[] {
    let chosen: Edge[] = [];
    for (const one of enabled) {
      let preempted = false;
      const removed = new Set<Edge>();
      const mine = this.leaving.exitSet(configuration, one, history);
      for (const other of chosen) {
        const others = this.leaving.exitSet(configuration, other, history);
        if (![...mine].some((node) => others.has(node))) continue;
        if (this.entering.isBelow(one.source, other.source)) removed.add(other);
        else {
          preempted = true;
          break;
        }
      }
      if (!preempted) chosen = [...chosen.filter((each) => !removed.has(each)), one];
    }
    return chosen;
  }

  take(configuration: Configuration, edges: readonly Edge[], history: History): Effect {
    const edge = edges[0] as Edge;
    if (edges.length === 1 && edge.back < 0 && edge.target >= 0) return this.takeOne(configuration, edge);
    const key = keyOf(configuration, edges, history);
    let effect = this.effects.get(key);
    if (effect === undefined) {
      effect = this.work(configuration, edges, history);
      this.effects.set(key, effect);
    }
    return effect;
  }

  /** One transition to a state leaves and enters the same states wherever the others are. */
  private takeOne(configuration: Configuration, edge: Edge): Effect {
    let here = this.single[configuration.id];
    if (here === undefined) {
      here = [];
      this.single[configuration.id] = here;
    }
    let effect = here[edge.id];
    if (effect === undefined) {
      const { around, self, entering } = this.moveOf(edge);
      const rest = configuration.active.slice();
      for (const node of configuration.nodes)
        if (around < 0 || (self && node === around) || this.entering.isBelow(node, around)) rest[node] = 0;
      effect = this.effectOf(configuration, rest, entering, nobody, this.leftIn(configuration, rest));
      here[edge.id] = effect;
    }
    return effect;
  }

  /** What a transition does that leads to a state. */
  private moveOf(edge: Edge): Moved {
    let move = this.moves[edge.id];
    if (move === undefined) {
      const entering = new Set<number>();
      this.enterBy(edge, never, entering, new Set());
      const around = this.leaving.domainOf(edge, never);
      move = { around, self: edge.again && edge.source === around, entering: [...entering].sort((a, b) => a - b) };
      this.moves[edge.id] = move;
    }
    return move;
  }

  /** @param rest what stays active */
  private leftIn(configuration: Configuration, rest: Uint8Array): ReadonlyMap<number, Configuration> {
    let left: Map<number, Configuration> | null = null;
    for (const kept of this.kept) {
      if (configuration.active[kept] !== 1 || rest[kept] === 1) continue;
      left ??= new Map();
      left.set(kept, this.of(configuration.leaves.filter((leaf) => this.entering.isBelow(leaf, kept))));
    }
    return left ?? nowhere;
  }

  private work(configuration: Configuration, edges: readonly Edge[], history: History): Effect {
    const rest = configuration.active.slice();
    for (const edge of edges) for (const node of this.leaving.exitSet(configuration, edge, history)) rest[node] = 0;
    const left = this.leftIn(configuration, rest);
    const now = new Left(left, history);
    const entering = new Set<number>();
    const returned = new Set<number>();
    for (const edge of edges) if (edge.target >= 0) this.enterBy(edge, now, entering, returned);
    const entered = [...entering].sort((a, b) => a - b);
    return this.effectOf(configuration, rest, entered, returned, left);
  }

  private enterBy(edge: Edge, now: History, entering: Set<number>, returned: Set<number>): void {
    // Which states are left is decided by where it was before; where it returns to, by where it is left now.
    const domain = this.leaving.domainOf(edge, now);
    if (edge.back >= 0) {
      const back = now.of(edge.back);
      if (back !== undefined) {
        for (const leaf of back.leaves) {
          entering.add(leaf);
          this.entering.addBelow(leaf, entering);
        }
        for (const leaf of back.leaves)
          this.entering.addAround(this.entering.chainUntil(leaf, edge.back), entering, -1);
        for (const node of back.nodes)
          if (node === edge.back || this.entering.isBelow(node, edge.back)) returned.add(node);
      } else this.entering.addStart(edge.back, entering);
    } else {
      if (edge.source !== edge.target || edge.source !== domain || edge.again) entering.add(edge.target);
      this.entering.addBelow(edge.target, entering);
    }
    for (const target of this.leaving.targetsOf(edge, now)) {
      const around = this.entering.chainUntil(target, domain);
      if (domain >= 0 && this.nodes[domain]?.kind === 'parallel') around.push(domain);
      this.entering.addAround(around, entering, edge.source === 0 && edge.again ? -1 : domain);
    }
  }

  /**
   * @param active what stays active of the configuration; changed
   * @param entered in document order
   */
  private effectOf(
    before: Configuration,
    active: Uint8Array,
    entered: readonly number[],
    returned: ReadonlySet<number>,
    left: ReadonlyMap<number, Configuration>,
  ): Effect {
    const raised: string[] = [];
    let completed: Set<number> | null = null;
    let done = false;
    for (const index of entered) {
      active[index] = 1;
      const node = this.nodes[index] as Node;
      if (node.kind !== 'final') continue;
      const parent = this.nodes[node.parent];
      if (parent === undefined) continue;
      let marker = parent.kind === 'parallel' ? parent.index : parent.parent;
      if (parent.kind === 'compound') raised.push(this.raisedBy[parent.index] as string);
      while (
        marker >= 0 &&
        this.nodes[marker]?.kind === 'parallel' &&
        completed?.has(marker) !== true &&
        this.isFinal(active, marker)
      ) {
        completed ??= new Set();
        completed.add(marker);
        raised.push(this.raisedBy[marker] as string);
        marker = (this.nodes[marker] as Node).parent;
      }
      if (marker < 0) done = true;
    }
    return { next: this.of(this.leaves.after(active, before.nodes, entered)), entered, returned, left, raised, done };
  }

  private isFinal(active: Uint8Array, index: number): boolean {
    const node = this.nodes[index] as Node;
    if (node.kind === 'compound')
      return node.children.some((child) => this.nodes[child]?.kind === 'final' && active[child] === 1);
    if (node.kind === 'parallel') return node.children.every((child) => this.isFinal(active, child));
    return node.kind === 'final';
  }
}

function isSorted(numbers: readonly number[]): boolean {
  for (let at = 1; at < numbers.length; at++) if ((numbers[at - 1] as number) > (numbers[at] as number)) return false;
  return true;
}

/** Where a list of truth values holds. */
function placesOf(active: Uint8Array): number[] {
  const places: number[] = [];
  for (let index = 0; index < active.length; index++) if (active[index] === 1) places.push(index);
  return places;
}

function keyOf(configuration: Configuration, edges: readonly Edge[], history: History): string {
  let key = `${configuration.id}`;
  for (const edge of edges) key += edge.back < 0 ? `|${edge.id}` : `|${edge.id}<${history.of(edge.back)?.id ?? -1}`;
  return key;
}
