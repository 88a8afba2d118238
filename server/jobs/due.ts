/**
 * Cases by the time at which something of them is due: a binary heap with lazy removal. The newest time of a case
 * counts, older ones are skipped when they surface.
 */
export class DueHeap {
  readonly #heap: { due: number; id: string }[] = [];
  readonly #newest = new Map<string, number>();

  /** `due` null = nothing is due for this case any more. */
  set(id: string, due: number | null): void {
    if (due === null) {
      this.#newest.delete(id);
      return;
    }
    if (this.#newest.get(id) === due) return;
    this.#newest.set(id, due);
    this.#push({ due, id });
  }

  /** Time of the first, or null when nothing is due ever. */
  first(): number | null {
    this.#skip();
    return this.#heap[0]?.due ?? null;
  }

  /** How many have something that is due ever. */
  get size(): number {
    return this.#newest.size;
  }

  /** How many are due by `now`; as much work as there are. */
  countDue(now: number): number {
    let count = 0;
    const look = [0];
    for (let at = look.pop(); at !== undefined; at = look.pop()) {
      const item = this.#heap[at];
      if (!item || item.due > now) continue;
      if (this.#newest.get(item.id) === item.due) count += 1;
      look.push(2 * at + 1, 2 * at + 2);
    }
    return count;
  }

  /** Takes the first when it is due by `now`. */
  take(now: number): string | null {
    this.#skip();
    const [top] = this.#heap;
    if (!top || top.due > now) return null;
    this.#pop();
    this.#newest.delete(top.id);
    return top.id;
  }

  #skip(): void {
    for (let top = this.#heap[0]; top && this.#newest.get(top.id) !== top.due; top = this.#heap[0]) this.#pop();
  }

  #push(item: { due: number; id: string }): void {
    const heap = this.#heap;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.due <= item.due) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = item;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.due < heap[child]!.due) child += 1;
      if (heap[child]!.due >= last.due) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}
