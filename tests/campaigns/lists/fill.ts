import type pg from 'pg';

/** The time at which lists are asked, ms. */
export const NOW = 1_800_000_000_000;
/** By which rules the cases are said to be described, unless somebody says otherwise. */
export const FORM = 'of the campaign';
const DAY = 86_400_000;
const TABLES = ['cases', 'desk_rows', 'case_keys', 'counted', 'counts'];

/** A number below `most` that looks like chance and is the same for the same case. */
const chance = (salt: number, most: number): string => `(abs(hashint8extended(n, ${salt})) % ${most})`;

/**
 * A hall of so many cases of a year, made by the database itself: four of five are over, every tenth waits in a queue of
 * the desk; of five projects. One agent has every twentieth, one company every fiftieth.
 */
export async function fill(client: pg.ClientBase, count: number, form = FORM): Promise<void> {
  await withoutIndexes(client, async () => {
    await client.query(
      `SELECT make_month(to_timestamp(${NOW} / 1000) - m * interval '1 month') FROM generate_series(0, 13) AS m`,
    );
    // What is made here fits; to look at each row again would take as long as to make it.
    await client.query('SET session_replication_role = replica').catch(() => undefined);
    await client.query('SET synchronous_commit = off');
    for (const sql of statements(count, form)) await client.query(sql);
  });
}

/** Makes rows and their indexes afterwards, which takes a part of the time. */
export async function withoutIndexes(client: pg.ClientBase, make: () => Promise<void>): Promise<void> {
  const indexes = await client.query<{ name: string; def: string }>(
    `SELECT indexname AS name, indexdef AS def FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY ($1)
     AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
    [TABLES],
  );
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
  await make();
  await client.query(`SET maintenance_work_mem = '512MB'`);
  for (const { def } of indexes.rows) await client.query(def);
  await client.query('VACUUM ANALYZE');
}

const statements = (count: number, form: string): readonly string[] => [
  `CREATE TEMPORARY TABLE seeds AS
   SELECT n, substr(md5(n::text), 1, 26) AS id, '016' || (26010100000000 + n::bigint * 7919) AS number,
     'p' || ${chance(1, 5)} AS project, ${chance(2, 100)} AS kind,
     CASE WHEN ${chance(3, 20)} = 0 THEN 'agent' ELSE 'o' || ${chance(4, 250_000)} END AS owner,
     CASE WHEN ${chance(5, 50)} = 0 THEN 'company' END AS company,
     ${NOW}::bigint - (${count} - n)::bigint * ${365 * DAY} / ${count} - 7 * ${DAY} AS created_at,
     ${chance(6, 6 * DAY)} AS lasted,
     CASE WHEN ${chance(7, 10)} < 6 THEN ${NOW}::bigint + ${chance(8, 10 * DAY)} - ${3 * DAY} END AS late
   FROM generate_series(1, ${count}) AS n`,
  `INSERT INTO cases (id, number, project, over, revision, version, writing, changed, body, form, entry, owner, company, workflow,
     release, label, lists, created_at, updated_at, warn, late, watch, about, timer_due, began)
   SELECT id, number, project, kind < 80, 3, 3, id, now(),
     json_build_object('state', json_build_object('id', id, 'number', number, 'padding', repeat(md5(id), 24))), '${form}',
     json_build_object('id', id, 'number', number, 'project', project, 'owner', owner, 'company', company, 'over', kind < 80,
       'createdAt', created_at, 'updatedAt', created_at + lasted, 'subject', '', 'label', kind, 'lists', '[]'::json,
       'tasks', '[]'::json, 'roles', '[]'::json, 'keys', '[]'::json, 'padding', repeat(md5(number), 20)),
     owner, company, 'w' || kind % 2, 'r' || kind % 3, 'label ' || kind % 9, CASE WHEN kind < 80 THEN '{done}' ELSE '{}' END::text[],
     created_at, created_at + lasted,
     CASE WHEN kind >= 84 THEN late - ${DAY} END, CASE WHEN kind >= 84 THEN late END,
     CASE WHEN kind >= 84 THEN coalesce(late, created_at + lasted + 600000) END,
     'about ' || ${chance(9, 300_000)}, CASE WHEN kind >= 80 THEN ${NOW}::bigint + ${30 * DAY} + ${chance(10, 30 * DAY)} END,
     to_timestamp(created_at / 1000.0)
   FROM seeds`,
  `INSERT INTO case_keys SELECT id, ARRAY['name ' || ${chance(11, 400_000)}, 'phone ' || ${chance(12, 900_000)}, 'code ' || n] FROM seeds`,
  `INSERT INTO desk_rows (case_id, n, kind, project, role, owner, company, only_by, not_by, prefer, claimed, rank, until,
     created_at, updated_at, warn, late)
   SELECT id, r.at, r.row, project, r.role, owner, coalesce(company, ''), CASE WHEN r.claimed THEN 'staff' || ${chance(13, 40)} ELSE '' END,
     CASE WHEN r.row = 'task' AND ${chance(14, 4)} = 0 THEN ARRAY['staff' || ${chance(15, 40)}] ELSE '{}' END,
     CASE WHEN r.row = 'task' AND ${chance(16, 200)} = 0 THEN 'staff' || ${chance(17, 40)} ELSE '' END, r.claimed,
     CASE WHEN r.row = 'task' AND ${chance(18, 30)} = 0 THEN 1 ELSE 2 END, coalesce(late, ${Number.MAX_SAFE_INTEGER}),
     created_at, created_at + lasted, CASE WHEN kind >= 84 THEN late - ${DAY} END, CASE WHEN kind >= 84 THEN late END
   FROM seeds s, LATERAL (
     SELECT 0 AS at, 'seen' AS row, 'reviewer' AS role, false AS claimed WHERE s.kind NOT BETWEEN 80 AND 83
     UNION ALL SELECT 1, 'seen', 'finance', false WHERE s.kind < 20 OR s.kind >= 98
     UNION ALL SELECT 2, 'task', 'reviewer', s.kind >= 96 WHERE s.kind BETWEEN 84 AND 97
     UNION ALL SELECT 2, 'task', 'finance', false WHERE s.kind >= 98) r`,
  `INSERT INTO journal (case_id, n, at, entry)
   SELECT id, e.n, to_timestamp((created_at + e.n * lasted / 2) / 1000.0), json_build_object('at', created_at, 'what', 'step ' || e.n)
   FROM seeds, generate_series(1, 2) AS e (n)`,
  `INSERT INTO counts SELECT 'p' || p, to_char(to_timestamp(${NOW} / 1000) - d * interval '1 day', 'YYYY-MM-DD'), w.what, 1 + d % 7, 1000, '{}'
   FROM generate_series(0, 4) AS p, generate_series(0, 364) AS d,
     (SELECT unnest(ARRAY['begun', 'reached', 'ended', 'right', 'back']) UNION ALL
      SELECT E'left\\n' || c || E'\\ns' || s FROM generate_series(0, 14) AS c, generate_series(0, 7) AS s) AS w (what)`,
  `INSERT INTO counted (project, day, what, ms, case_id)
   SELECT 'p' || n % 5, to_char(to_timestamp(${NOW} / 1000), 'YYYY-MM-DD'), 'begun', 0, NULL FROM generate_series(1, 2000) AS n`,
];
