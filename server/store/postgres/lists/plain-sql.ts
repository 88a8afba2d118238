/** $1 ids, numbers or whatever leads to them, $2 the form of entries that are understood. */
export const MANY = 'SELECT id, entry FROM cases WHERE id = ANY ($1::text[]) AND form = $2';

export const NUMBERED = 'SELECT id, entry FROM cases WHERE number = ANY ($1::text[]) AND form = $2';

export const OWNED = `
  SELECT id, entry FROM cases WHERE owner = $1 AND form = $2 ORDER BY created_at DESC, number DESC LIMIT $3::integer`;

/** $1 a case. */
export const ALIKE = `
  SELECT id, entry FROM cases WHERE about = (SELECT about FROM cases WHERE id = $1) AND id <> $1 AND form = $2
  ORDER BY created_at DESC, number DESC LIMIT $3::integer`;

/** $1 projects, or null. Those that have rested longest first. */
export const CLAIMED = `
  SELECT c.id, c.entry FROM (
    SELECT case_id, min(updated_at) AS since FROM desk_rows
    WHERE claimed AND only_by > '' AND ($1::text[] IS NULL OR project = ANY ($1))
    GROUP BY case_id ORDER BY since, case_id LIMIT $3::integer
  ) d JOIN cases c ON c.id = d.case_id AND c.form = $2 ORDER BY d.since, d.case_id`;

/** $3 now: those that somebody should look at, that have waited longest first. */
export const WAITING = `
  SELECT c.id, c.entry FROM (
    SELECT t.* FROM unnest($1::text[]) AS p (project) CROSS JOIN LATERAL (
      SELECT id, watch FROM cases d WHERE d.project = p.project AND d.watch <= $3::bigint ORDER BY d.watch LIMIT $4::integer) t
    ORDER BY t.watch LIMIT $4::integer
  ) w JOIN cases c ON c.id = w.id AND c.form = $2 ORDER BY w.watch`;

/** $3 the time and $4 the case behind which to begin, $5 how many. */
export const CHANGED = `
  SELECT c.id, c.entry FROM (
    SELECT t.* FROM unnest($1::text[]) AS p (project) CROSS JOIN LATERAL (
      SELECT id, updated_at FROM cases d WHERE d.project = p.project AND (d.updated_at, d.id) > ($3::bigint, $4)
      ORDER BY d.updated_at, d.id LIMIT $5::integer) t
    ORDER BY t.updated_at, t.id LIMIT $5::integer
  ) w JOIN cases c ON c.id = w.id AND c.form = $2 ORDER BY w.updated_at, w.id`;

/** $3 a release that is not meant, $4 the id behind which to begin. */
export const OPEN = `
  SELECT id, entry FROM cases WHERE project = $1 AND NOT over AND form = $2 AND release <> $3 AND id > $4
  ORDER BY id LIMIT $5::integer`;

/** Out of an index alone, as many rows as are open. $2 the release in force. */
export const STANDING = `
  SELECT label, sum(n)::integer AS count, coalesce(sum(n) FILTER (WHERE release <> $2), 0)::integer AS older FROM (
    SELECT label, release, count(*) AS n FROM cases WHERE project = $1 AND NOT over AND label IS NOT NULL GROUP BY label, release
  ) s GROUP BY label ORDER BY count DESC`;

/** $2 now. All that are late, out of an index alone; those that press among the promises that end next. */
export const PRESSING = `
  SELECT
    (SELECT count(*)::integer FROM cases WHERE project = $1 AND late <= $2::bigint) AS late,
    (SELECT count(*)::integer FROM (
      SELECT warn FROM cases WHERE project = $1 AND late > $2::bigint ORDER BY late LIMIT 5000) w
      WHERE w.warn <= $2::bigint) AS warn`;

/** From so many cases on they are not counted. */
const ESTIMATED = 100_000;

/** What the database believes, where it has looked. */
export const COUNT = `
  SELECT CASE WHEN reltuples < ${ESTIMATED} THEN (SELECT count(*) FROM cases) ELSE reltuples::bigint END AS cases,
    reltuples >= ${ESTIMATED} AS estimated
  FROM pg_class WHERE oid = 'cases'::regclass`;

/** Cases that are described otherwise, or not at all; $2 the id behind which to begin. */
export const UNDESCRIBED = `
  (SELECT id FROM cases WHERE form IS NULL AND id > $2 ORDER BY id LIMIT $3::integer)
  UNION ALL (SELECT id FROM cases WHERE form < $1 AND id > $2 ORDER BY id LIMIT $3::integer)
  UNION ALL (SELECT id FROM cases WHERE form > $1 AND id > $2 ORDER BY id LIMIT $3::integer)
  ORDER BY id LIMIT $3::integer`;

/** $1 until when; all with an outbox. */
export const DUES = `
  SELECT c.id, c.timer_due, c.outbox_due, c.queued FROM (
    SELECT id FROM cases WHERE timer_due <= $1::bigint AND id > $2
    UNION SELECT id FROM cases WHERE outbox_due IS NOT NULL AND id > $2
    ORDER BY id LIMIT $3::integer
  ) d JOIN cases c ON c.id = d.id ORDER BY c.id`;

export const SEALED = 'SELECT entry FROM cases WHERE id = $1';

/** $1 project, $2 and $3 first and last day. */
export const CELLS = `
  SELECT day, what, n, ms, cases FROM counts WHERE project = $1 AND day BETWEEN $2 AND $3
  UNION ALL
  SELECT day, what, count(*), sum(ms), coalesce(array_agg(case_id ORDER BY n DESC) FILTER (WHERE case_id IS NOT NULL), '{}')
  FROM counted WHERE project = $1 AND day BETWEEN $2 AND $3 GROUP BY day, what`;

/** Sums up what was counted, some thousands at a time; two at once share it. $1 the epoch, $2 how many at most. */
export const SUM_UP = `
  WITH fence AS MATERIALIZED (SELECT may_write($1) AS ok),
  gone AS (
    DELETE FROM counted USING fence WHERE fence.ok AND n IN (
      SELECT n FROM counted ORDER BY n LIMIT $2::integer FOR UPDATE SKIP LOCKED)
    RETURNING counted.*
  ),
  summed AS (
    INSERT INTO counts AS known (project, day, what, n, ms, cases)
    SELECT project, day, what, count(*), sum(ms),
      coalesce((array_agg(case_id ORDER BY n DESC) FILTER (WHERE case_id IS NOT NULL))[1:50], '{}')
    FROM gone GROUP BY project, day, what ORDER BY project, day, what
    ON CONFLICT (project, day, what) DO UPDATE
    SET n = known.n + EXCLUDED.n, ms = known.ms + EXCLUDED.ms, cases = (EXCLUDED.cases || known.cases)[1:50]
  )
  SELECT count(*)::integer AS count FROM gone`;

/** Months of the journal, of now and ahead. */
export const MAKE_MONTHS = 'SELECT make_months($1::integer) AS count';
