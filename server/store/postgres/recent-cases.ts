import { fixed } from '../fixed.ts';
import type { Kept } from '../listing.ts';
import { MOST_REMEMBERED, Recent } from '../recent.ts';
import type { CaseDocument } from '../store.ts';

/** Cases of which the document itself is kept, too. */
const MOST = 256;

export interface Versioned {
  readonly version: number;
  readonly document: CaseDocument;
  readonly kept: Kept;
  /** What searches find it by, as it was written with this version; absent where nobody knows. */
  readonly keys?: readonly string[];
}

interface Whole extends Versioned {
  /** Of its journal, as they were written; nothing of a case that was read. */
  readonly entries: readonly string[];
}

/**
 * Cases that were written or read a short while ago. Whoever wants a document of their own gets it out of its text; all
 * others get the one that was written, which nobody changes (it is frozen).
 */
export class RecentCases {
  readonly #texts = new Recent<string>(MOST_REMEMBERED);
  /** Oldest use first. */
  readonly #wholes = new Map<string, Whole>();

  /** For whoever may do with it what they like. */
  read(id: string): Versioned | null {
    const known = this.#texts.get(id);
    return known === undefined ? null : (JSON.parse(known) as Versioned);
  }

  /** For whoever changes nothing in it. */
  look(id: string): Versioned | null {
    const whole = this.#wholes.get(id);
    if (whole === undefined) return this.read(id);
    this.#wholes.delete(id);
    this.#wholes.set(id, whole);
    return whole;
  }

  /**
   * What it is to be remembered as, once it is durable.
   * @param body the document as JSON, without its journal @param before what was looked at to make it
   */
  entry(versioned: Versioned, body: string, before: Versioned | null): Entry {
    const { version, kept, document, keys } = versioned;
    const known = before && 'entries' in before ? (before as Whole) : null;
    const entries = document.journal.map((entry, n) => {
      const text = known && entry === known.document.journal[n] ? known.entries[n] : undefined;
      return text ?? JSON.stringify(entry);
    });
    const text = `{"version":${version},"kept":${JSON.stringify(kept)},"document":${body.slice(0, -1)},"journal":[${entries.join(',')}]}}`;
    const whole = fixed(document, known?.document) ? { version, kept, document, entries, ...(keys && { keys }) } : null;
    return { text, whole };
  }

  set(id: string, { text, whole }: Entry): void {
    this.drop(id);
    this.#texts.set(id, text, text.length);
    if (whole) this.#keep(id, whole);
  }

  /** What was read. Somebody may have written it since: only for whoever asks about its version. */
  found(id: string, versioned: Versioned): void {
    this.drop(id);
    if (fixed(versioned.document)) this.#keep(id, { ...versioned, entries: [] });
  }

  #keep(id: string, whole: Whole): void {
    this.#wholes.set(id, whole);
    const [oldest] = this.#wholes.keys();
    if (this.#wholes.size > MOST && oldest !== undefined) this.#wholes.delete(oldest);
  }

  drop(id: string): void {
    this.#texts.drop(id);
    this.#wholes.delete(id);
  }

  /** Unless it was written here meanwhile. */
  forget(id: string, version: number): void {
    const isOf = this.#wholes.get(id)?.version === version;
    if (isOf || this.#texts.get(id)?.startsWith(`{"version":${version},`)) this.drop(id);
  }
}

interface Entry {
  readonly text: string;
  /** Null where it is not exactly what is read out of the text. */
  readonly whole: Whole | null;
}
