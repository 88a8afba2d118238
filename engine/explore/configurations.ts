import { Entering } from './entering.ts';
import { doneEvent, type Edge, type Node, type Nodes } from './nodes.ts';

/** Which states are active together. The same set is the same object. */
export interface Configuration {
  readonly id: number;
  /** Indices of the active leaves, in document order. */
  readonly leaves: readonly number[];
  /** By index of the node: 1 when it is active. */
  readonly active: Uint8Array;
  /** Indices of all active nodes, in document order. */
  readonly nodes: readonly number[];
}

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

/** By the state with a way back: where it was when it was left; undefined = never. */
export interface History {
  of(state: number): Configuration | undefined;
}

/** The history after some states are left. */
class Left implements History {
  private readonly left: ReadonlyMap<number, Configuration>;
  private readonly before: History;

  constructor(left: ReadonlyMap<number, Configuration>, before: History) {
    this.left = left;
    this.before = before;
  }

  of(state: number): Configuration | undefined {
    return this.left.get(state) ?? this.before.of(state);
  }
}

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
  private readonly effects = new Map<string, Effect>();
  private readonly compatible = new Map<string, readonly Edge[]>();
  private readonly entering: Entering;
  private readonly raisedBy: readonly string[];

  constructor(nodes: Nodes) {
    this.nodes = nodes.all;
    this.entering = new Entering(nodes.all);
    this.raisedBy = nodes.all.map((node) => doneEvent(node.address));
    this.nothing = this.of([]);
    this.kept = [...new Set(nodes.edges.flatMap((edge) => (edge.back < 0 ? [] : [edge.back])))];
  }

  /** @param leaves in any order; states around them are active too */
  of(leaves: Iterable<number>): Configuration {
    const sorted = [...leaves].sort((a, b) => a - b);
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
    return this.effectOf(new Uint8Array(this.nodes.length), entering, new Set(), new Map());
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
      const mine = this.exitSet(configuration, one, history);
      for (const other of chosen) {
        const others = this.exitSet(configuration, other, history);
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
    const key = keyOf(configuration, edges, history);
    let effect = this.effects.get(key);
    if (effect === undefined) {
      effect = this.work(configuration, edges, history);
      this.effects.set(key, effect);
    }
    return effect;
  }

  private work(configuration: Configuration, edges: readonly Edge[], history: History): Effect {
    const exiting = new Set<number>();
    for (const edge of edges) for (const node of this.exitSet(configuration, edge, history)) exiting.add(node);
    const left = new Map<number, Configuration>();
    for (const kept of this.kept) {
      if (!exiting.has(kept)) continue;
      left.set(kept, this.of(configuration.leaves.filter((leaf) => this.entering.isBelow(leaf, kept))));
    }
    const now = new Left(left, history);
    const entering = new Set<number>();
    const returned = new Set<number>();
    for (const edge of edges) {
      if (edge.target < 0) continue;
      // Which states are left is decided by where it was before; where it returns to, by where it is left now.
      const domain = this.domainOf(edge, now);
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
      for (const target of this.targetsOf(edge, now)) {
        const around = this.entering.chainUntil(target, domain);
        if (domain >= 0 && this.nodes[domain]?.kind === 'parallel') around.push(domain);
        this.entering.addAround(around, entering, edge.source === 0 && edge.again ? -1 : domain);
      }
    }
    const rest = configuration.active.slice();
    for (const node of exiting) rest[node] = 0;
    return this.effectOf(rest, entering, returned, left);
  }

  /** @param active what stays active; changed */
  private effectOf(
    active: Uint8Array,
    entering: ReadonlySet<number>,
    returned: ReadonlySet<number>,
    left: ReadonlyMap<number, Configuration>,
  ): Effect {
    const entered = [...entering].sort((a, b) => a - b);
    const raised: string[] = [];
    const completed = new Set<number>();
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
        !completed.has(marker) &&
        this.isFinal(active, marker)
      ) {
        completed.add(marker);
        raised.push(this.raisedBy[marker] as string);
        marker = (this.nodes[marker] as Node).parent;
      }
      if (marker < 0) done = true;
    }
    const leaves = placesOf(active).filter((index) =>
      (this.nodes[index] as Node).children.every((child) => active[child] === 0),
    );
    return { next: this.of(leaves), entered, returned, left, raised, done };
  }

  private isFinal(active: Uint8Array, index: number): boolean {
    const node = this.nodes[index] as Node;
    if (node.kind === 'compound')
      return node.children.some((child) => this.nodes[child]?.kind === 'final' && active[child] === 1);
    if (node.kind === 'parallel') return node.children.every((child) => this.isFinal(active, child));
    return node.kind === 'final';
  }

  private targetsOf(edge: Edge, history: History): readonly number[] {
    if (edge.target < 0) return [];
    if (edge.back < 0) return [edge.target];
    const back = history.of(edge.back);
    if (back !== undefined) return back.leaves;
    const node = this.nodes[edge.back] as Node;
    return [node.kind === 'parallel' ? edge.back : node.start];
  }

  /** The state inside which everything happens; -1 when it is the root itself that is left. */
  private domainOf(edge: Edge, history: History): number {
    const targets = this.targetsOf(edge, history);
    if (!edge.again && targets.every((target) => target === edge.source || this.entering.isBelow(target, edge.source)))
      return edge.source;
    const [head, ...tail] = [...targets, edge.source];
    for (const around of this.entering.around(head as number))
      if (tail.every((each) => this.entering.isBelow(each, around))) return around;
    return edge.again ? -1 : 0;
  }

  private exitSet(configuration: Configuration, edge: Edge, history: History): ReadonlySet<number> {
    const exiting = new Set<number>();
    if (edge.target < 0) return exiting;
    const domain = this.domainOf(edge, history);
    if (edge.again && edge.source === domain) exiting.add(domain);
    for (const node of configuration.nodes) if (domain < 0 || this.entering.isBelow(node, domain)) exiting.add(node);
    return exiting;
  }
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
