/** How often what happened, for the printed figures: whoever reads them sees that it did happen. */
export class Tally {
  readonly counts: { [what: string]: number } = {};

  count(what: string, times = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + times;
  }
}
