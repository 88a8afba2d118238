import { MOST_COUNTED } from '../../../../engine/contract/routes.ts';
import {
  type Asked,
  type DeskQuery,
  guards,
  idOf,
  MOST,
  next,
  pairOf,
  pairs,
  rolesOf,
  tableOf,
  valued,
} from './desk-query.ts';

const COUNTED = MOST_COUNTED + 1;

/** How many cases there are in each project, how many press and are late; each up to `MOST_COUNTED` + 1. */
export function countsOfDesk(query: DeskQuery): Asked {
  const { values, add } = valued();
  const where = guards(query, add);
  const now = add(query.now, 'bigint');
  // Which of them is all the same; in the order of an index, where several rows of a case stand together, or the table might
  // be read from one end to the other for a few.
  const some = (key: string, rows: string, id = idOf(query)): string =>
    `pairs p CROSS JOIN LATERAL (SELECT DISTINCT ${key}, ${id} AS id FROM ${rows} ORDER BY ${key}, id LIMIT ${COUNTED}) t`;
  // Nobody looks into the queues behind the one with which there are enough.
  const any = (rows: string): string =>
    `SELECT count(DISTINCT a.id) AS count FROM (SELECT t.id FROM ${rows} LIMIT ${COUNTED * rolesOf(query)}) a`;
  const table = `${tableOf(query)} d WHERE ${pairOf(query)} AND ${where}`;
  const all = query.mine
    ? `SELECT d.project, count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) GROUP BY d.project`
    : `SELECT p.project, least(count(DISTINCT t.id), ${COUNTED})::integer AS count FROM ${some('d.created_at', table)}
      GROUP BY p.project`;
  const late = query.mine
    ? `SELECT count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) AND d.late <= ${now}`
    : any(some('d.late', `${table} AND d.late <= ${now}`));
  const warn = query.mine
    ? `SELECT count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) AND d.warn <= ${now} AND d.late > ${now}`
    : any(some('d.next', `${next(query, now, where)} d`, 'd.next_id'));
  return {
    sql: `WITH ${pairs(query, add)}
  SELECT 'project' AS what, a.project, a.count,
    (SELECT release FROM cases c WHERE c.project = a.project AND c.form IS NOT NULL ORDER BY c.updated_at DESC LIMIT 1) AS release
  FROM (${all}) a
  UNION ALL SELECT 'late', NULL, least(coalesce(sum(l.count), 0), ${COUNTED})::integer, NULL FROM (${late}) l
  UNION ALL SELECT 'warn', NULL, least(coalesce(sum(w.count), 0), ${COUNTED})::integer, NULL FROM (${warn}) w`,
    values,
  };
}

/** How many there are in these queues, up to `MOST_FOUND` + 1; one look for all of them. */
export function totalOfDesk(query: DeskQuery): Asked {
  const { values, add } = valued();
  const where = guards(query, add);
  const rows = `SELECT DISTINCT d.created_at, ${idOf(query)} AS id FROM ${tableOf(query)} d WHERE ${pairOf(query)} AND ${where}
    ORDER BY d.created_at, id LIMIT ${MOST}`;
  // Where one queue alone has more than are counted, nobody looks into the others.
  return {
    sql: `WITH ${pairs(query, add)}
  SELECT coalesce(
    (SELECT ${MOST} FROM pairs p CROSS JOIN LATERAL (SELECT count(*) AS n FROM (${rows}) r) t WHERE t.n = ${MOST} LIMIT 1),
    (SELECT least(count(DISTINCT id), ${MOST})::integer
      FROM (SELECT t.id FROM pairs p CROSS JOIN LATERAL (${rows}) t LIMIT ${MOST * rolesOf(query)}) t)) AS total`,
    values,
  };
}

/** Roles and projects of which there are rows, by looking from one to the next. */
export const PAIRS = `
  WITH RECURSIVE found AS (
    (SELECT project, role FROM desk_rows WHERE kind = $1 ORDER BY project, role LIMIT 1)
    UNION ALL
    SELECT n.project, n.role FROM found f, LATERAL (
      SELECT project, role FROM desk_rows WHERE kind = $1 AND (project, role) > (f.project, f.role) ORDER BY project, role LIMIT 1
    ) n
  ) SELECT * FROM found`;

/** Projects of which there are cases, in the same way. */
export const PROJECTS = `
  WITH RECURSIVE found AS (
    (SELECT project FROM cases ORDER BY project LIMIT 1)
    UNION ALL
    SELECT n.project FROM found f, LATERAL (
      SELECT project FROM cases WHERE project > f.project ORDER BY project LIMIT 1
    ) n
  ) SELECT project, '' AS role FROM found`;
