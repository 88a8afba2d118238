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

/** One more than are found: so that it is seen whether there are more. */
export const MOST = MOST_FOUND + 1;
/** Rows whose promise ends next, among which those that press are looked for. */
const NEXT = 5_000;

/** Values of a statement, each once. */
export function valued() {
  const values: unknown[] = [];
  return { values, add: (value: unknown, type: string): string => `$${values.push(value)}::${type}` };
}
export type Add = ReturnType<typeof valued>['add'];

export const tableOf = ({ kind }: DeskQuery): string => (kind === 'every' ? 'cases' : 'desk_rows');
export const idOf = ({ kind }: DeskQuery): string => (kind === 'every' ? 'd.id' : 'd.case_id');

/** Not somebody's own side; a task that they may do. */
export function guards(query: DeskQuery, add: Add): string {
  const me = add(query.person, 'text');
  const own = `d.owner <> ${me} AND NOT (coalesce(d.company, '') = ANY (${add(query.companies, 'text[]')}))`;
  if (query.kind === 'every') return `d.form IS NOT NULL AND ${own}`;
  if (query.kind === 'seen') return `d.kind = 'seen' AND ${own}`;
  const free = `(d.only_by = '' OR d.only_by = ${me}) AND NOT (${me} = ANY (d.not_by))`;
  return `d.kind = 'task' AND ${own} AND ${free}${query.mine ? ' AND d.claimed' : ''}`;
}

export const pairOf = ({ kind }: DeskQuery): string =>
  kind === 'every' ? 'd.project = p.project' : 'd.project = p.project AND d.role = p.role';

/** Roles by projects; and the tasks that are somebody's ($1) already, found before anything else is asked of them: few. */
export function pairs({ pairs: given, mine }: DeskQuery, add: Add): string {
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

/** By which columns it is sorted, all of them upwards; and how the index has them, with the case for those that are alike. */
export function sorting({ kind, order }: DeskQuery): { readonly keys: readonly string[]; readonly index: string } {
  if (order === 'age') return { keys: ['2', 'd.created_at', '0'], index: 'd.created_at, id' };
  if (kind !== 'task') return { keys: ['2', '-d.updated_at', '0'], index: 'd.updated_at DESC, id' };
  // $1: the person. What they know from before stands first for them.
  const rank = 'CASE WHEN d.prefer = $1 THEN 0 ELSE d.rank END';
  return { keys: [rank, 'd.until', 'd.updated_at'], index: 'd.rank, d.until, d.updated_at, id' };
}

export const keyed = (query: DeskQuery): string =>
  sorting(query)
    .keys.map((key, n) => `(${key})::bigint AS k${n}`)
    .join(', ');

/**
 * Of those that are late next, one after the other, the rows that press; so that nobody looks through all that will be late
 * some day (`next` and `next_id` are the order). The index alone says which they are: of rows asked for as a whole the database would sort all of them first.
 */
export function next(query: DeskQuery, now: string, where: string): string {
  const same = `${pairOf(query)}${query.kind === 'every' ? '' : ` AND d.kind = '${query.kind}'`}`;
  return `(SELECT n.late AS next, n.id AS next_id, d.* FROM (
      SELECT DISTINCT d.late, ${idOf(query)} AS id FROM ${tableOf(query)} d WHERE ${same} AND d.late > ${now}
      ORDER BY d.late, id LIMIT ${NEXT}) n
    CROSS JOIN LATERAL (
      SELECT * FROM ${tableOf(query)} d WHERE ${idOf(query)} = n.id AND ${same} AND ${where} AND d.warn <= ${now} OFFSET 0) d
    ORDER BY next, next_id)`;
}

export const rolesOf = ({ pairs: given }: DeskQuery): number =>
  Math.max(1, new Set(given.map(({ role }) => role)).size);
