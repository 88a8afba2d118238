import type { SchemaStep } from './schema.ts';

/** A program of before would write cases and not what lists know of them. Where nodes are equal, they are asked to go. */
export const WITHOUT_NODES = `
    DO $$
      BEGIN
        IF EXISTS (SELECT FROM pg_proc WHERE proname = 'require_no_nodes' AND pronamespace = current_schema()::regnamespace) THEN
          PERFORM require_no_nodes();
        END IF;
      END
    $$;`;

/** Beside each case: what lists ask of it, and what reports counted (ADR 0046). */
export const lists: SchemaStep = {
  title: 'lists, queues and reports by indexes',
  sql: `${WITHOUT_NODES}
    -- Written by the statement that writes the case. Nothing of a person: what a list shows is sealed in \`entry\`, what is
    -- searched for is a keyed hash. Times in ms; null = never, or (form) not described yet by this program.
    ALTER TABLE cases
      ADD form       text COLLATE "C",
      ADD entry      text,
      ADD owner      text COLLATE "C",
      ADD company    text COLLATE "C",
      ADD workflow   text COLLATE "C",
      ADD release    text COLLATE "C",
      ADD label      text COLLATE "C",
      ADD lists      text[] COLLATE "C",
      ADD created_at bigint,
      ADD updated_at bigint,
      ADD warn       bigint,
      ADD late       bigint,
      -- From when on somebody should look whether it is stuck.
      ADD watch      bigint,
      ADD about      text COLLATE "C",
      -- How far reports have followed its journal.
      ADD course     json,
      ADD timer_due  bigint,
      ADD outbox_due bigint,
      ADD queued     json,
      ALTER project TYPE text COLLATE "C",
      ADD CONSTRAINT cases_described CHECK (form IS NULL OR (entry IS NOT NULL AND owner IS NOT NULL AND workflow IS NOT NULL
        AND release IS NOT NULL AND label IS NOT NULL AND lists IS NOT NULL AND created_at IS NOT NULL AND updated_at IS NOT NULL)),
      ADD CONSTRAINT cases_promise CHECK ((warn IS NULL) = (late IS NULL)),
      ADD CONSTRAINT cases_over CHECK (NOT over OR (warn IS NULL AND watch IS NULL)),
      ADD CONSTRAINT cases_id CHECK (id <> ''),
      ADD CONSTRAINT cases_number CHECK (number <> '');

    CREATE INDEX cases_form ON cases (form, id);
    CREATE INDEX cases_owner ON cases (owner, created_at DESC, number DESC);
    CREATE INDEX cases_company ON cases (company, created_at DESC, number DESC) WHERE company IS NOT NULL;
    CREATE INDEX cases_about ON cases (about, created_at DESC, number DESC) WHERE about IS NOT NULL;
    CREATE INDEX cases_end_of_number ON cases (reverse(number) COLLATE "C" text_pattern_ops);
    CREATE INDEX cases_newest ON cases (updated_at DESC, id DESC);
    CREATE INDEX cases_changed ON cases (project, updated_at DESC, id DESC);
    CREATE INDEX cases_age ON cases (project, created_at, id);
    CREATE INDEX cases_open ON cases (project, label, release, id) WHERE NOT over;
    CREATE INDEX cases_late ON cases (project, late, id) WHERE late IS NOT NULL;
    CREATE INDEX cases_open_id ON cases (project, id) WHERE NOT over;
    CREATE INDEX cases_watch ON cases (project, watch, id) WHERE watch IS NOT NULL;
    CREATE INDEX cases_timer_due ON cases (timer_due, id) WHERE timer_due IS NOT NULL;
    CREATE INDEX cases_outbox_due ON cases (outbox_due, id) WHERE outbox_due IS NOT NULL;

    -- Keyed hashes of what was typed; they change seldom, the rest of a case with every step.
    CREATE TABLE case_keys (
      case_id text COLLATE "C" PRIMARY KEY REFERENCES cases ON DELETE CASCADE,
      keys    text[] COLLATE "C" NOT NULL
    );
    CREATE INDEX case_keys_keys ON case_keys USING gin (keys);

    -- A case in the queues of the desk: a row for each open task of a role that works there (\`task\`), and one for each role
    -- that may see it (\`seen\`).
    CREATE TABLE desk_rows (
      case_id    text COLLATE "C" NOT NULL REFERENCES cases ON DELETE CASCADE,
      n          integer NOT NULL CHECK (n >= 0),
      kind       text COLLATE "C" NOT NULL CHECK (kind IN ('task', 'seen')),
      project    text COLLATE "C" NOT NULL,
      role       text COLLATE "C" NOT NULL CHECK (role <> ''),
      owner      text COLLATE "C" NOT NULL,
      company    text COLLATE "C" NOT NULL,
      -- Whose it is; empty = anybody's. Whose it must not be. Who knows it from before; empty = nobody.
      only_by    text COLLATE "C" NOT NULL,
      not_by     text[] COLLATE "C" NOT NULL,
      prefer     text COLLATE "C" NOT NULL,
      claimed    boolean NOT NULL,
      -- 1: before others, 2: like all.
      rank       smallint NOT NULL CHECK (rank IN (1, 2)),
      -- Far in the future where nobody waits for a time.
      until      bigint NOT NULL,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL,
      warn       bigint,
      late       bigint,
      PRIMARY KEY (case_id, n),
      CHECK ((warn IS NULL) = (late IS NULL)),
      CHECK (kind = 'task' OR (only_by = '' AND prefer = '' AND NOT claimed))
    );
    CREATE INDEX desk_rows_urgent ON desk_rows (project, role, rank, until, updated_at, case_id) WHERE kind = 'task';
    CREATE INDEX desk_rows_newest ON desk_rows (project, role, updated_at DESC, case_id) WHERE kind = 'seen';
    CREATE INDEX desk_rows_age ON desk_rows (kind, project, role, created_at, case_id);
    CREATE INDEX desk_rows_late ON desk_rows (kind, project, role, late, case_id) WHERE late IS NOT NULL;
    CREATE INDEX desk_rows_claimed ON desk_rows (only_by, case_id) WHERE claimed;
    CREATE INDEX desk_rows_prefer ON desk_rows (prefer, case_id) WHERE prefer <> '';

    -- What reports count: noted with the step, summed up in between.
    CREATE TABLE counted (
      n       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      project text COLLATE "C" NOT NULL,
      day     text COLLATE "C" NOT NULL CHECK (day ~ '^\\d{4}-\\d\\d-\\d\\d$'),
      what    text COLLATE "C" NOT NULL,
      ms      bigint NOT NULL CHECK (ms >= 0),
      case_id text COLLATE "C"
    );
    CREATE INDEX counted_day ON counted (project, day);
    CREATE TABLE counts (
      project text COLLATE "C" NOT NULL,
      day     text COLLATE "C" NOT NULL,
      what    text COLLATE "C" NOT NULL,
      n       bigint NOT NULL CHECK (n > 0),
      ms      bigint NOT NULL CHECK (ms >= 0),
      -- Newest first.
      cases   text[] COLLATE "C" NOT NULL,
      PRIMARY KEY (project, day, what)
    );
  `,
};

export const withoutNewest: SchemaStep = {
  title: 'lists are asked for by project',
  sql: 'DROP INDEX cases_newest;',
};
