import { MOST_FOUND } from '../../../cases/case-lists.ts';
import {
  type Add,
  type Asked,
  type DeskQuery,
  guards,
  idOf,
  keyed,
  MOST,
  next,
  pairOf,
  pairs,
  rolesOf,
  sorting,
  tableOf,
  valued,
} from './desk-query.ts';

/** Of what presses, those that are late the longest, or next, in each queue. */
export const MOST_PRESSING = 300;

/** How many are found at most. */
export const mostOf = ({ pressing }: Pick<DeskQuery, 'pressing'>): number =>
  pressing === '' ? MOST_FOUND : MOST_PRESSING;

/** Tasks of one role in one case that differ in who may do them. */
const ROWS_OF_A_CASE = 2;

export interface Place {
  readonly offset: number;
  readonly size: number;
}

/**
 * The first rows of all pairs in the order of the index. Each pair has a part of its own that is sorted as it is read, and
 * they are merged as far as needed: of a page far behind the others, too, the database looks at as many rows as stand before it.
 * @param limit rows of each pair @param all rows altogether
 */
function merged(query: DeskQuery, add: Add, where: string, limit: number, all: number): string {
  const { index } = sorting(query);
  const columns = `${idOf(query)} AS id, ${COLUMNS[query.kind]}`;
  const parts = query.pairs.map(({ project, role }) => {
    const pair = `d.project = ${add(project, 'text')}${query.kind === 'every' ? '' : ` AND d.role = ${add(role, 'text')}`}`;
    return `(SELECT ${columns} FROM ${tableOf(query)} d WHERE ${pair} AND ${where} ORDER BY ${index} LIMIT ${limit})`;
  });
  if (parts.length === 0) parts.push(`(SELECT ${columns} FROM ${tableOf(query)} d WHERE false AND ${where})`);
  return `SELECT d.id, ${keyed(query)} FROM (
    SELECT * FROM (${parts.join('\n UNION ALL ')}) d ORDER BY ${index} LIMIT ${all}) d`;
}

/** By which they are sorted. */
const COLUMNS: { readonly [kind in DeskQuery['kind']]: string } = {
  task: 'd.prefer, d.rank, d.until, d.created_at, d.updated_at',
  seen: 'd.created_at, d.updated_at',
  every: 'd.created_at, d.updated_at',
};

/** Rows of one pair that press, those that are late the longest, or next, first. */
function pressingOf(query: DeskQuery, add: Add, where: string, limit: number): string {
  const now = add(query.now, 'bigint');
  if (query.pressing === 'warn')
    return `SELECT d.next_id AS id, ${keyed(query)} FROM ${next(query, now, where)} d ORDER BY d.next, d.next_id LIMIT ${limit}`;
  const columns = `${idOf(query)} AS id, ${keyed(query)}`;
  return `SELECT ${columns} FROM ${tableOf(query)} d
    WHERE ${pairOf(query)} AND ${where} AND d.late <= ${now} ORDER BY d.late LIMIT ${limit}`;
}

/**
 * Sealed entries of a page, in their order, with how many there are (`MOST_FOUND` + 1: more).
 * @param most how many of them are needed, where somebody else knows how many there are; else all are counted
 */
export function pageOfDesk(query: DeskQuery, place: Place, most: number | null): Asked {
  const { values, add } = valued();
  const where = guards(query, add);
  const given = pairs(query, add);
  const parts = [];
  if (query.mine) parts.push(claimed(query, add, where));
  else if (query.pressing !== '')
    parts.push(`SELECT t.* FROM pairs p CROSS JOIN LATERAL (${pressingOf(query, add, where, MOST_PRESSING + 1)}) t`);
  else {
    // Several tasks of a case may stand in a queue one behind the other; and a case in the queues of several roles.
    const limit = Math.min(most ?? MOST, MOST) * (query.kind === 'task' ? ROWS_OF_A_CASE : 1);
    parts.push(merged(query, add, where, limit, limit * rolesOf(query)));
    // However far behind in its queue.
    if (query.kind === 'task' && query.order === '') parts.push(known(add(query.person, 'text'), where));
  }
  return {
    sql: paged(`${given}, found AS (${parts.join(' UNION ALL ')})`, add, place, mostOf(query)),
    values,
  };
}

