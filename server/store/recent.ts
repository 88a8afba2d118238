/** Characters of all texts that a store remembers of one kind. */
export const MOST_REMEMBERED = 16 * 1024 * 1024;

/** What was asked for and is not there yet. */
export interface Slot {
  readonly name: string;
}

interface Entry<T> {
  readonly slot: Slot | null;
  readonly value: T | undefined;
  readonly size: number;
}

/** What a name, and that nothing is there, costs. */
const OVERHEAD = 200;

/**
 * What was written or read a short while ago, up to a size; what was not used for longest goes first. Only what is durable
 * comes in here.
 *
 * Whoever reads begins with a slot and fills it at the end: when somebody has written meanwhile, it is not filled, and nobody is
 * given what was there before.
 */
export class Recent<T> {
  readonly #most: number;
  /** Oldest use first. */
  readonly #entries = new Map<string, Entry<T>>();
  #size = 0;

  /** @param most of all values together, in the unit of their sizes */
  constructor(most: number) {
    this.#most = most;
  }

  /** Undefined where nothing is known. */
  get(name: string): T | undefined {
    const entry = this.#entries.get(name);
    if (entry?.value === undefined) return undefined;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    return entry.value;
  }

  set(name: string, value: T, size: number): void {
    this.#put(name, { slot: null, value, size: size + OVERHEAD });
  }

  begin(name: string): Slot {
    const slot = { name };
    this.#put(name, { slot, value: undefined, size: OVERHEAD });
    return slot;
  }

  fill(slot: Slot, value: T, size: number): void {
    if (this.#entries.get(slot.name)?.slot === slot) this.set(slot.name, value, size);
  }

  drop(name: string): void {
    this.#size -= this.#entries.get(name)?.size ?? 0;
    this.#entries.delete(name);
  }

  #put(name: string, entry: Entry<T>): void {
    this.drop(name);
    this.#entries.set(name, entry);
    this.#size += entry.size;
    for (const [oldest] of this.#entries) {
      if (this.#size <= this.#most) return;
      this.drop(oldest);
    }
  }
}
