/** Texts whose keys are remembered: those of some hundred cases. */
const MOST = 10_000;

/** Blind keys of texts that were asked for a short while ago; the key of a text is always the same. */
export class RecentKeys {
  readonly #make: (text: string) => string;
  readonly #most: number;
  /** Oldest use first. */
  readonly #keys = new Map<string, string>();

  constructor(make: (text: string) => string, most = MOST) {
    this.#make = make;
    this.#most = most;
  }

  of(text: string): string {
    const key = this.#keys.get(text) ?? this.#make(text);
    this.#keys.delete(text);
    this.#keys.set(text, key);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > this.#most && oldest !== undefined) this.#keys.delete(oldest);
    return key;
  }
}
