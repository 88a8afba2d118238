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
  choices: Choice[] = [];
  private position = 0;
  private readonly answers = new Map<number, number>();

  /** The answer to a question that was asked before in this run; undefined when it was not. */
  known(key: number): number | undefined {
    return this.answers.size === 0 ? undefined : this.answers.get(key);
  }

  /** @param key tells questions apart; `about` says it to people */
  ask(key: number, about: string, options: number, given = false): number {
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    let choice = this.choices[this.position];
    if (choice === undefined) {
      choice = { about, options, given, option: 0 };
      this.choices.push(choice);
    }
    this.position += 1;
    this.answers.set(key, choice.option);
    return choice.option;
  }

  /** Sets the answers for the next run. @returns false when every run was made */
  next(): boolean {
    for (let last = this.choices.at(-1); last !== undefined; last = this.choices.at(-1)) {
      if (last.option + 1 < last.options) {
        last.option += 1;
        this.position = 0;
        this.answers.clear();
        return true;
      }
      this.choices.pop();
    }
    return false;
  }
}
