import { duesOf } from '../../cases/dues.ts';
import type { Beside } from '../listing.ts';
import type { CaseDocument } from '../store.ts';
import { changesOf } from './journal.ts';
import { FENCE } from './statements.ts';

/** A statement with its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

export interface Writing {
  readonly epoch: number;
  /** Names the write. */
  readonly writing: string;
  readonly document: CaseDocument;
  /** The document as JSON, without what has rows of its own. */
  readonly body: string;
  /** What the journal was. */
  readonly before: CaseDocument['journal'];
  /** What searches found it by; absent where nobody knows. */
  readonly keys?: readonly string[] | undefined;
}

/** Other nodes hear of it. */
const toldCase = (rows: string): string =>
  `told AS (INSERT INTO changes (epoch, kind, id) SELECT $1, 'case', $2 FROM ${rows})`;

const noted = (rows: string): string => `
  noted AS (
    INSERT INTO journal (case_id, n, at, entry)
    SELECT $2, e.n, to_timestamp(e.ms / 1000.0), e.entry
    FROM ${rows}, unnest($9::integer[], $10::json[], $11::bigint[]) AS e (n, entry, ms)
    ON CONFLICT (case_id, n, at) DO UPDATE SET entry = EXCLUDED.entry
  )`;
const dropped = (rows: string, length: string): string =>
  `dropped AS (DELETE FROM journal USING ${rows} WHERE case_id = $2 AND n > ${length}::integer)`;
const BEGAN = `coalesce((SELECT min(to_timestamp(ms / 1000.0)) FROM unnest($11::bigint[]) AS ms), 'infinity')`;

const COLUMNS = [
  ...['form', 'entry', 'owner', 'company', 'workflow', 'release', 'label', 'lists', 'created_at', 'updated_at'],
  ...['warn', 'late', 'watch', 'about', 'course'],
];
const names = (prefix = ''): string => COLUMNS.map((name) => prefix + name).join(', ');

/** Keys of searches, a row for each queue, what reports count. What is as it was is not written. */
const keyed = (rows: string): string => `
  keyed AS (
    INSERT INTO case_keys (case_id, keys) SELECT $2, b.keys FROM ${rows}, b
    ON CONFLICT (case_id) DO UPDATE SET keys = EXCLUDED.keys WHERE case_keys.keys IS DISTINCT FROM EXCLUDED.keys
  )`;
const described = (rows: string, given: string): string => `
  placed AS (
    INSERT INTO desk_rows (case_id, n, kind, project, role, owner, company, only_by, not_by, prefer, claimed, rank, until,
      created_at, updated_at, warn, late)
    SELECT $2, r.n, r.kind, $4, r.role, b.owner, coalesce(b.company, ''), r."onlyBy", r."notBy", r.prefer, r.claimed, r.rank,
      r.until, b.created_at, b.updated_at, b.warn, b.late
    FROM ${rows}, b, json_to_recordset(${given} -> 'rows') AS r (n integer, kind text, role text, "onlyBy" text,
      "notBy" text[], prefer text, claimed boolean, rank smallint, until bigint)
    ON CONFLICT (case_id, n) DO UPDATE SET kind = EXCLUDED.kind, project = EXCLUDED.project, role = EXCLUDED.role,
      owner = EXCLUDED.owner, company = EXCLUDED.company, only_by = EXCLUDED.only_by, not_by = EXCLUDED.not_by,
      prefer = EXCLUDED.prefer, claimed = EXCLUDED.claimed, rank = EXCLUDED.rank, until = EXCLUDED.until,
      created_at = EXCLUDED.created_at, updated_at = EXCLUDED.updated_at, warn = EXCLUDED.warn, late = EXCLUDED.late
    WHERE desk_rows.* IS DISTINCT FROM EXCLUDED.*
  ),
  unplaced AS (
    DELETE FROM desk_rows USING ${rows} WHERE case_id = $2 AND n >= json_array_length(${given} -> 'rows')
  ),
  summed AS (
    INSERT INTO counted (project, day, what, ms, case_id)
    SELECT $4, c.day, c.what, c.ms, c."caseId"
    FROM ${rows}, json_to_recordset(${given} -> 'counted') AS c (day text, what text, ms bigint, "caseId" text)
  )`;

