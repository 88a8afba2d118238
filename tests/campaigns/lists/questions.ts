import type pg from 'pg';
import type { CaseLists, DeskAsking, OwnAsking } from '../../../server/cases/case-lists.ts';
import type { IndexEntry } from '../../../server/cases/index-of-cases.ts';
import { PostgresLists } from '../../../server/store/postgres/lists/case-lists.ts';
import { CELLS, DUES, UNDESCRIBED } from '../../../server/store/postgres/lists/plain-sql.ts';
import { testCrypto } from '../../support/accounts.ts';
import { someone } from '../../support/many-entries.ts';
import { FORM, NOW } from './fill.ts';

/** What was said to the database. */
export interface Said {
  readonly sql: string;
  readonly values: readonly unknown[];
}

export interface Asked {
  readonly lists: CaseLists;
  read(sql: string, values: readonly unknown[]): Promise<readonly { readonly [column: string]: unknown }[]>;
  /** Statements since this was called last. */
  said(): readonly Said[];
  /** The same, and they stay. */
  last(): readonly Said[];
}

/** Lists of a database that was filled; opening an entry takes as long as a sealed one does. */
export function asking(client: pg.ClientBase | pg.Pool): Asked {
  let said: Said[] = [];
  const crypto = testCrypto();
  const sealed = crypto.sealText('document', 'x'.repeat(900), 'place');
  const database = {
    async read(_: string, sql: string, values: readonly unknown[]) {
      said.push({ sql, values });
      return (await client.query(sql, [...values])).rows;
    },
  };
  const open = (_: string, text: string): IndexEntry => {
    crypto.openText('document', sealed, 'place');
    const { roles, ...entry } = JSON.parse(text) as IndexEntry & { roles: string[] };
    return { ...entry, roles: new Set(roles) };
  };
  return {
    lists: new PostgresLists(database as never, FORM, open),
    read: (sql, values) => database.read('', sql, values),
    last: () => said,
    said() {
      const all = said;
      said = [];
      return all;
    },
  };
}

const reviewer = someone('staff7', [{ role: 'reviewer', projects: null }]);
const both = someone('staff8', [
  { role: 'reviewer', projects: ['p0', 'p1', 'p2'] },
  { role: 'finance', projects: null },
]);
const auditor = someone('auditor', [{ role: 'auditor', projects: null }]);
const nobody: OwnAsking = {
  ...{ whose: { owner: 'agent' }, list: '', number: '', workflow: '', status: '', from: null, before: null },
  ...{ page: 1, size: 10 },
};
const queue: DeskAsking = {
  ...{ person: reviewer, view: 'open', project: '', words: null, pressing: '', order: '' },
  ...{ now: NOW, page: 1, size: 20 },
};

type Question = (asked: Asked) => Promise<unknown>;
const own =
  (more: Partial<OwnAsking>): Question =>
  ({ lists }) =>
    lists.own({ ...nobody, ...more });
const desk =
  (more: Partial<DeskAsking>): Question =>
  ({ lists }) =>
    lists.desk({ ...queue, ...more });
const searched = (number: string, key: string | null) => ({ number, about: number, key });

/** Every page of every kind. What they read grows with the page, not with the hall. */
export const PAGES: { readonly [name: string]: Question } = {
  'own cases': own({ whose: { owner: 'o77' } }),
  'own cases of an agent': own({}),
  'own cases of an agent, page 30': own({ page: 30 }),
  'own cases of an agent, by list, status, process': own({ list: 'done', status: 'label 3', workflow: 'w1' }),
  'own cases of an agent, by number': own({ number: '7919' }),
  'own cases of an agent, by dates': own({ from: NOW - 86_400_000 * 60, before: NOW - 86_400_000 * 30 }),
  'cases of a company': own({ whose: { company: 'company' } }),
  'queue, the most urgent first': desk({}),
  'queue, page 40': desk({ page: 40 }),
  'queue of two roles': desk({ person: both }),
  'queue, the oldest first': desk({ order: 'age' }),
  'queue of a project': desk({ project: 'p2' }),
  'queue, what presses': desk({ pressing: 'warn' }),
  'queue, what is late': desk({ pressing: 'late' }),
  'my tasks': desk({ view: 'mine' }),
  'all that I may see': desk({ view: 'all' }),
  'all that two roles may see, the oldest first': desk({ view: 'all', person: both, order: 'age' }),
  'all, for an auditor': desk({ view: 'all', person: auditor }),
  'all of a project, for an auditor, late': desk({ view: 'all', person: auditor, project: 'p1', pressing: 'late' }),
  'search by beginning of a number': desk({ view: 'all', words: searched('01626010107919', 'none') }),
  'search by end of a number': desk({ view: 'all', words: searched('47514', 'none') }),
  'search by a name': desk({ view: 'all', words: searched('', 'name 77') }),
  'search, for an auditor': desk({ view: 'all', person: auditor, words: searched('', 'phone 77') }),
  'search for nothing': desk({ view: 'all', words: searched('zz', 'nothing') }),
  'others about the same': async ({ lists, read }) => {
    const [row] = await read('SELECT id FROM cases ORDER BY id LIMIT 1', []);
    return lists.alike({ id: String(row?.id) } as IndexEntry, reviewer, 20);
  },
  'waiting too long': ({ lists }) => lists.waiting(['p0', 'p1', 'p2', 'p3', 'p4'], NOW),
  'a portal: what changed': ({ lists }) => lists.changed(['p0', 'p3'], NOW - 30 * 86_400_000, null, 101),
  'a case by its number': ({ lists }) => lists.numbered(['01626010100007919']),
  'a report of thirty days': ({ read }) => read(CELLS, ['p0', '2026-12-17', '2027-01-15']),
  'what is due within the hour': ({ read }) => read(DUES, [NOW + 3_600_000, '', 5_000]),
  'what is not described yet': ({ read }) => read(UNDESCRIBED, [FORM, '', 5_000]),
};

/** These read as many rows of an index as cases of a project are open, or are asked for so many cases at once. */
export const OTHERS: { readonly [name: string]: Question } = {
  'claimed tasks': ({ lists }) => lists.claimed(reviewer),
  'how a project stands': ({ lists }) => lists.standing('p0', 'r1', NOW),
  'every message of an agent': ({ lists }) => lists.ownedBy('agent', 1_000),
};
