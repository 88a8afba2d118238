import type { Sealer } from './sensitive.ts';

/** Cases whose values are kept. */
const MOST = 256;

interface Known {
  readonly plain: string;
  readonly sealed: string;
}

/**
 * What values of the cases that are being worked on look like sealed. A step changes one or two of twenty values: the
 * others need not be opened two times and sealed anew. What a document no longer holds is forgotten with its next writing.
 */
export class KnownSeals {
  readonly #isCurrent: (sealed: string) => boolean;
  /** Oldest use first. */
  readonly #cases = new Map<string, Map<string, Known>>();

  /** @param isCurrent whether it is sealed under the key that seals now: nothing else may stand as it is */
  constructor(isCurrent: (sealed: string) => boolean) {
    this.#isCurrent = isCurrent;
  }

  /** For opening a whole document. */
  opening(caseId: string, sealer: Sealer): Sealer['open'] {
    const known = this.#use(caseId);
    return (sealed, path) => {
      const entry = known.get(path);
      if (entry?.sealed === sealed) return entry.plain;
      const plain = sealer.open(sealed, path);
      known.set(path, { plain, sealed });
      return plain;
    };
  }

  /** For sealing a whole document. */
  sealing(caseId: string, sealer: Sealer): Sealer['seal'] {
    const before = this.#use(caseId);
    const known = new Map<string, Known>();
    this.#cases.set(caseId, known);
    return (plain, path) => {
      const entry = before.get(path);
      const keeps = entry?.plain === plain && this.#isCurrent(entry.sealed);
      const sealed = keeps ? entry.sealed : sealer.seal(plain, path);
      known.set(path, { plain, sealed });
      return sealed;
    };
  }

  #use(caseId: string): Map<string, Known> {
    const known = this.#cases.get(caseId) ?? new Map<string, Known>();
    this.#cases.delete(caseId);
    this.#cases.set(caseId, known);
    const [oldest] = this.#cases.keys();
    if (this.#cases.size > MOST && oldest !== undefined) this.#cases.delete(oldest);
    return known;
  }
}
