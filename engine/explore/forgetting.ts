import { timerEvent, timerId } from '../compile/names.ts';
import type { Configuration } from './configurations.ts';
import type { Slot } from './slots.ts';
import type { Space } from './space.ts';

/** Which variables can make no difference any more: they are 0, so that the same future is the same state. */
export class Forgetting {
  private readonly space: Space;
  private readonly lives: readonly Uint8Array[];
  private readonly masks = new Map<number, Uint8Array>();
  /** Slot of a used-up answer or deadline -> the node that it belongs to. */
  private readonly owners = new Map<number, number>();
  private readonly histories: readonly Slot[];

  /** @param lives by slot and node, see `livesOf` */
  constructor(space: Space, lives: readonly Uint8Array[]) {
    this.space = space;
    this.lives = lives;
    this.histories = space.slots.filter((slot) => slot.kind === 'history');
    for (const slot of space.slots) if (slot.kind === 'spent') this.owners.set(slot.index, this.findOwner(slot));
  }

  ownerOf(slot: Slot): number | undefined {
    return this.owners.get(slot.index);
  }

  /** Sets what is forgotten in this configuration to 0, in place. */
  settle(configuration: Configuration, values: number[]): void {
    const mask = this.maskOf(configuration);
    for (let index = 0; index < values.length; index++) if (mask[index] === 0) values[index] = 0;
    // What was used up in a state counts while the case is there, or may come back to where it was.
    for (const [index, owner] of this.owners)
      if (values[index] === 1 && configuration.active[owner] !== 1 && !this.keeps(values, owner)) values[index] = 0;
  }

  private keeps(values: readonly number[], owner: number): boolean {
    return this.histories.some((slot) => {
      const value = values[slot.index] as number;
      return value > 0 && this.space.configurations.all[value - 1]?.active[owner] === 1;
    });
  }

  private maskOf(configuration: Configuration): Uint8Array {
    let mask = this.masks.get(configuration.id);
    if (mask !== undefined) return mask;
    mask = new Uint8Array(this.space.slots.length);
    for (const slot of this.space.slots) {
      if (slot.kind === 'history' && this.isWrittenAnew(slot, configuration)) continue;
      const live = this.lives[slot.index] as Uint8Array;
      mask[slot.index] = slot.kind === 'spent' || configuration.leaves.some((leaf) => live[leaf] === 1) ? 1 : 0;
    }
    this.masks.set(configuration.id, mask);
    return mask;
  }

  /** While the state is active its history will be written anew before anybody returns to it. */
  private isWrittenAnew(slot: Slot, configuration: Configuration): boolean {
    const { nodes, configurations } = this.space;
    const owner = nodes.of.get(slot.name)?.index ?? 0;
    if (configuration.active[owner] !== 1) return false;
    return !nodes.edges.some(
      (edge) => edge.back === owner && (edge.source === owner || configurations.around(edge.source).includes(owner)),
    );
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
