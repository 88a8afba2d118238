import type { DeskList } from '../../engine/contract/routes.ts';
import type { Person } from '../accounts/accounts.ts';
import type { IndexEntry } from './index-of-cases.ts';

/** From so many on a list says "more than": nobody turns to its hundredth page, and nobody counts a million rows for it. */
export const MOST_FOUND = 1_000;

/** A page of a list. */
export interface Found {
  readonly entries: readonly IndexEntry[];
  /** How many there are; where `more` stands, at least so many. */
  readonly total: number;
  readonly more: boolean;
  /** From 1; a number beyond the end is the last one. */
  readonly page: number;
  readonly pages: number;
}

export interface Place {
  readonly page: number;
  readonly size: number;
}

/** Cases that somebody has started, or that were started for a company. */
export type Whose =
  | { readonly owner: string; readonly company?: never }
  | { readonly company: string; readonly owner?: never };

export interface OwnAsking extends Place {
  readonly whose: Whose;
  /** A list that processes declare; empty = any. The other texts alike. */
  readonly list: string;
  /** Part of the number. */
  readonly number: string;
  readonly workflow: string;
  /** The label that the owner sees. */
  readonly status: string;
  /** Begun from this time on, and before that one; null = whenever. */
  readonly from: number | null;
  readonly before: number | null;
  /** What else has to hold, which only an open case tells; absent where nothing has to. */
  readonly also?: (entry: IndexEntry) => boolean | Promise<boolean>;
}

export interface OwnFound extends Found {
  /** Of all of theirs that stand in `list`, whatever the filter; of the newest `MOST_FOUND` where there are more. */
  readonly labels: readonly string[];
  readonly workflows: readonly { readonly id: string; readonly release: string }[];
}

export interface DeskAsking extends Place {
  readonly person: Person;
  readonly view: 'mine' | 'open' | 'all';
  /** Id of a project; empty = any. */
  readonly project: string;
  /** What is searched for, or null. */
  readonly words: SearchedFor | null;
  /** `warn`: the promise presses; `late`: it is broken. */
  readonly pressing: '' | 'warn' | 'late';
  /** `age`: whoever has waited longest first; otherwise the most urgent first, `all` the newest change first. */
  readonly order: '' | 'age';
  readonly now: number;
}

/** One of them is enough. */
export interface SearchedFor {
  /** Beginning or end of the number; empty where it can be none. In memory any part of it. */
  readonly number: string;
  /** What the case is about: whole; in memory any part of it. Lower case. */
  readonly about: string;
  /** Blind key of a short text in its forms (search-keys.ts), or null. */
  readonly key: string | null;
}

export interface DeskFound extends Found {
  /** Of the view, whatever the other filters; a database counts each up to `MOST_COUNTED`. The most first. */
  readonly projects: readonly { readonly id: string; readonly release: string; readonly count: number }[];
  readonly pressing: { readonly warn: number; readonly late: number };
}

/** See `DeskList`. */
type Finds = DeskList['finds'];

/** How the open cases of a project stand. */
export interface Standing {
  readonly open: number;
  /** Of them under another release than the one in force. */
  readonly older: number;
  /** Whose promise presses, and whose is broken. */
  readonly warn: number;
  readonly late: number;
  /** The most first. */
  readonly labels: readonly { readonly label: string; readonly count: number }[];
}

/**
 * What lists, queues, searches and policies ask of all cases. In memory it is an index of them; a database answers from
 * columns beside each case. Contract suite: tests/contract/case-lists.contract.ts.
 */
export interface CaseLists {
  /** Whether `desk` finds any part of a number or of what a case is about, or the ends of numbers and whole words. */
  readonly finds: Finds;
  get(id: string): Promise<IndexEntry | null>;
  /** Those of them that there are. */
  many(ids: readonly string[]): Promise<ReadonlyMap<string, IndexEntry>>;
  /** By their numbers. */
  numbered(numbers: readonly string[]): Promise<ReadonlyMap<string, IndexEntry>>;
  /** The newest of a person, at most so many. */
  ownedBy(person: string, most?: number): Promise<readonly IndexEntry[]>;
  own(asking: OwnAsking): Promise<OwnFound>;
  desk(asking: DeskAsking): Promise<DeskFound>;
  /** Cases about the same as this one that a person sees at the desk, the newest first. */
  alike(entry: IndexEntry, person: Person, most: number): Promise<Found>;
  /** Of which a task has been claimed, in the queues that this person sees; of more than `MOST_FOUND` those that have rested longest. */
  claimed(person: Person): Promise<{ readonly entries: readonly IndexEntry[]; readonly more: boolean }>;
  /** Open cases of these projects that may have waited too long by now, those that have waited longest first. */
  waiting(projects: readonly string[], now: number): Promise<readonly IndexEntry[]>;
  /** Of these projects by their last change, from a time on, and behind a case where one is named. */
  changed(
    projects: readonly string[],
    since: number,
    after: { readonly at: number; readonly id: string } | null,
    most: number,
  ): Promise<readonly IndexEntry[]>;
  /** All open cases of a project that go by another release than this one. */
  open(project: string, except: string): AsyncIterable<IndexEntry>;
  /** @param release the one in force */
  standing(project: string, release: string | null, now: number): Promise<Standing>;
  /** How many there are, or what a database believes where counting them would take too long. */
  count(): Promise<{ readonly cases: number; readonly estimated: boolean }>;
}
