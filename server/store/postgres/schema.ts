import { lists, withoutNewest } from './schema-lists.ts';
import { months } from './schema-months.ts';
import { equalNodes } from './schema-nodes.ts';

/** One step of the database's form: forward only, run once, in a transaction of its own. */
export interface SchemaStep {
  readonly title: string;
  readonly sql: string;
}

/**
 * The steps in order; their count is the version of the database. What stands here was run somewhere: it is never changed,
 * the next one is put behind it. Nodes of the program before work on meanwhile; a step under which they cannot begins with
 * `SELECT require_no_nodes();`.
 */
export const steps: readonly SchemaStep[] = [
  {
    title: 'the seat of the node that serves',
    sql: `
      CREATE TABLE seat (
        single  boolean PRIMARY KEY DEFAULT true CHECK (single),
        -- Rises with every node that takes the seat. What a node writes carries its own; an older one is refused.
        epoch   bigint NOT NULL CHECK (epoch >= 0),
        name    text NOT NULL,
        pid     integer,
        started timestamptz,
        seen    timestamptz NOT NULL
      );
      INSERT INTO seat (epoch, name, seen) VALUES (0, '', clock_timestamp());

      CREATE FUNCTION seat_key() RETURNS bigint LANGUAGE sql STABLE AS
        $$ SELECT hashtextextended('certflow ' || current_schema(), 0) $$;

      -- Every write asks first. It shares a lock until its end which whoever takes the seat needs alone, and looks at the
      -- epoch with a snapshot of its own: either it is committed before the seat goes over, or it is refused.
      CREATE FUNCTION may_write(mine bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock_shared(seat_key());
          IF EXISTS (SELECT 1 FROM seat WHERE epoch = mine) THEN
            RETURN true;
          END IF;
          RAISE EXCEPTION 'another node has the seat' USING ERRCODE = 'CF001';
        END
      $$;
    `,
  },
  {
    title: 'cases, their journal, documents, files',
    sql: `
      CREATE TABLE cases (
        id       text COLLATE "C" PRIMARY KEY,
        number   text COLLATE "C" NOT NULL UNIQUE,
        project  text NOT NULL,
        over     boolean NOT NULL,
        revision integer NOT NULL CHECK (revision > 0),
        -- Rises with every write, the outbox's too.
        version  bigint NOT NULL CHECK (version > 0),
        -- Names the write, so that a node that lost the answer knows its own.
        writing  text NOT NULL,
        changed  timestamptz NOT NULL,
        -- All but the journal. Text that is checked to be JSON: what was written is what is read.
        body     json NOT NULL
      );

      CREATE TABLE journal (
        case_id text COLLATE "C" NOT NULL REFERENCES cases ON DELETE CASCADE,
        n       integer NOT NULL CHECK (n > 0),
        entry   json NOT NULL,
        PRIMARY KEY (case_id, n)
      );

      CREATE TABLE documents (
        kind    text COLLATE "C" NOT NULL,
        id      text COLLATE "C" NOT NULL,
        version bigint NOT NULL CHECK (version > 0),
        writing text NOT NULL,
        data    json NOT NULL,
        PRIMARY KEY (kind, id)
      );

      -- Encrypted before they come here: there is nothing to compress.
      CREATE TABLE files (
        folder text COLLATE "C" NOT NULL,
        name   text COLLATE "C" NOT NULL,
        bytes  bytea NOT NULL,
        PRIMARY KEY (folder, name)
      );
      ALTER TABLE files ALTER COLUMN bytes SET STORAGE EXTERNAL;
    `,
  },
  equalNodes,
  lists,
  months,
  withoutNewest,
];
