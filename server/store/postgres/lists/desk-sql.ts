import { MOST_COUNTED } from '../../../../engine/contract/routes.ts';
import { MOST_FOUND } from '../../../cases/case-lists.ts';

/** A statement with its values. */
export interface Asked {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** What of the desk's rows is asked for, as the database understands it. */
export interface DeskQuery {
  /** `task`: open tasks; `seen`: cases that a role may see; `every`: all cases (whoever looks at what others did). */
  readonly kind: 'task' | 'seen' | 'every';
  readonly mine: boolean;
  /** Roles by the projects in which they are held; `every` goes by the projects alone. */
  readonly pairs: readonly { readonly project: string; readonly role: string }[];
  readonly person: string;
  readonly companies: readonly string[];
  readonly pressing: '' | 'warn' | 'late';
  readonly order: '' | 'age';
  readonly now: number;
}

/** Of what presses, those that are late the longest, or next, in each queue. */
export const MOST_PRESSING = 300;

/** How many are found at most. */
export const mostOf = ({ pressing }: Pick<DeskQuery, 'pressing'>): number =>
  pressing === '' ? MOST_FOUND : MOST_PRESSING;
/** One more than are found: so that it is seen whether there are more. */
const MOST = MOST_FOUND + 1;
const COUNTED = MOST_COUNTED + 1;
/** Rows whose promise ends next, among which those that press are looked for. */
const NEXT = 5_000;

/** Tasks of one role in one case that differ in who may do them. */
const ROWS_OF_A_CASE = 2;

export interface Place {
  readonly offset: number;
  readonly size: number;
}

/** Values of a statement, each once. */
function valued() {
  const values: unknown[] = [];
  return { values, add: (value: unknown, type: string): string => `$${values.push(value)}::${type}` };
}
type Add = ReturnType<typeof valued>['add'];

const tableOf = ({ kind }: DeskQuery): string => (kind === 'every' ? 'cases' : 'desk_rows');
const idOf = ({ kind }: DeskQuery): string => (kind === 'every' ? 'd.id' : 'd.case_id');

/** Not somebody's own side; a task that they may do. */
function guards(query: DeskQuery, add: Add): string {
  const me = add(query.person, 'text');
  const own = `d.owner <> ${me} AND NOT (coalesce(d.company, '') = ANY (${add(query.companies, 'text[]')}))`;
  if (query.kind === 'every') return `d.form IS NOT NULL AND ${own}`;
  if (query.kind === 'seen') return `d.kind = 'seen' AND ${own}`;
  const free = `(d.only_by = '' OR d.only_by = ${me}) AND NOT (${me} = ANY (d.not_by))`;
  return `d.kind = 'task' AND ${own} AND ${free}${query.mine ? ' AND d.claimed' : ''}`;
}

const pairOf = ({ kind }: DeskQuery): string =>
  kind === 'every' ? 'd.project = p.project' : 'd.project = p.project AND d.role = p.role';

/** Roles by projects; and the tasks that are somebody's ($1) already, found before anything else is asked of them: few. */
function pairs({ pairs: given, mine }: DeskQuery, add: Add): string {
  const projects = add(
    given.map(({ project }) => project),
    'text[]',
  );
  const roles = add(
    given.map(({ role }) => role),
    'text[]',
  );
  const named = `pairs AS (SELECT * FROM unnest(${projects}, ${roles}) AS p (project, role))`;
  const own = `mine AS MATERIALIZED (SELECT * FROM desk_rows WHERE claimed AND only_by IN ('', $1))`;
  return mine ? `${named}, ${own}` : named;
}

/** By which columns it is sorted, all of them upwards; and how the index has them. */
function sorting({ kind, order }: DeskQuery): { readonly keys: readonly string[]; readonly index: string } {
  if (order === 'age') return { keys: ['2', 'd.created_at', '0'], index: 'd.created_at' };
  if (kind !== 'task') return { keys: ['2', '-d.updated_at', '0'], index: 'd.updated_at DESC' };
  // $1: the person. What they know from before stands first for them.
  const rank = 'CASE WHEN d.prefer = $1 THEN 0 ELSE d.rank END';
  return { keys: [rank, 'd.until', 'd.updated_at'], index: 'd.rank, d.until, d.updated_at' };
}

/** Rows of one pair, out of an index and no further than needed. */
function ofPair(query: DeskQuery, add: Add, where: string, limit: number): string {
  const { keys, index } = sorting(query);
  const columns = `${idOf(query)} AS id, ${keys.map((key, n) => `(${key})::bigint AS k${n}`).join(', ')}`;
  const from = `SELECT ${columns} FROM ${tableOf(query)} d WHERE ${pairOf(query)} AND ${where}`;
  if (query.pressing === '') return `${from} ORDER BY ${index} LIMIT ${limit}`;
  const now = add(query.now, 'bigint');
  if (query.pressing === 'late') return `${from} AND d.late <= ${now} ORDER BY d.late LIMIT ${limit}`;
  return `${from} AND ${next(query, now)} AND d.warn <= ${now} ORDER BY d.late LIMIT ${limit}`;
}

/** Those that are late next; so that nobody looks through all that will be some day. */
function next(query: DeskQuery, now: string): string {
  const same = query.kind === 'every' ? '' : ` AND x.kind = '${query.kind}' AND x.role = p.role`;
  const last = `SELECT x.late FROM ${tableOf(query)} x WHERE x.project = p.project${same} AND x.late > ${now} ORDER BY x.late`;
  return `d.late > ${now} AND d.late <= coalesce((${last} OFFSET ${NEXT} LIMIT 1), ${Number.MAX_SAFE_INTEGER})`;
}

/**
 * Sealed entries of a page, in their order, with how many there are (`MOST_FOUND` + 1: more).
 * @param most how many of them are needed, where somebody else knows how many there are; else all are counted
 */
export function pageOfDesk(query: DeskQuery, place: Place, most: number | null): Asked {
  const { values, add } = valued();
  const where = guards(query, add);
  // Several tasks of a case may stand in a queue one behind the other.
  const needed = query.kind === 'task' ? (most ?? MOST) * ROWS_OF_A_CASE : most;
  const limit = most === null ? mostOf(query) + 1 : Math.min(MOST, needed ?? MOST);
  const parts = query.mine
    ? [claimed(query, add, where)]
    : [`SELECT t.* FROM pairs p CROSS JOIN LATERAL (${ofPair(query, add, where, limit)}) t`];
  // However far behind in its queue.
  const knows = query.kind === 'task' && !query.mine && query.order === '' && query.pressing === '';
  if (knows) parts.push(known(add(query.person, 'text'), where));
  return {
    sql: paged(`${pairs(query, add)}, found AS (${parts.join(' UNION ALL ')})`, add, place, mostOf(query)),
    values,
  };
}

const known = (me: string, where: string): string => `
  (SELECT d.case_id, 0::bigint, d.until, d.updated_at FROM desk_rows d
    WHERE d.prefer = ${me} AND d.prefer <> '' AND ${where} AND (d.project, d.role) IN (SELECT * FROM pairs) LIMIT ${MOST})`;

/** Of which one is already somebody's: few. */
function claimed(query: DeskQuery, add: Add, where: string): string {
  const { keys } = sorting(query);
  const columns = keys.map((key, n) => `(${key})::bigint AS k${n}`).join(', ');
  return `SELECT d.case_id AS id, ${columns} FROM mine d
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
  const { keys } = sorting(query);
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
  const columns = keys.map((key, n) => `(${key})::bigint AS k${n}`).join(', ');
  const found = `held AS MATERIALIZED (${parts.join(' UNION ')}),
  found AS (
    SELECT d.* FROM held h (id), LATERAL (
      SELECT ${idOf(query)} AS id, ${columns} FROM ${tableOf(query)} d, pairs p
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

/** How many cases there are in each project, how many press and are late; each up to `MOST_COUNTED` + 1. */
export function countsOfDesk(query: DeskQuery): Asked {
  const { values, add } = valued();
  const where = guards(query, add);
  const now = add(query.now, 'bigint');
  const id = idOf(query);
  // Which of them is all the same.
  const per = (more: string): string =>
    `SELECT p.project, least(count(DISTINCT t.id), ${COUNTED})::integer AS count FROM pairs p CROSS JOIN LATERAL (
      SELECT ${id} AS id FROM ${tableOf(query)} d WHERE ${pairOf(query)} AND ${where}${more} LIMIT ${COUNTED}) t GROUP BY p.project`;
  const all = query.mine
    ? `SELECT d.project, count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) GROUP BY d.project`
    : per('');
  const late = query.mine
    ? `SELECT count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) AND d.late <= ${now}`
    : per(` AND d.late <= ${now}`);
  const warn = query.mine
    ? `SELECT count(DISTINCT d.case_id)::integer AS count FROM mine d WHERE ${where}
        AND (d.project, d.role) IN (SELECT * FROM pairs) AND d.warn <= ${now} AND d.late > ${now}`
    : per(` AND ${next(query, now)} AND d.warn <= ${now}`);
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
  const roles = new Set(query.pairs.map(({ role }) => role)).size;
  const rows = `SELECT ${idOf(query)} AS id FROM ${tableOf(query)} d WHERE ${pairOf(query)} AND ${where} LIMIT ${MOST}`;
  return {
    sql: `WITH ${pairs(query, add)}
  SELECT least(count(DISTINCT id), ${MOST})::integer AS total
  FROM (SELECT t.id FROM pairs p CROSS JOIN LATERAL (${rows}) t LIMIT ${MOST * Math.max(1, roles)}) t`,
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
