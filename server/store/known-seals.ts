import type { Json } from '../../engine/model/json.ts';
import type { Sealer } from './sensitive.ts';

/** Cases whose values are kept. */
const MOST = 256;

interface Known {
  readonly plain: string;
  readonly sealed: string;
}

/** A part of a document as it was sealed. */
interface Part {
  /** Case and path, to which what is sealed in it is bound. */
  readonly place: string;
  readonly rules: Json | undefined;
  readonly sealed: Json;
  readonly known: readonly (readonly [path: string, known: Known])[];
}

/** Seals a document, part by part. */
export interface Sealing {
  readonly seal: Sealer['seal'];
  /**
   * Seals a part, which is frozen, by `make`, if it is not the very object that was sealed at this place by these rules
   * before: then it stands as it stood.
   */
  part(value: Json, path: string, rules: Json | undefined, make: () => Json): Json;
}

/**
 * What values of the cases that are being worked on look like sealed. A step changes one or two of twenty values: the
 * others need not be opened two times and sealed anew. What a document no longer holds is forgotten with its next writing.
 */
export class KnownSeals {
  readonly #isCurrent: (sealed: string) => boolean;
  /** Oldest use first. */
  readonly #cases = new Map<string, Map<string, Known>>();
  /** By what they are in the clear. */
  readonly #parts = new WeakMap<object, Part>();

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
  sealing(caseId: string, sealer: Sealer): Sealing {
    const before = this.#use(caseId);
    const known = new Map<string, Known>();
    this.#cases.set(caseId, known);
    /** Of the part that is being sealed. */
    let made: (readonly [string, Known])[] | null = null;
    const put = (path: string, entry: Known): void => {
      known.set(path, entry);
      made?.push([path, entry]);
    };
    return {
      seal: (plain, path) => {
        const entry = before.get(path);
        const keeps = entry?.plain === plain && this.#isCurrent(entry.sealed);
        const sealed = keeps ? entry.sealed : sealer.seal(plain, path);
        put(path, { plain, sealed });
        return sealed;
      },
      part: (value, path, rules, make) => {
        if (value === null || typeof value !== 'object') return make();
        const place = `${caseId}/${path}`;
        const part = this.#parts.get(value);
        // Sealed at one time: all of it under one key.
        const [first] = part?.known ?? [];
        if (part?.place === place && part.rules === rules && (!first || this.#isCurrent(first[1].sealed))) {
          for (const [at, entry] of part.known) put(at, entry);
          return part.sealed;
        }
        const all: (readonly [string, Known])[] = [];
        made = all;
        const sealed = make();
        made = null;
        this.#parts.set(value, { place, rules, sealed, known: all });
        return sealed;
      },
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
