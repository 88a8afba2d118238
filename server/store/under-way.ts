/** What has begun and not ended: whoever changes what it began with waits for it. */
export class UnderWay {
  readonly #all = new Set<Promise<unknown>>();

  run<T>(job: () => Promise<T>): Promise<T> {
    const mine = job();
    this.#all.add(mine);
    const end = (): void => void this.#all.delete(mine);
    mine.then(end, end);
    return mine;
  }

  /** Resolves when everything that had begun by now has ended, well or not. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#all]);
  }
}
