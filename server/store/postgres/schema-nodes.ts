import type { SchemaStep } from './schema.ts';

/** How long a node whose connection is gone may take to connect anew, and one that is connected may say nothing. */
export const GONE = '3 seconds';
export const SILENT = '15 seconds';

/** True of a row `which` whose node is dead or frozen. */
const silent = (which: string): string => `(
  ${which}.seen < clock_timestamp() - interval '${SILENT}'
  OR (${which}.seen < clock_timestamp() - interval '${GONE}' AND NOT EXISTS (
    SELECT 1 FROM pg_stat_activity a WHERE a.pid = ${which}.pid AND a.backend_start = ${which}.started)))`;

/** Nodes that all write, what they hold, and what they tell each other (ADR 0045). */
export const equalNodes: SchemaStep = {
  title: 'equal nodes: who is there, what they hold, what has changed',
  sql: `
    -- Programs before this one have one seat; whoever has it has to go first. From here on it gives nobody any right.
    SELECT pg_advisory_xact_lock(seat_key());
    DO $$
      DECLARE holder text;
      BEGIN
        SELECT name INTO holder FROM seat WHERE name <> '' AND NOT ${silent('seat')};
        IF holder IS NOT NULL THEN
          RAISE EXCEPTION '%', holder USING ERRCODE = 'CF002';
        END IF;
      END
    $$;

    CREATE TABLE nodes (
      -- Rises with every node that comes. What a node writes carries its own; that of one who is not here is refused.
      epoch   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name    text NOT NULL,
      -- Has the store for itself: the command line, a move.
      alone   boolean NOT NULL,
      pid     integer NOT NULL,
      started timestamptz NOT NULL,
      seen    timestamptz NOT NULL
    );
    SELECT setval(pg_get_serial_sequence('nodes', 'epoch'), (SELECT epoch + 1000 FROM seat));

    CREATE FUNCTION node_key(which bigint) RETURNS bigint LANGUAGE sql STABLE AS
      $$ SELECT hashtextextended('certflow node ' || which || ' ' || current_schema(), 0) $$;

    -- Every write asks first. It shares a lock of its node until its end which whoever strikes the node off needs alone,
    -- and looks with a snapshot of its own: either it is committed before the node is struck off, or it is refused.
    CREATE OR REPLACE FUNCTION may_write(mine bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(node_key(mine));
        IF EXISTS (SELECT 1 FROM nodes WHERE epoch = mine) THEN
          RETURN true;
        END IF;
        RAISE EXCEPTION 'this node was struck off' USING ERRCODE = 'CF001';
      END
    $$;

    -- What a node holds for as long as it is there.
    CREATE TABLE claims (
      name  text COLLATE "C" PRIMARY KEY,
      epoch bigint NOT NULL,
      -- Names the claim: one whose answer was lost knows its own.
      token text NOT NULL
    );
    CREATE INDEX claims_epoch ON claims (epoch);

    CREATE FUNCTION node_is_silent(node nodes) RETURNS boolean LANGUAGE sql VOLATILE AS
      $$ SELECT ${silent('node')} $$;

    -- Waits for its writes under way. One that was heard of meanwhile stays.
    CREATE FUNCTION strike_off(which bigint, last timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(node_key(which));
        DELETE FROM nodes WHERE epoch = which AND seen = last;
        IF NOT FOUND THEN
          RETURN false;
        END IF;
        DELETE FROM claims WHERE epoch = which;
        RETURN true;
      END
    $$;

    -- For a step of the form under which nodes of the program before cannot work on.
    CREATE FUNCTION require_no_nodes() RETURNS void LANGUAGE plpgsql VOLATILE AS $$
      DECLARE holder text;
      BEGIN
        SELECT n.name INTO holder FROM nodes n WHERE NOT node_is_silent(n) LIMIT 1;
        IF holder IS NOT NULL THEN
          RAISE EXCEPTION '%', holder USING ERRCODE = 'CF002';
        END IF;
        DELETE FROM claims;
        DELETE FROM nodes;
      END
    $$;

    -- What others have to know: written in the statement of the change, forgotten after minutes. Numbers become visible out
    -- of order; transactions older than all that are under way do not.
    CREATE TABLE changes (
      n     bigint GENERATED ALWAYS AS IDENTITY,
      xid   xid8 NOT NULL DEFAULT pg_current_xact_id(),
      at    timestamptz NOT NULL DEFAULT clock_timestamp(),
      epoch bigint NOT NULL,
      kind  text COLLATE "C" NOT NULL,
      id    text COLLATE "C" NOT NULL
    );
    CREATE INDEX changes_xid ON changes (xid);
  `,
};
