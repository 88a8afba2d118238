import type { SchemaStep } from './schema.ts';
import { WITHOUT_NODES } from './schema-lists.ts';

/** The journal by months: what is old lies apart, and can be taken away in one piece (ADR 0046). */
export const months: SchemaStep = {
  title: 'the journal by months',
  sql: `${WITHOUT_NODES}
    ALTER TABLE journal RENAME TO journal_before;
    ALTER TABLE journal_before RENAME CONSTRAINT journal_pkey TO journal_before_pkey;
    ALTER TABLE journal_before RENAME CONSTRAINT journal_case_id_fkey TO journal_before_case_id_fkey;

    CREATE TABLE journal (
      case_id text COLLATE "C" NOT NULL REFERENCES cases ON DELETE CASCADE,
      n       integer NOT NULL CHECK (n > 0),
      at      timestamptz NOT NULL,
      entry   json NOT NULL,
      -- A month knows only its own; that there is no n twice in two of them is the version of the case.
      PRIMARY KEY (case_id, n, at)
    ) PARTITION BY RANGE (at);
    -- A net: no step fails because a month is missing.
    CREATE TABLE journal_rest PARTITION OF journal DEFAULT;

    -- A month of the journal (UTC) that has none yet, with what lies in the net of it.
    CREATE FUNCTION make_month(day timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
      DECLARE
        first timestamptz := date_trunc('month', day, 'UTC');
        next timestamptz := date_trunc('month', first + interval '40 days', 'UTC');
        name text := 'journal_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
      BEGIN
        IF to_regclass(name) IS NOT NULL THEN
          RETURN false;
        END IF;
        EXECUTE format('CREATE TABLE %I (LIKE journal INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
        EXECUTE format('WITH gone AS (DELETE FROM journal_rest WHERE at >= %L AND at < %L RETURNING *)
          INSERT INTO %I SELECT * FROM gone', first, next, name);
        EXECUTE format('ALTER TABLE journal ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, first, next);
        RETURN true;
      END
    $$;

    -- This month and those that come; one at a time, whoever asks.
    CREATE FUNCTION make_months(ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
      DECLARE made integer := 0;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('certflow months ' || current_schema(), 0));
        FOR m IN 0..ahead LOOP
          IF make_month(date_trunc('month', now(), 'UTC') + m * interval '1 month') THEN
            made := made + 1;
          END IF;
        END LOOP;
        RETURN made;
      END
    $$;

    INSERT INTO journal (case_id, n, at, entry)
      SELECT j.case_id, j.n, to_timestamp(coalesce(
          CASE WHEN json_typeof(j.entry -> 'at') = 'number' THEN (j.entry ->> 'at')::numeric END,
          CASE WHEN json_typeof(c.body -> 'state' -> 'createdAt') = 'number' THEN (c.body -> 'state' ->> 'createdAt')::numeric END,
          0) / 1000), j.entry
      FROM journal_before j JOIN cases c ON c.id = j.case_id;
    DROP TABLE journal_before;
    SELECT make_month(month) FROM (SELECT DISTINCT date_trunc('month', at, 'UTC') AS month FROM journal_rest) AS known
      WHERE month > now() - interval '10 years' AND month < now() + interval '1 year';
    SELECT make_months(3);

    -- Since when a case has entries: months before are not looked into.
    ALTER TABLE cases ADD began timestamptz NOT NULL DEFAULT 'infinity';
    UPDATE cases SET began = j.began FROM (SELECT case_id, min(at) AS began FROM journal GROUP BY case_id) AS j
      WHERE j.case_id = cases.id;
  `,
};