const givenIn = (given: string): string => `
  b AS MATERIALIZED (
    SELECT * FROM json_to_record(${given}) AS b (form text, entry text, owner text, company text, workflow text, release text,
      label text, lists text[], created_at bigint, updated_at bigint, warn bigint, late bigint, watch bigint, about text,
      course json, keys text[])
  )`;

/** Creates a case. Answers `count`. */
export function createCase(writing: Writing): Statement {
  const { sql, values, given, add } = begun(writing);
  const { beside } = writing.document;
  return {
    sql: `
  WITH ${sql}
  made AS (
    INSERT INTO cases (id, number, project, over, revision, version, writing, changed, body, began, timer_due, outbox_due, queued
      ${beside ? `, ${names()}` : ''})
    SELECT $2, $3, $4, $5::boolean, $6::integer, 1, $7, clock_timestamp(), $8::json, ${BEGAN}, $12::bigint, $13::bigint,
      $14::json ${beside ? `, ${names('b.')} FROM fence, b` : 'FROM fence'} WHERE ok
    ON CONFLICT (id) DO NOTHING RETURNING id
  ),
  ${rest('made', writing, given, add)}
  SELECT count(*)::integer AS count FROM made`,
    values,
  };
}

/** Changes a case that has this version. Answers `count`. */
export function updateCase(writing: Writing, version: number): Statement {
  const { sql, values, given, add } = begun(writing);
  const { beside } = writing.document;
  return {
    sql: `
  WITH ${sql}
  moved AS (
    UPDATE cases SET number = $3, project = $4, over = $5::boolean, revision = $6::integer, version = version + 1,
      writing = $7, changed = clock_timestamp(), body = $8::json, began = least(began, ${BEGAN}),
      timer_due = $12::bigint, outbox_due = $13::bigint, queued = $14::json
      ${beside ? `, (${names()}) = (SELECT ${names('b.')} FROM b)` : beside === null ? ', form = NULL, entry = NULL' : ''}
    FROM fence WHERE fence.ok AND cases.id = $2 AND version = ${add(version)}::bigint RETURNING cases.id
  ),
  ${rest('moved', writing, given, add)}
  SELECT count(*)::integer AS count FROM moved`,
    values,
  };
}

/**
 * $2 id, $3 number, $4 project, $5 over, $6 revision, $7 writing, $8 body; $9 places, $10 entries and $11 times (ms) of what is
 * new or other in the journal; $12 and $13 when a timer and the outbox are due, $14 what waits in it.
 */
function begun({ epoch, writing, document, body, before }: Writing) {
  const { id, number, project, over, revision, createdAt } = document.state;
  const { places, entries, times } = changesOf(before, document.journal, createdAt);
  const { timer, outbox, queued } = duesOf(document);
  const values: unknown[] = [
    ...[epoch, id, number, project, over, revision, writing, body, places, entries, times],
    ...[timer, outbox, queued === undefined ? null : JSON.stringify(queued)],
  ];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const { beside } = document;
  if (!beside) return { sql: `${FENCE},`, values, given: null, add };
  const given = `${add(textOf(beside))}::json`;
  return { sql: `${FENCE}, ${givenIn(given)},`, values, given, add };
}

function rest(
  rows: string,
  { document, before, keys }: Writing,
  given: string | null,
  add: (value: unknown) => string,
): string {
  const { length } = document.journal;
  return [
    noted(rows),
    // A journal only grows, unless a case is put in anew.
    ...(length < before.length ? [dropped(rows, add(length))] : []),
    // To be told that they are the same, the database would lock their row, which is a write.
    ...(given === null || isSame(keys, document.beside?.keys) ? [] : [keyed(rows)]),
    ...(given === null ? [] : [described(rows, given)]),
    toldCase(rows),
  ].join(',\n  ');
}

function isSame(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one !== undefined && one.length === other?.length && one.every((key, n) => key === other[n]);
}

/** As the statement takes it: columns by their names, rows by their places. */
function textOf({ createdAt: created_at, updatedAt: updated_at, rows, ...columns }: Beside): string {
  return JSON.stringify({ ...columns, created_at, updated_at, rows: rows.map((row, n) => ({ n, ...row })) });
}
