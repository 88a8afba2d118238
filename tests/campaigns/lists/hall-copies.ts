const DAY = 86_400_000;

/** A number below `most` that looks like chance and is the same for the same case. */
const some = (salt: number, most: number): string => `(abs(hashint8extended(n, ${salt})) % ${most})`;

/** Puts so many cases more into the database, each like one of its project that is over, at a time of the last months. */
export const copies = (count: number, projects: number): readonly string[] => [
  `CREATE TEMPORARY TABLE seeds AS
   SELECT n, substr(md5(n::text), 1, 26) AS id, '99' || (26010100000000 + n::bigint * 7919) AS number, m.id AS model,
     (extract(epoch FROM now()) * 1000)::bigint - ${12 * DAY} - ${some(1, 300 * DAY)} AS created_at
   FROM generate_series(1, ${count}) AS n JOIN (
     SELECT id, row_number() OVER (ORDER BY project) - 1 AS place FROM (
       SELECT DISTINCT ON (project) project, id FROM cases WHERE over ORDER BY project, id) o
   ) m ON m.place = n % ${projects}`,
  `INSERT INTO cases (id, number, project, over, revision, version, writing, changed, body, form, entry, owner, workflow, release,
     label, lists, created_at, updated_at, about, course, timer_due, began)
   SELECT s.id, s.number, c.project, true, c.revision, c.version, s.id, now(),
     json_build_object('state', json_build_object('id', s.id, 'number', s.number, 'padding', repeat(md5(s.id), 24))), c.form,
     c.entry, 'applicant' || ${some(2, 250_000)}, c.workflow, c.release, c.label, c.lists, s.created_at,
     s.created_at + c.updated_at - c.created_at, 'about ' || ${some(3, 250_000)}, c.course, c.timer_due,
     to_timestamp(s.created_at / 1000.0)
   FROM seeds s JOIN cases c ON c.id = s.model`,
  `INSERT INTO case_keys
   SELECT id, ARRAY['name ' || ${some(4, 400_000)}, 'phone ' || ${some(5, 900_000)}, 'code ' || n] FROM seeds`,
  `INSERT INTO desk_rows (case_id, n, kind, project, role, owner, company, only_by, not_by, prefer, claimed, rank, until,
     created_at, updated_at)
   SELECT c.id, r.n, r.kind, r.project, r.role, c.owner, '', '', '{}', '', false, r.rank, r.until, c.created_at, c.updated_at
   FROM seeds s JOIN cases c ON c.id = s.id JOIN desk_rows r ON r.case_id = s.model`,
  `INSERT INTO journal (case_id, n, at, entry)
   SELECT id, e.n, to_timestamp(created_at / 1000.0), json_build_object('at', created_at, 'what', 'step ' || e.n)
   FROM seeds, generate_series(1, 2) AS e (n)`,
];
