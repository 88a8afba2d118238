import { FOLLOWED } from '../nodes.ts';

/**
 * What the store says to the database. A write is one statement, and so one transaction; `fence` refuses it when this node was
 * struck off. Each of them may be given twice: the second time it finds nothing to do.
 */
export const FENCE = 'fence AS MATERIALIZED (SELECT may_write($1) AS ok)';

const followed = FOLLOWED.map((kind) => `'${kind}'`).join(', ');
/** The same of a document that is kept in memory. */
const toldDocument = (rows: string): string =>
  `told AS (INSERT INTO changes (epoch, kind, id) SELECT $1, $2, $3 FROM ${rows} WHERE $2 IN (${followed}))`;

/** Months before the case began hold nothing of it, and are not looked into. */
const JOURNAL = '(SELECT json_agg(entry ORDER BY n) FROM journal WHERE case_id = id AND at >= began)';

export const READ_CASE = `SELECT version, course, body, ${JOURNAL} AS journal FROM cases WHERE id = $1`;

/** $2 the version that is known: of that one nothing more is said. */
export const READ_NEWER_CASE = `
  SELECT version, course, CASE WHEN version <> $2::bigint THEN body END AS body,
    CASE WHEN version <> $2::bigint THEN ${JOURNAL} END AS journal
  FROM cases WHERE id = $1`;

export const OWN_CASE = 'SELECT 1 FROM cases WHERE id = $1 AND writing = $2';

/** Those that were written last first. */
export const LIST_CASES = 'SELECT id FROM cases ORDER BY changed DESC';

export const READ_DOCUMENT = 'SELECT version, data FROM documents WHERE kind = $1 AND id = $2';

export const OWN_DOCUMENT = 'SELECT version FROM documents WHERE kind = $1 AND id = $2 AND writing = $3';

export const LIST_DOCUMENTS = `
  SELECT id, version, data FROM documents WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3`;

export const LIST_KINDS = 'SELECT DISTINCT kind FROM documents ORDER BY kind';

const NEW_DOCUMENT = `
  INSERT INTO documents (kind, id, version, writing, data) SELECT $2, $3, 1, $4, $5::json FROM fence WHERE ok`;

/** $2 kind, $3 id, $4 writing, $5 data. */
export const PUT_DOCUMENT = `
  WITH ${FENCE}, put AS (${NEW_DOCUMENT}
    ON CONFLICT (kind, id) DO UPDATE
    SET version = documents.version + 1, writing = EXCLUDED.writing, data = EXCLUDED.data RETURNING version
  ), ${toldDocument('put')}
  SELECT version FROM put`;

export const CREATE_DOCUMENT = `
  WITH ${FENCE}, put AS (${NEW_DOCUMENT} ON CONFLICT (kind, id) DO NOTHING RETURNING version), ${toldDocument('put')}
  SELECT version FROM put`;

/** $6 the version that it has elsewhere. */
export const BRING_DOCUMENT = `
  WITH ${FENCE}
  INSERT INTO documents (kind, id, version, writing, data) SELECT $2, $3, $6::bigint, $4, $5::json FROM fence WHERE ok
  ON CONFLICT (kind, id) DO UPDATE
  SET version = EXCLUDED.version, writing = EXCLUDED.writing, data = EXCLUDED.data`;

/** $6 the version that it takes the place of. */
export const UPDATE_DOCUMENT = `
  WITH ${FENCE}, put AS (
    UPDATE documents SET version = version + 1, writing = $4, data = $5::json
    FROM fence WHERE fence.ok AND kind = $2 AND id = $3 AND version = $6::bigint RETURNING version
  ), ${toldDocument('put')}
  SELECT version FROM put`;

/** $4 the version that has to be there, or null. */
export const REMOVE_DOCUMENT = `
  WITH ${FENCE},
  gone AS (
    DELETE FROM documents USING fence
    WHERE fence.ok AND kind = $2 AND id = $3 AND ($4::bigint IS NULL OR version = $4::bigint) RETURNING 1
  ), ${toldDocument('gone')}
  SELECT count(*)::integer AS count FROM gone`;

/** $2 folder, $3 name, $4 bytes. */
export const PUT_FILE = `
  WITH ${FENCE} INSERT INTO files (folder, name, bytes) SELECT $2, $3, $4::bytea FROM fence WHERE ok
  ON CONFLICT (folder, name) DO UPDATE SET bytes = EXCLUDED.bytes`;

export const READ_FILE = 'SELECT bytes FROM files WHERE folder = $1 AND name = $2';

export const REMOVE_FILE = `
  WITH ${FENCE} DELETE FROM files USING fence WHERE fence.ok AND folder = $2 AND name = $3`;

/** $2 folder. */
export const CLEAR_FOLDER = `
  WITH ${FENCE} DELETE FROM files USING fence WHERE fence.ok AND folder = $2`;

export const LIST_FOLDER = 'SELECT name FROM files WHERE folder = $1 ORDER BY name';

/** Those behind $1 folder, $2 name. */
export const LIST_FILES = `
  SELECT folder, name FROM files WHERE (folder, name) > ($1, $2) ORDER BY folder, name LIMIT $3`;

/** $2 token, $3 names, in order: two nodes that want several of the same wait for each other in one direction. */
export const CLAIM = `
  WITH ${FENCE}
  INSERT INTO claims (name, epoch, token) SELECT wanted.name, $1, $2 FROM fence, unnest($3::text[]) AS wanted (name) WHERE ok
  ON CONFLICT (name) DO NOTHING RETURNING name`;

export const OWN_CLAIMS = 'SELECT count(*)::integer AS count FROM claims WHERE token = $1';

/** Of one's own token only: it needs no fence. */
export const RELEASE = 'DELETE FROM claims WHERE token = $1';

/** Transactions before this one have ended. */
export const SNAPSHOT = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin';

/** $2 the transaction from which on others are to be heard. */
export const CHANGES = `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin,
    EXISTS (SELECT 1 FROM nodes WHERE epoch = $1) AS there,
    (SELECT json_agg(json_build_array(n, xid::text, kind, id) ORDER BY n) FROM changes
      WHERE xid >= $2::text::xid8 AND epoch <> $1) AS rows`;

export const FORGET_CHANGES = `
  WITH ${FENCE} DELETE FROM changes USING fence WHERE fence.ok AND at < clock_timestamp() - interval '10 minutes'`;

/** $1 channel, $2 what is said. */
export const HINT = 'SELECT pg_notify($1, $2)';