const known = (me: string, where: string): string => `
  (SELECT d.case_id, 0::bigint, d.until, d.updated_at FROM desk_rows d
    WHERE d.prefer = ${me} AND d.prefer <> '' AND ${where} AND (d.project, d.role) IN (SELECT * FROM pairs) LIMIT ${MOST})`;

/** Of which one is already somebody's: few. */
function claimed(query: DeskQuery, add: Add, where: string): string {
  return `SELECT d.case_id AS id, ${keyed(query)} FROM mine d
    WHERE ${where} AND ${pressing(query, add)}
      AND (d.project, d.role) IN (SELECT * FROM pairs)`;
}

function pressing({ pressing: which, now }: DeskQuery, add: Add): string {
  if (which === '') return 'true';
  const at = add(now, 'bigint');
  return which === 'late' ? `d.late <= ${at}` : `d.warn <= ${at} AND d.late > ${at}`;
}

/** @param found a row `found` for each row of a case, with its sorting */
function paged(found: string, add: Add, { offset, size }: Place, most: number): string {
  const last = `greatest(0, (least((SELECT total FROM counted), ${most}) - 1) / ${size} * ${size})`;
  return `
  WITH ${found},
  ordered AS (
    SELECT id, row_number() OVER (ORDER BY min(k0), min(k1), min(k2), id) AS n FROM found GROUP BY id
  ),
  counted AS (SELECT least(count(*), ${most + 1})::integer AS total FROM ordered),
  page AS (SELECT * FROM ordered ORDER BY n OFFSET least(${add(offset, 'integer')}, ${last}) LIMIT ${size})
  SELECT counted.total, page.n, c.id, c.entry
  FROM counted LEFT JOIN page ON true LEFT JOIN cases c ON c.id = page.id ORDER BY page.n`;
}

/** Cases that hold what is searched for, of those that the query has. */
export function searchOfDesk(
  query: DeskQuery,
  words: { readonly number: string; readonly key: string | null },
  place: Place,
): Asked {
  const { values, add } = valued();
  const where = guards(query, add);
  const number = words.number.replace(/[\\%_]/g, '\\$&');
  const parts =
    number === ''
      ? []
      : [
          `(SELECT id FROM cases WHERE number LIKE ${add(`${number}%`, 'text')} ORDER BY number DESC LIMIT ${MOST})`,
          `(SELECT id FROM cases WHERE reverse(number) COLLATE "C" LIKE ${add(`${turned(words.number)}%`, 'text')} LIMIT ${MOST})`,
        ];
  if (words.key !== null) {
    const key = add(words.key, 'text');
    parts.push(`(SELECT case_id FROM case_keys WHERE keys @> ARRAY[${key}] LIMIT ${MOST})`);
    parts.push(`(SELECT id FROM cases WHERE about = ${key} ORDER BY created_at DESC, number DESC LIMIT ${MOST})`);
  }
  if (parts.length === 0) parts.push('SELECT NULL::text WHERE false');
  const found = `held AS MATERIALIZED (${parts.join(' UNION ')}),
  found AS (
    SELECT d.* FROM held h (id), LATERAL (
      SELECT ${idOf(query)} AS id, ${keyed(query)} FROM ${tableOf(query)} d, pairs p
      WHERE ${idOf(query)} = h.id AND ${pairOf(query)} AND ${where} AND ${pressing(query, add)}
    ) d
  )`;
  return { sql: paged(`${pairs(query, add)}, ${found}`, add, place, mostOf(query)), values };
}

const turned = (number: string): string =>
  [...number]
    .reverse()
    .join('')
    .replace(/[\\%_]/g, '\\$&');
