/** One thing that the search does not know, and how it was taken to be. */
export interface Choice {
  /** The term, `counter x`, `record x`, `void` or `new day`. */
  readonly about: string;
  readonly options: number;
  /**
   * The world's, not anybody's to make: the value of a counter that is not followed. What must be possible must be
   * possible for each of them.
   */
  readonly given: boolean;
  option: number;
}

/**
 * Answers what a step asks, the same within one run of it, and leads through all the answers run by run: a run is made
 * again from its beginning with the next answers until there are none left.
 */
export class Oracle {
  readonly choices: Choice[] = [];
  /** The questions of this run, in the order of the choices that answer them; a step asks few. */
  private readonly keys: number[] = [];
  private position = 0;

  /** Forgets everything. */
  clear(): void {
    this.choices.length = 0;
    this.position = 0;
  }

  /** The answer to a question that was asked before in this run; undefined when it was not. */
  known(key: number): number | undefined {
    for (let at = 0; at < this.position; at++) if (this.keys[at] === key) return (this.choices[at] as Choice).option;
    return undefined;
  }

  /** Nothing was asked in this run. */
  get silent(): boolean {
    return this.position === 0;
  }

  /** @param key tells questions apart; `about` says it to people */
  ask(key: number, about: string, options: number, given = false): number {
    const known = this.known(key);
    if (known !== undefined) return known;
    let choice = this.choices[this.position];
    if (choice === undefined) {
      choice = { about, options, given, option: 0 };
      this.choices.push(choice);
    }
    this.keys[this.position] = key;
    this.position += 1;
    return choice.option;
  }

  /** Sets the answers for the next run. @returns false when every run was made */
  next(): boolean {
    for (let last = this.choices.at(-1); last !== undefined; last = this.choices.at(-1)) {
      if (last.option + 1 < last.options) {
        last.option += 1;
        this.position = 0;
        return true;
      }
      this.choices.pop();
    }
    return false;
  }
}
