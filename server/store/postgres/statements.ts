/**
 * What the store says to the database. A write is one statement, and so one transaction; `fence` refuses it when another node
 * has the seat. Each of them may be given twice: the second time it finds nothing to do.
 */
const FENCE = 'fence AS MATERIALIZED (SELECT may_write($1) AS ok)';

/** $9 places and $10 entries that are new or others, $11 the length. */
const journalOf = (rows: string): string => `
  noted AS (
    INSERT INTO journal (case_id, n, entry)
    SELECT $2, e.n, e.entry FROM ${rows}, unnest($9::integer[], $10::json[]) AS e (n, entry)
    ON CONFLICT (case_id, n) DO UPDATE SET entry = EXCLUDED.entry
  ),
  dropped AS (DELETE FROM journal USING ${rows} WHERE case_id = $2 AND n > $11::integer)`;

/** $2 id, $3 number, $4 project, $5 over, $6 revision, $7 writing, $8 body. */
export const CREATE_CASE = `
  WITH ${FENCE},
  made AS (
    INSERT INTO cases (id, number, project, over, revision, version, writing, changed, body)
    SELECT $2, $3, $4, $5::boolean, $6::integer, 1, $7, clock_timestamp(), $8::json FROM fence WHERE ok
    ON CONFLICT (id) DO NOTHING RETURNING id
  ), ${journalOf('made')}
  SELECT count(*)::integer AS count FROM made`;

/** As above; $12 the version that it was made from. */
export const UPDATE_CASE = `
  WITH ${FENCE},
  moved AS (
    UPDATE cases SET number = $3, project = $4, over = $5::boolean, revision = $6::integer, version = version + 1,
      writing = $7, changed = clock_timestamp(), body = $8::json
    FROM fence WHERE fence.ok AND cases.id = $2 AND version = $12::bigint RETURNING cases.id
  ), ${journalOf('moved')}
  SELECT count(*)::integer AS count FROM moved`;

export const READ_CASE = `
  SELECT version, body, (SELECT json_agg(entry ORDER BY n) FROM journal WHERE case_id = id) AS journal
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
  WITH ${FENCE} ${NEW_DOCUMENT}
  ON CONFLICT (kind, id) DO UPDATE
  SET version = documents.version + 1, writing = EXCLUDED.writing, data = EXCLUDED.data RETURNING version`;

export const CREATE_DOCUMENT = `WITH ${FENCE} ${NEW_DOCUMENT} ON CONFLICT (kind, id) DO NOTHING RETURNING version`;

/** $6 the version that it has elsewhere. */
export const BRING_DOCUMENT = `
  WITH ${FENCE}
  INSERT INTO documents (kind, id, version, writing, data) SELECT $2, $3, $6::bigint, $4, $5::json FROM fence WHERE ok
  ON CONFLICT (kind, id) DO UPDATE
  SET version = EXCLUDED.version, writing = EXCLUDED.writing, data = EXCLUDED.data`;

/** $6 the version that it takes the place of. */
export const UPDATE_DOCUMENT = `
  WITH ${FENCE}
  UPDATE documents SET version = version + 1, writing = $4, data = $5::json
  FROM fence WHERE fence.ok AND kind = $2 AND id = $3 AND version = $6::bigint RETURNING version`;

/** $4 the version that has to be there, or null. */
export const REMOVE_DOCUMENT = `
  WITH ${FENCE},
  gone AS (
    DELETE FROM documents USING fence
    WHERE fence.ok AND kind = $2 AND id = $3 AND ($4::bigint IS NULL OR version = $4::bigint) RETURNING 1
  )
  SELECT count(*)::integer AS count FROM gone`;

/** $2 folder, $3 name, $4 bytes. */
export const PUT_FILE = `
  WITH ${FENCE} INSERT INTO files (folder, name, bytes) SELECT $2, $3, $4::bytea FROM fence WHERE ok
  ON CONFLICT (folder, name) DO UPDATE SET bytes = EXCLUDED.bytes`;

export const READ_FILE = 'SELECT bytes FROM files WHERE folder = $1 AND name = $2';

export const REMOVE_FILE = `
  WITH ${FENCE} DELETE FROM files USING fence WHERE fence.ok AND folder = $2 AND name = $3`;

/** Names in a folder, and of the folders in it. */
export const LIST_FOLDER = `
  SELECT name FROM files WHERE folder = $1
  UNION SELECT DISTINCT split_part(substr(folder, length($1) + 2), '/', 1) FROM files WHERE starts_with(folder, $1 || '/')`;
