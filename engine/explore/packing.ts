import type { Slot } from './slots.ts';

/** What a course does to the words of a state: bits that stay, bits that are set. */
export interface Change {
  readonly keep: Int32Array;
  readonly set: Int32Array;
}

/**
 * Where each variable lies in a few words of 32 bits. A step is then some bits kept and some set, and two states are
 * compared by their words: most steps of a search lead to a state that is known.
 */
export class Packing {
  /** Words of a state. */
  readonly size: number;
  private readonly words: Uint16Array;
  private readonly shifts: Uint8Array;
  /** Of the bits of a slot, before they are shifted. */
  private readonly masks: Int32Array;

  constructor(slots: readonly Slot[]) {
    this.words = new Uint16Array(slots.length);
    this.shifts = new Uint8Array(slots.length);
    this.masks = new Int32Array(slots.length);
    let word = 0;
    let used = 0;
    for (const slot of slots) {
      const bits = bitsOf(slot);
      if (used + bits > 32) {
        word += 1;
        used = 0;
      }
      this.words[slot.index] = word;
      this.shifts[slot.index] = used;
      this.masks[slot.index] = bits === 32 ? -1 : (1 << bits) - 1;
      used += bits;
    }
    this.size = word + 1;
  }

  /** @param start of the state's words in `words` */
  get(words: Int32Array, start: number, slot: number): number {
    const word = words[start + (this.words[slot] as number)] as number;
    return (word >>> (this.shifts[slot] as number)) & (this.masks[slot] as number);
  }

  set(words: Int32Array, slot: number, value: number): void {
    const word = this.words[slot] as number;
    words[word] = ((words[word] as number) & ~this.bitsAt(slot)) | (value << (this.shifts[slot] as number));
  }

  unpack(words: Int32Array, start: number, values: number[]): void {
    for (let slot = 0; slot < this.words.length; slot++) values[slot] = this.get(words, start, slot);
  }

  /** The bits of these slots. */
  bitsOf(slots: readonly number[]): Int32Array {
    const bits = new Int32Array(this.size);
    for (const slot of slots) {
      const word = this.words[slot] as number;
      bits[word] = (bits[word] as number) | this.bitsAt(slot);
    }
    return bits;
  }

  /**
   * @param writes slot, value, slot, value …
   * @param forgotten bits that are 0 afterwards
   */
  changeOf(writes: readonly number[], forgotten: Int32Array): Change {
    const keep = new Int32Array(this.size).fill(-1);
    const set = new Int32Array(this.size);
    for (let at = 0; at < writes.length; at += 2) {
      const slot = writes[at] as number;
      const word = this.words[slot] as number;
      keep[word] = (keep[word] as number) & ~this.bitsAt(slot);
      this.set(set, slot, writes[at + 1] as number);
    }
    for (let word = 0; word < this.size; word++) {
      const kept = ~(forgotten[word] as number);
      keep[word] = (keep[word] as number) & kept;
      set[word] = (set[word] as number) & kept;
    }
    return { keep, set };
  }

  private bitsAt(slot: number): number {
    return (this.masks[slot] as number) << (this.shifts[slot] as number);
  }
}

function bitsOf({ kind, classes }: Slot): number {
  switch (kind) {
    case 'history':
      // The number of a configuration: how many there are is not known before the search.
      return 32;
    case 'gap':
      return 2;
    case 'counter':
    case 'record':
      return 32 - Math.clz32(Math.max(1, classes.at(-1) ?? 0));
    default:
      return 1;
  }
}
