import { MOST_COUNTED } from '../../../../engine/contract/routes.ts';
import type { Person } from '../../../accounts/accounts.ts';
import {
  type CaseLists,
  type DeskAsking,
  type DeskFound,
  type Found,
  MOST_FOUND,
  type OwnAsking,
  type OwnFound,
} from '../../../cases/case-lists.ts';
import type { IndexEntry } from '../../../cases/index-of-cases.ts';
import { isSeenAtDesk, staffRoles } from '../../../policies/case-access.ts';
import { holds } from '../../../policies/roles.ts';
import type { Database } from '../database.ts';
import { countsOfDesk, PAIRS, PROJECTS, totalOfDesk } from './desk-counts-sql.ts';
import type { Asked, DeskQuery } from './desk-query.ts';
import { mostOf, pageOfDesk, searchOfDesk } from './desk-sql.ts';
import { choicesOfOwn, filteredOwn, pageOfOwn } from './own-sql.ts';
import * as sql from './plain-sql.ts';

interface Row {
  readonly id: string | null;
  readonly entry: string | null;
  readonly [column: string]: unknown;
}
interface Counted extends Row {
  readonly total: number;
}

/** Cases that are looked at when others about the same are asked for. */
const ALIKE = 200;
/** Cases that are looked at for those that wait too long: those that have waited longest. */
const WAITING = 300;
/** Cases that are read at once. */
const PAGE = 500;

/** Lists out of the columns beside each case. */
export class PostgresLists implements CaseLists {
  readonly finds = 'ends';
  readonly #database: Database;
  readonly #form: string;
  readonly #opened: (id: string, sealed: string) => IndexEntry;

  constructor(database: Database, form: string, open: (id: string, sealed: string) => IndexEntry) {
    this.#database = database;
    this.#form = form;
    this.#opened = open;
  }

  async get(id: string): Promise<IndexEntry | null> {
    return (await this.many([id])).get(id) ?? null;
  }

  async many(ids: readonly string[]): Promise<ReadonlyMap<string, IndexEntry>> {
    if (ids.length === 0) return new Map();
    return new Map((await this.#entries(sql.MANY, [ids, this.#form])).map((entry) => [entry.id, entry]));
  }

  async numbered(numbers: readonly string[]): Promise<ReadonlyMap<string, IndexEntry>> {
    if (numbers.length === 0) return new Map();
    return new Map((await this.#entries(sql.NUMBERED, [numbers, this.#form])).map((entry) => [entry.number, entry]));
  }

  ownedBy(person: string, most?: number): Promise<readonly IndexEntry[]> {
    return this.#entries(sql.OWNED, [person, this.#form, most ?? null]);
  }

  async own(asking: OwnAsking): Promise<OwnFound> {
    const [found, choices] = await Promise.all([this.#own(asking), this.#read<Choice>(choicesOfOwn(asking))]);
    const workflows = new Map(choices.map(({ workflow, release }) => [workflow, release]));
    return {
      ...found,
      labels: [...new Set(choices.map(({ label }) => label))].filter((label) => label !== '').sort(),
      workflows: [...workflows].map(([id, release]) => ({ id, release })),
    };
  }

  async #own(asking: OwnAsking): Promise<Found> {
    const { also, page, size } = asking;
    if (also === undefined) return this.#found(await this.#read<Counted>(pageOfOwn(asking)), asking);
    // What stands sealed is looked through case by case.
    const fitting: IndexEntry[] = [];
    for (const entry of this.#open(await this.#read<Row>(filteredOwn(asking))))
      if (await also(entry)) fitting.push(entry);
    const pages = Math.max(1, Math.ceil(fitting.length / size));
    const place = Math.min(page, pages);
    const entries = fitting.slice((place - 1) * size, place * size);
    return { entries, total: fitting.length, more: false, page: place, pages };
  }

  async desk(asking: DeskAsking): Promise<DeskFound> {
    const all = await this.#query(asking);
    const query = { ...all, pairs: all.pairs.filter(({ project }) => ['', project].includes(asking.project)) };
    const { page, size, words, pressing } = asking;
    // What presses is sorted among all that does, what is searched for among all that is found.
    const isPlain = words === null && pressing === '' && !query.mine;
    const place = { offset: (page - 1) * size, size };
    // A page behind the last one is the last one.
    const [counts, known, rows] = await Promise.all([
      this.#counts(all),
      isPlain ? this.#total(query) : null,
      this.#read<Counted>(
        words === null
          ? pageOfDesk(query, place, isPlain ? place.offset + size : null)
          : searchOfDesk(query, words, place),
      ),
    ]);
    const capped = (count: number): number => Math.min(count, MOST_COUNTED);
    const projects = counts.projects.map((one) => ({ ...one, count: capped(one.count) }));
    return {
      ...this.#found(known === null ? rows : rows.map((row) => ({ ...row, total: known })), asking, mostOf(query)),
      projects: projects.sort((one, other) => other.count - one.count),
      pressing: { warn: capped(counts.warn), late: capped(counts.late) },
    };
  }

  async #total(query: DeskQuery): Promise<number> {
    const [row] = await this.#read<{ total: number }>(totalOfDesk(query));
    return row?.total ?? 0;
  }

  async #counts(query: DeskQuery): Promise<DeskCounts> {
    const rows = await this.#read<{ what: string; project: string; count: number | null; release: string }>(
      countsOfDesk(query),
    );
    const count = (which: string): number => rows.find(({ what }) => what === which)?.count ?? 0;
    const projects = rows.flatMap(({ what, project, release, count }) =>
      what === 'project' && count ? [{ id: project, release, count }] : [],
    );
    return { projects, warn: count('warn'), late: count('late') };
  }

  async alike(entry: IndexEntry, person: Person, most: number): Promise<Found> {
    const entries = await this.#entries(sql.ALIKE, [entry.id, this.#form, ALIKE]);
    const seen = entries.filter((one) => isSeenAtDesk(person, one));
    return {
      entries: seen.slice(0, most),
      total: seen.length,
      more: entries.length === ALIKE,
      page: 1,
      pages: Math.max(1, Math.ceil(seen.length / most)),
    };
  }

  async claimed(person: Person) {
    const pairs = holds(person.grants, 'auditor') ? null : await this.#pairs(person, 'seen');
    const projects = pairs && [...new Set(pairs.map(({ project }) => project))];
    const entries = await this.#entries(sql.CLAIMED, [projects, this.#form, MOST_FOUND + 1]);
    const seen = entries.slice(0, MOST_FOUND).filter((entry) => isSeenAtDesk(person, entry));
    return { entries: seen, more: entries.length > MOST_FOUND };
  }

  waiting(projects: readonly string[], now: number): Promise<readonly IndexEntry[]> {
    return this.#entries(sql.WAITING, [projects, this.#form, now, WAITING]);
  }

  changed(
    projects: readonly string[],
    since: number,
    after: { readonly at: number; readonly id: string } | null,
    most: number,
  ): Promise<readonly IndexEntry[]> {
    const from = after === null || after.at < since ? { at: since, id: '' } : after;
    return this.#entries(sql.CHANGED, [projects, this.#form, from.at, from.id, most]);
  }

  async *open(project: string, except: string): AsyncIterable<IndexEntry> {
    for (let after = ''; ; ) {
      const entries = await this.#entries(sql.OPEN, [project, this.#form, except, after, PAGE]);
      yield* entries;
      const last = entries.at(-1);
      if (last === undefined || entries.length < PAGE) return;
      after = last.id;
    }
  }

  async standing(project: string, release: string | null, now: number) {
    const rows = await this.#database.read<{ label: string; count: number; older: number }>('lists', sql.STANDING, [
      project,
      release ?? '',
    ]);
    const [pressing] = await this.#database.read<{ warn: number; late: number }>('lists', sql.PRESSING, [project, now]);
    const sum = (of: 'count' | 'older'): number => rows.reduce((sum, row) => sum + row[of], 0);
    return {
      open: sum('count'),
      older: sum('older'),
      warn: pressing?.warn ?? 0,
      late: pressing?.late ?? 0,
      labels: rows.map(({ label, count }) => ({ label, count })),
    };
  }

