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
  const id = idOf(query);
  // Which of them is all the same; in the order of an index, where several rows of a case stand together, or the table might
  // be read from one end to the other for a few.
  const per = (key: string, rows: string): string =>
    `SELECT p.project, least(count(DISTINCT t.id), ${COUNTED})::integer AS count FROM pairs p CROSS JOIN LATERAL (
      SELECT DISTINCT ${key}, ${id} AS id FROM ${rows} ORDER BY ${key}, id LIMIT ${COUNTED}) t GROUP BY p.project`;
  const table = `${tableOf(query)} d WHERE ${pairOf(query)} AND ${where}`;
  const all = query.mine
    ? `SELECT d.project, count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) GROUP BY d.project`
    : per('d.created_at', table);
  const late = query.mine
    ? `SELECT count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) AND d.late <= ${now}`
    : per('d.late', `${table} AND d.late <= ${now}`);
  const warn = query.mine
    ? `SELECT count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) AND d.warn <= ${now} AND d.late > ${now}`
    : per('d.late', `${next(query, now)} d WHERE ${where} AND d.warn <= ${now}`);
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
  return {
    sql: `WITH ${pairs(query, add)}
  SELECT least(count(DISTINCT id), ${MOST})::integer AS total
  FROM (SELECT t.id FROM pairs p CROSS JOIN LATERAL (${rows}) t LIMIT ${MOST * rolesOf(query)}) t`,
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
