/** The variables that the runs of one move looked at before they wrote them, in the order in which they did so. */
export class Reads {
  readonly order: number[] = [];
  private readonly seen: Uint8Array;

  constructor(slots: number) {
    this.seen = new Uint8Array(slots);
  }

  clear(): void {
    this.order.length = 0;
    this.seen.fill(0);
  }

  note(slot: number): void {
    if (this.seen[slot] === 1) return;
    this.seen[slot] = 1;
    this.order.push(slot);
  }
}

/** The variables of a state while a step is made of it. */
export class Ledger {
  private readonly values: number[];
  private readonly written: Uint8Array;
  private readonly reads: Reads;

  constructor(slots: number, reads: Reads) {
    this.values = new Array<number>(slots).fill(0);
    this.written = new Uint8Array(slots);
    this.reads = reads;
  }

  /** Begins anew in a state. */
  begin(values: readonly number[]): void {
    for (let slot = 0; slot < this.values.length; slot++) this.values[slot] = values[slot] as number;
    this.written.fill(0);
  }

  get(slot: number): number {
    if (this.written[slot] === 0) this.reads.note(slot);
    return this.values[slot] as number;
  }

  set(slot: number, value: number): void {
    this.values[slot] = value;
    this.written[slot] = 1;
  }

  /** Slot, value, slot, value … of everything that was written. */
  writes(): readonly number[] {
    const writes: number[] = [];
    for (let slot = 0; slot < this.values.length; slot++)
      if (this.written[slot] === 1) writes.push(slot, this.values[slot] as number);
    return writes;
  }
}
