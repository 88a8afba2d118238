import { MOST_FOUND, type OwnAsking } from '../../../cases/case-lists.ts';
import type { Asked } from './desk-query.ts';

/** Whoever has more cases than this finds the newest of them. */
const MOST_OWN = 2_000;
const MOST = MOST_FOUND + 1;

type Filters = Omit<OwnAsking, 'page' | 'size' | 'also'>;

/** The newest of theirs that stand in the list, those that fit; `$1` whose. */
function fitting({ whose, list, number, workflow, status, from, before }: Filters): Asked {
  const values: unknown[] = [whose.owner ?? whose.company];
  const add = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const column = whose.owner === undefined ? 'company' : 'owner';
  const where = [
    ...(list === '' ? [] : [`lists @> ARRAY[${add(list, 'text')}]`]),
    ...(number === '' ? [] : [`strpos(number, ${add(number, 'text')}) > 0`]),
    ...(workflow === '' ? [] : [`workflow = ${add(workflow, 'text')}`]),
    ...(status === '' ? [] : [`label = ${add(status, 'text')}`]),
    ...(from === null ? [] : [`created_at >= ${add(from, 'bigint')}`]),
    ...(before === null ? [] : [`created_at < ${add(before, 'bigint')}`]),
  ];
  const theirs = `SELECT id, number, created_at, workflow, release, label, lists FROM cases
    WHERE ${column} = $1 AND form IS NOT NULL ORDER BY created_at DESC, number DESC LIMIT ${MOST_OWN}`;
  return {
    sql: `SELECT * FROM (${theirs}) t${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}
    ORDER BY created_at DESC, number DESC LIMIT ${MOST}`,
    values,
  };
}

/** A page, newest first, with how many there are (`MOST_FOUND` + 1: more). */
export function pageOfOwn(asking: OwnAsking): Asked {
  const { sql, values } = fitting(asking);
  const { page, size } = asking;
  return {
    sql: `
  WITH found AS (SELECT id, row_number() OVER (ORDER BY created_at DESC, number DESC) AS n FROM (${sql}) f),
  counted AS (SELECT count(*)::integer AS total FROM found),
  page AS (
    SELECT * FROM found ORDER BY n LIMIT ${size}
    OFFSET least($${values.length + 1}::integer, greatest(0, (least((SELECT total FROM counted), ${MOST_FOUND}) - 1) / ${size} * ${size}))
  )
  SELECT counted.total, page.n, c.id, c.entry
  FROM counted LEFT JOIN page ON true LEFT JOIN cases c ON c.id = page.id ORDER BY page.n`,
    values: [...values, (page - 1) * size],
  };
}

/** All of them that are found, with what a list shows. */
export function filteredOwn(asking: OwnAsking): Asked {
  const { sql, values } = fitting(asking);
  return {
    sql: `SELECT c.id, c.entry FROM (${sql}) f JOIN cases c ON c.id = f.id ORDER BY f.created_at DESC, f.number DESC`,
    values,
  };
}

/** What a filter of their list can be set to. */
export function choicesOfOwn({ whose, list }: OwnAsking): Asked {
  const none = { number: '', workflow: '', status: '', from: null, before: null };
  const { sql, values } = fitting({ whose, list, ...none });
  return { sql: `SELECT DISTINCT ON (workflow, label) label, workflow, release FROM (${sql}) f`, values };
}