  async count(): ReturnType<CaseLists['count']> {
    const [row] = await this.#database.read<{ cases: string; estimated: boolean }>('lists', sql.COUNT, []);
    return { cases: Number(row?.cases ?? 0), estimated: row?.estimated ?? false };
  }

  /** Roles that this person holds, by the projects in which there are cases for them. */
  async #pairs(person: Person, kind: string): Promise<DeskQuery['pairs']> {
    const there = await this.#database.read<{ project: string; role: string }>('lists', PAIRS, [kind]);
    return there.filter(({ project, role }) => staffRoles(person, project).includes(role));
  }

  async #query({ person, view, pressing, order, now }: DeskAsking): Promise<DeskQuery> {
    const sees = view === 'all' && holds(person.grants, 'auditor');
    const kind = sees ? 'every' : view === 'all' ? 'seen' : 'task';
    const pairs = sees
      ? await this.#database.read<{ project: string; role: string }>('lists', PROJECTS, [])
      : await this.#pairs(person, kind);
    const companies = person.companies.map(({ company }) => company);
    return { kind, mine: view === 'mine', pairs, person: person.id, companies, pressing, order, now };
  }

  #read<R extends Row | Choice | { [column: string]: unknown }>({ sql: text, values }: Asked): Promise<readonly R[]> {
    return this.#database.read<R & { [column: string]: unknown }>('lists', text, values);
  }

  async #entries(text: string, values: readonly unknown[]): Promise<readonly IndexEntry[]> {
    return this.#open(await this.#database.read<Row>('lists', text, values));
  }

  #open(rows: readonly Row[]): readonly IndexEntry[] {
    return rows.flatMap(({ id, entry }) => (id === null || entry === null ? [] : [this.#opened(id, entry)]));
  }

  #found(
    rows: readonly Counted[],
    { page, size }: { readonly page: number; readonly size: number },
    most = MOST_FOUND,
  ): Found {
    const counted = rows[0]?.total ?? 0;
    const total = Math.min(counted, most);
    const pages = Math.max(1, Math.ceil(total / size));
    return { entries: this.#open(rows), total, more: counted > most, page: Math.min(page, pages), pages };
  }
}

interface DeskCounts {
  readonly projects: DeskFound['projects'];
  readonly warn: number;
  readonly late: number;
}

interface Choice {
  readonly label: string;
  readonly workflow: string;
  readonly release: string;
}
