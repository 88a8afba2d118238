import type { CourseMark } from '../../engine/index.ts';
import type { CaseLists } from '../cases/case-lists.ts';
import type { Dues } from '../cases/dues.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import type { Counted } from '../reports/counted.ts';
import type { Counts } from '../reports/rollup.ts';

/** What a store keeps beside a case that answers lists itself. Nothing of a person but what is sealed or a keyed hash. */
export interface Beside {
  /** By which rules it was described; another form is described anew. */
  readonly form: string;
  /** What a list shows, sealed. */
  readonly entry: string;
  readonly owner: string;
  readonly company: string | null;
  readonly workflow: string;
  readonly release: string;
  readonly label: string;
  readonly lists: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly warn: number | null;
  readonly late: number | null;
  readonly watch: number | null;
  /** Blind key of what it is about; null where it is about nothing. */
  readonly about: string | null;
  /** Blind keys of what was typed. */
  readonly keys: readonly string[];
  readonly rows: readonly DeskRow[];
  /** How far its journal is counted, and what was counted since. */
  readonly course: CourseMark;
  readonly counted: readonly Counted[];
}

/** A case in a queue of the desk. */
export interface DeskRow {
  readonly kind: 'task' | 'seen';
  readonly role: string;
  readonly onlyBy: string;
  readonly notBy: readonly string[];
  readonly prefer: string;
  readonly claimed: boolean;
  readonly rank: 1 | 2;
  readonly until: number;
}

/** What such a store has of a case, for whoever describes it again. */
export interface Kept {
  readonly course: CourseMark | null;
}

/** What a store offers that answers lists itself. */
export interface Listing {
  /** @param open entries of this form; others are not known yet */
  lists(form: string, open: (id: string, sealed: string) => IndexEntry): CaseLists;
  counts(): Counts;
  /** Ids of cases that are described otherwise or not at all. Those that are described meanwhile may be among them. */
  undescribed(form: string): AsyncIterable<string>;
  /** What lists show of a case, as it lies there. */
  sealed(id: string): Promise<string | null>;
  /** Cases with something to do by this time; `outbox` of all that wait for others. */
  dues(until: number): AsyncIterable<{ readonly id: string; readonly dues: Dues }>;
}
