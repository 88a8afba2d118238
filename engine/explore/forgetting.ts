import { timerEvent, timerId } from '../compile/names.ts';
import type { Configuration } from './configurations.ts';
import type { Slot } from './slots.ts';
import type { Space } from './space.ts';

/** Slots that are nobody's business in a configuration. */
interface Forgotten {
  readonly slots: readonly number[];
  /** Answers and deadlines that were used up in states which the case has left. */
  readonly left: readonly number[];
  /** The same as bits of a state's words. */
  readonly bits: Int32Array;
  readonly leftBits: Int32Array;
}

/** Which variables can make no difference any more: they are 0, so that the same future is the same state. */
export class Forgetting {
  private readonly space: Space;
  private readonly lives: readonly Uint8Array[];
  /** By configuration. */
  private readonly known: Forgotten[] = [];
  /** Slot of a used-up answer or deadline -> the node that it belongs to. */
  private readonly owners = new Map<number, number>();
  private readonly histories: readonly Slot[];
  /** Histories to which nobody returns from inside the state. */
  private readonly rewritten = new Map<Slot, number>();

  /** @param lives by slot and node, see `livesOf` */
  constructor(space: Space, lives: readonly Uint8Array[]) {
    this.space = space;
    this.lives = lives;
    this.histories = space.slots.filter((slot) => slot.kind === 'history');
    for (const slot of space.slots) if (slot.kind === 'spent') this.owners.set(slot.index, this.findOwner(slot));
    for (const slot of this.histories) this.findRewritten(slot);
  }

  ownerOf(slot: Slot): number | undefined {
    return this.owners.get(slot.index);
  }

  /** Sets what is forgotten in this configuration to 0, in place. */
  settle(configuration: Configuration, values: number[]): void {
    const { slots, left } = this.forgotten(configuration);
    for (let at = 0; at < slots.length; at++) values[slots[at] as number] = 0;
    // What was used up in a state counts while the case is there, or may come back to where it was.
    for (let at = 0; at < left.length; at++) {
      const slot = left[at] as number;
      if (values[slot] === 1 && !this.keeps(values, this.owners.get(slot) as number)) values[slot] = 0;
    }
  }

  /** Bits of a state's words that are 0 in this configuration. */
  bitsIn(configuration: Configuration): Int32Array {
    return this.forgotten(configuration).bits;
  }

  /** The rest of `settle` for a state's words without the bits that are 0 there. */
  forgetLeft(configuration: Configuration, words: Int32Array): void {
    const { left, leftBits } = this.forgotten(configuration);
    for (let word = 0; word < words.length; word++) {
      if (((words[word] as number) & (leftBits[word] as number)) === 0) continue;
      const values: number[] = [];
      this.space.packing.unpack(words, 0, values);
      for (const slot of left)
        if (values[slot] === 1 && !this.keeps(values, this.owners.get(slot) as number))
          this.space.packing.set(words, slot, 0);
      return;
    }
  }

  private keeps(values: readonly number[], owner: number): boolean {
    return this.histories.some((slot) => {
      const value = values[slot.index] as number;
      return value > 0 && this.space.configurations.all[value - 1]?.active[owner] === 1;
    });
  }

  private forgotten(configuration: Configuration): Forgotten {
    let found = this.known[configuration.id];
    if (found === undefined) {
      const slots = this.space.slots.filter((slot) => !this.matters(slot, configuration)).map(({ index }) => index);
      const left = [...this.owners].flatMap(([slot, owner]) => (configuration.active[owner] === 1 ? [] : [slot]));
      const { packing } = this.space;
      found = { slots, left, bits: packing.bitsOf(slots), leftBits: packing.bitsOf(left) };
      this.known[configuration.id] = found;
    }
    return found;
  }

  private matters(slot: Slot, configuration: Configuration): boolean {
    if (slot.kind === 'spent') return true;
    if (slot.kind === 'history' && this.isWrittenAnew(slot, configuration)) return false;
    const live = this.lives[slot.index] as Uint8Array;
    return configuration.leaves.some((leaf) => live[leaf] === 1);
  }

  /** While the state is active its history will be written anew before anybody returns to it. */
  private isWrittenAnew(slot: Slot, configuration: Configuration): boolean {
    const owner = this.rewritten.get(slot);
    return owner !== undefined && configuration.active[owner] === 1;
  }

  private findRewritten(slot: Slot): void {
    const { nodes, configurations } = this.space;
    const owner = nodes.of.get(slot.name)?.index ?? 0;
    const returns = nodes.edges.some(
      (edge) => edge.back === owner && (edge.source === owner || configurations.isBelow(edge.source, owner)),
    );
    if (!returns) this.rewritten.set(slot, owner);
  }

  private findOwner(slot: Slot): number {
    const found = this.space.nodes.all.find(({ state }) => {
      if (state === null) return false;
      if (slot.name === `call.${state.address}`) return true;
      return state.after.some((each) => timerEvent(timerId(state.address, 'after', each.key)) === slot.name);
    });
    return found?.index ?? 0;
  }
}
