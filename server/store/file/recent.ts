/** Characters of all texts together. */
const MOST = 16 * 1024 * 1024;

/**
 * Documents that were written or read to be changed a short while ago, as JSON: a case that is being worked on is not read
 * from the disk and checked two times a step. Only what is durable comes in here. Texts, so that no reader can change
 * what another one gets.
 */
export class RecentTexts {
  /** Oldest use first. */
  readonly #texts = new Map<string, string>();
  #size = 0;

  get(path: string): string | null {
    const text = this.#texts.get(path);
    if (text === undefined) return null;
    this.#texts.delete(path);
    this.#texts.set(path, text);
    return text;
  }

  set(path: string, text: string): void {
    this.drop(path);
    this.#texts.set(path, text);
    this.#size += text.length;
    for (const [oldest] of this.#texts) {
      if (this.#size <= MOST) return;
      this.drop(oldest);
    }
  }

  drop(path: string): void {
    this.#size -= this.#texts.get(path)?.length ?? 0;
    this.#texts.delete(path);
  }
}
