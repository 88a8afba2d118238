import type { Entering } from './entering.ts';
import type { Edge, Node } from './nodes.ts';

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

/** By the state with a way back: where it was when it was left; undefined = never. */
export interface History {
  of(state: number): Configuration | undefined;
}

/** The history after some states are left. */
export class Left implements History {
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

/** Which states are left with a transition, as XState's `computeExitSet` and its like have it. */
export class Leaving {
  private readonly nodes: readonly Node[];
  private readonly entering: Entering;

  constructor(nodes: readonly Node[], entering: Entering) {
    this.nodes = nodes;
    this.entering = entering;
  }

  targetsOf(edge: Edge, history: History): readonly number[] {
    if (edge.target < 0) return [];
    if (edge.back < 0) return [edge.target];
    const back = history.of(edge.back);
    if (back !== undefined) return back.leaves;
    const node = this.nodes[edge.back] as Node;
    return [node.kind === 'parallel' ? edge.back : node.start];
  }

  /** The state inside which everything happens; -1 when it is the root itself that is left. */
  domainOf(edge: Edge, history: History): number {
    const targets = this.targetsOf(edge, history);
    if (!edge.again && targets.every((target) => target === edge.source || this.entering.isBelow(target, edge.source)))
      return edge.source;
    const [head] = targets;
    if (head === undefined) return edge.again ? -1 : 0;
    for (const around of this.entering.around(head)) {
      let all = this.entering.isBelow(edge.source, around);
      for (let at = 1; at < targets.length && all; at++) all = this.entering.isBelow(targets[at] as number, around);
      if (all) return around;
    }
    return edge.again ? -1 : 0;
  }

  exitSet(configuration: Configuration, edge: Edge, history: History): ReadonlySet<number> {
    const exiting = new Set<number>();
    if (edge.target < 0) return exiting;
    const domain = this.domainOf(edge, history);
    if (edge.again && edge.source === domain) exiting.add(domain);
    for (const node of configuration.nodes) if (domain < 0 || this.entering.isBelow(node, domain)) exiting.add(node);
    return exiting;
  }
}
