import type { Node } from './nodes.ts';

/** Which states are entered with a target, as XState's `addDescendantStatesToEnter` and its like have it. */
export class Entering {
  private readonly nodes: readonly Node[];
  private readonly chains: readonly (readonly number[])[];
  /** 1 at `node * nodes + around` where the node is below. */
  private readonly below: Uint8Array;

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
    this.chains = nodes.map((node) => {
      const chain: number[] = [];
      for (let here = node.parent; here >= 0; here = (nodes[here] as Node).parent) chain.push(here);
      return chain;
    });
    this.below = new Uint8Array(nodes.length * nodes.length);
    for (const [node, chain] of this.chains.entries())
      for (const around of chain) this.below[node * nodes.length + around] = 1;
  }

  /** States around a node, innermost first. */
  around(node: number): readonly number[] {
    return this.chains[node] as readonly number[];
  }

  isBelow(node: number, around: number): boolean {
    return this.below[node * this.nodes.length + around] === 1;
  }

  /** States around a node, innermost first, up to but without `until`. */
  chainUntil(node: number, until: number): number[] {
    const chain: number[] = [];
    for (const around of this.chains[node] as readonly number[]) {
      if (around === until) break;
      chain.push(around);
    }
    return chain;
  }

  addStart(index: number, entering: Set<number>): void {
    const node = this.nodes[index] as Node;
    const start = node.kind === 'parallel' ? index : node.start;
    entering.add(start);
    this.addBelow(start, entering);
    this.addAround(this.chainUntil(start, index), entering, -1);
  }

  addBelow(index: number, entering: Set<number>): void {
    const node = this.nodes[index] as Node;
    if (node.kind === 'compound') {
      if (node.start < 0) return;
      entering.add(node.start);
      this.addBelow(node.start, entering);
      this.addAround(this.chainUntil(node.start, index), entering, -1);
    } else if (node.kind === 'parallel') this.addRegions(node, entering);
  }

  addRegions(node: Node, entering: Set<number>): void {
    for (const child of node.children) {
      if ([...entering].some((each) => this.isBelow(each, child))) continue;
      entering.add(child);
      this.addBelow(child, entering);
    }
  }

  addAround(around: readonly number[], entering: Set<number>, domain: number): void {
    for (const each of around) {
      if (domain < 0 || this.isBelow(each, domain)) entering.add(each);
      const node = this.nodes[each] as Node;
      if (node.kind === 'parallel') this.addRegions(node, entering);
    }
  }
}
