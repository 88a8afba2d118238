import { epochs, firstSize } from './bound.ts';
import type { Ledger } from './ledger.ts';
import type { Move } from './moves.ts';
import type { Oracle } from './oracle.ts';
import type { Space } from './space.ts';

/**
 * Who makes a step, as far as conditions ask: not by name, but whether it is one who signed before. What the task says
 * of that is known (`not`, `only`), and what follows from it; the rest is a choice.
 */
export class Signing {
  private readonly space: Space;
  private readonly oracle: Oracle;
  private readonly ledger: Ledger;
  private person: NonNullable<Move['person']> = { only: null, not: [] };
  /** Part -> whether the one who acts signed as that before. */
  private readonly known = new Map<string, boolean>();
  private readonly now = new Set<string>();

  constructor(space: Space, oracle: Oracle, ledger: Ledger) {
    this.space = space;
    this.oracle = oracle;
    this.ledger = ledger;
  }

  begin(person: Move['person']): void {
    if (person !== null) this.person = person;
    this.known.clear();
    this.now.clear();
  }

  sign(part: string): void {
    const { space, ledger } = this;
    for (const { slot, other } of space.pairsOf(part)) ledger.set(slot, this.isSame(other) ? 1 : 0);
    const signed = space.slot('signed', part);
    if (signed !== undefined) ledger.set(signed.index, 1);
    this.now.add(part);
  }

  private isSame(part: string): boolean {
    if (this.now.has(part)) return true;
    let same = this.known.get(part);
    if (same === undefined) {
      same = this.worked(part);
      this.known.set(part, same);
    }
    return same;
  }

  private worked(part: string): boolean {
    const { only, not } = this.person;
    const signed = this.space.slot('signed', part);
    if (signed === undefined || this.ledger.get(signed.index) === 0 || not.includes(part)) return false;
    if (only === part) return true;
    const others = new Map(this.known);
    if (only !== null) others.set(only, true);
    for (const { slot, other } of this.space.pairsOf(part)) {
      const known = others.get(other);
      if (known === undefined || !this.isSigned(other)) continue;
      const alike = this.ledger.get(slot) === 1;
      if (known) return alike;
      if (alike) return false;
    }
    return this.oracle.ask((firstSize + signed.index) * epochs, `same ${part}`, 2) === 1;
  }

  private isSigned(part: string): boolean {
    const signed = this.space.slot('signed', part);
    return signed !== undefined && this.ledger.get(signed.index) === 1;
  }
}
