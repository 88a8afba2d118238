import type { Node } from './nodes.ts';

/** Finds the leaves of what is active after a step, without a look at all that is not. */
export class Leaves {
  private readonly parents: Int32Array;
  /** By node: the round in which something inside it was active. */
  private readonly inner: Int32Array;
  private round = 0;

  constructor(nodes: readonly Node[]) {
    this.parents = Int32Array.from(nodes, ({ parent }) => parent);
    this.inner = new Int32Array(nodes.length);
  }

  /**
   * Active states without an active one inside.
   * @param active by node, after the step
   * @param before what was active before it, in document order
   * @param entered in document order
   */
  after(active: Uint8Array, before: readonly number[], entered: readonly number[]): readonly number[] {
    const { parents, inner } = this;
    this.round += 1;
    for (const index of before) if (active[index] === 1) inner[parents[index] as number] = this.round;
    for (const index of entered) inner[parents[index] as number] = this.round;
    const leaves: number[] = [];
    let at = 0;
    for (const index of entered) {
      for (; at < before.length && (before[at] as number) <= index; at++)
        if (before[at] !== index) this.add(leaves, active, before[at] as number);
      this.add(leaves, active, index);
    }
    for (; at < before.length; at++) this.add(leaves, active, before[at] as number);
    return leaves;
  }

  private add(leaves: number[], active: Uint8Array, index: number): void {
    if (active[index] === 1 && this.inner[index] !== this.round) leaves.push(index);
  }
}
