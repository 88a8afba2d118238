import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { definitionFiles } from '../../../bench/definitions.ts';
import { openStoreHall, wayOf } from '../../../bench/store/hall.ts';
import { load } from '../../../engine/load.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { besideOf } from '../../../server/cases/beside.ts';
import { formOf } from '../../../server/cases/listed.ts';
import { searchKey, searchKeys } from '../../../server/cases/search-keys.ts';
import { type Crypto, createCrypto } from '../../../server/crypto/crypto.ts';
import { openDataKeys } from '../../../server/crypto/data-keys.ts';
import { loadKeyRing } from '../../../server/crypto/keys.ts';
import { newId } from '../../../server/ids.ts';
import type { Beside } from '../../../server/store/listing.ts';
import { openPostgres } from '../../../server/store/postgres/open.ts';
import { sealedStore } from '../../../server/store/sealed.ts';
import { sensitiveSchemas } from '../../../server/store/sensitive-schemas.ts';
import type { CaseDocument, Store } from '../../../server/store/store.ts';
import { clientOf } from '../../support/postgres.ts';
import { withoutIndexes } from './fill.ts';
import { copies } from './hall-copies.ts';

const DAY = 86_400_000;
const PROJECTS = ['szmg', 'inner-mongolia', 'weigu', 'everbright', 'shenzhen-construction'];
/** Of each hundred real cases, how many stand behind this step of the whole way; the others are over. */
const STANDS: readonly (readonly [step: number, percent: number])[] = [
  [3, 5],
  [9, 2],
  [17, 3],
  [19, 50],
  [20, 8],
  [25, 2],
];
const LAST = 29;
/** Of the cases, how many are real ones; the others are over and the database's copies of rows: nobody could open them. */
const REAL = 0.06;
/** Days; the oldest and the newest of all are real ones. */
const OLDEST = 339;
const BATCH = 250;
/** Behind everything that is measured. */
const LATER = 4_000_000_000_000;

/** A case after a step, as a text in which the names of its own are exchanged. */
interface Model {
  readonly definition: Definition;
  readonly document: CaseDocument;
  readonly beside: Beside;
  /** What lists show of it, as JSON. */
  readonly entry: string;
  /** Of what is the same in all copies. */
  readonly keys: readonly string[];
}

export interface HallGiven {
  readonly url: string;
  /** Of the server that has started with this database once: its keys are needed. */
  readonly dataDir: string;
  readonly count: number;
}

/**
 * Fills the database of a real server with so many cases of five projects. Those that are real are each a copy of one that went the way of the
 * certificate up to some step, under a number, a company and a time of its own, described and sealed as the server does it.
 * The account `applicant` has every twentieth.
 */
export async function hall({ url, dataDir, count }: HallGiven, tell: (line: string) => void): Promise<void> {
  const onFatal = (message: string): never => {
    throw new Error(message);
  };
  const { store: raw } = await openPostgres({ url, onFatal });
  const crypto = createCrypto(await openDataKeys(raw, await loadKeyRing(null, dataDir), null, Date.now()));
  const form = formOf(crypto);
  const people = await accountsIn(raw, crypto);
  const models = (await Promise.all(PROJECTS.map((project) => modelsOf(project, crypto, form)))).flat();
  const of = new Map(models.map((model) => [model.definition.hash, model.definition]));
  let written: CaseDocument | null = null;
  const catching = {
    async createCase(document: CaseDocument) {
      written = document;
    },
  } as unknown as Store;
  const sealing = sealedStore(catching, crypto, async (release) => sensitiveSchemas(of.get(release)!));
  const sealed = async (document: CaseDocument): Promise<object> => {
    await sealing.createCase(document);
    const { journal: _, ...body } = written!;
    return body;
  };
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('connect', (one) => void one.query('SET session_replication_role = replica; SET synchronous_commit = off'));
  await pool.query(`SELECT make_month(now() - m * interval '1 month') FROM generate_series(0, 13) AS m`);
  const client = await clientOf(url);
  const counted = new Map<string, Counted>();
  const real = Math.round(count * REAL);
  await withoutIndexes(client, async () => {
    const inserting = new Set<Promise<unknown>>();
    for (let from = 0; from < real; from += BATCH) {
      const rows: object[] = [];
      for (let n = from; n < Math.min(real, from + BATCH); n += 1) {
        const copy = copied(models[modelFor(n, models)]!, n, count, crypto, people);
        rows.push({ ...copy.row, body: await sealed(copy.document()) });
        for (const one of copy.counted) sum(counted, copy.row.project, one);
      }
      const job = pool.query(INSERT, [JSON.stringify(rows)]).finally(() => inserting.delete(job));
      inserting.add(job);
      if (inserting.size > 1) await Promise.race(inserting);
      if (from % 10_000 === 0) tell(`${from} cases`);
    }
    await Promise.all(inserting);
    tell(`${real} real cases`);
    await client.query('SET session_replication_role = replica; SET synchronous_commit = off');
    for (const sql of copies(count - real, PROJECTS.length)) await client.query(sql);
    await pool.query(COUNTS, [JSON.stringify([...counted.values()])]);
  });
  await client.end();
  await pool.end();
  await raw.close();
}

interface Counted {
  readonly project: string;
  readonly day: string;
  readonly what: string;
  n: number;
  ms: number;
}

function sum(counted: Map<string, Counted>, project: string, { day, what, ms }: Beside['counted'][number]): void {
  const key = `${project}\n${day}\n${what}`;
  const known = counted.get(key);
  if (known === undefined) counted.set(key, { project, day, what, n: 1, ms });
  else {
    known.n += 1;
    known.ms += ms;
  }
}

/** Ids of accounts by their names. */
async function accountsIn(raw: Store, crypto: Crypto): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const store = sealedStore(raw, crypto, async () => {
    throw new Error('no case is read here');
  });
  for await (const { id, document } of store.listDocuments('account'))
    found.set(String((document.data as { account?: string }).account), id);
  return found;
}

/** A case of this project after each of the steps, in the order of `STANDS`, and one that is over. */
async function modelsOf(project: string, crypto: Crypto, form: string): Promise<readonly Model[]> {
  const { definition } = load(definitionFiles(), project);
  if (definition === null) throw new Error(`${project} does not load`);
  const way = wayOf(definition);
  const folder = mkdtempSync(join(tmpdir(), 'certflow-hall-'));
  const hall = await openStoreHall(folder, way, undefined, true);
  const id = await hall.start(0);
  const found: Model[] = [];
  for (let at = 0; at <= LAST; at += 1) {
    await hall.step(id, 0, at);
    if (at !== LAST && !STANDS.some(([step]) => step === at)) continue;
    const { document } = await hall.cases.read(id);
    const typed = searchKeys(crypto, definition, document.state);
    const described = { ...hall.cases.described(document, definition), keys: typed };
    const env = hall.cases.env();
    const beside = besideOf(document, definition, described, { course: null }, { crypto, form, env });
    const keys = typed.filter((key) => key !== searchKey(crypto, FIRM) && key !== searchKey(crypto, CODE));
    const entry = JSON.stringify({ ...described, roles: [...described.roles], keys: KEYS });
    found.push({ definition, document, beside, keys, entry });
  }
  await hall.close();
  rmSync(folder, { recursive: true });
  return found;
}

/** As good as chance, the same for the same case. */
const chance = (n: number, salt: number, most: number): number => {
  let x = Math.imul(n + 1, 2_654_435_761) ^ Math.imul(salt, 40_503);
  x = Math.imul(x ^ (x >>> 15), 2_246_822_519);
  return ((x ^ (x >>> 13)) >>> 0) % most;
};

function modelFor(n: number, models: readonly Model[]): number {
  const each = models.length / PROJECTS.length;
  const first = chance(n, 1, PROJECTS.length) * each;
  let left = chance(n, 2, 100);
  for (const [at, [, percent]] of STANDS.entries()) {
    if (left < percent) return first + at;
    left -= percent;
  }
  return first + each - 1;
}

const TIME = /(?<=[:[])1\d{12}(?=[,}\]])/g;
const PLACES = ['江东', '西岭', '南浦', '北川', '云溪', '平湖', '青石', '白塔'];
const TRADES = ['纺织', '机械', '电子', '建材', '食品', '物流', '印务'];

/** How long ago it began: of a few a year. */
const overFor = (n: number): number =>
  n % 10 === 0 ? OLDEST * DAY + chance(n, 4, 2 * DAY) : 12 * DAY + chance(n, 4, 300 * DAY);

/** Of the company of the recorded way. */
const FIRM = '示例机构名称';
const CODE = '91990000MA0000001B';
/** Stands in an entry where its own keys are to stand. */
const KEYS = ['keys'];

/** The case under names and a time of its own. */
function copied(model: Model, n: number, count: number, crypto: Crypto, people: ReadonlyMap<string, string>) {
  const { beside } = model;
  const { journal, state } = model.document;
  const id = newId();
  const firm = chance(n, 3, Math.max(1, Math.floor(count / 4)));
  const name = `${PLACES[firm % PLACES.length]}${TRADES[firm % TRADES.length]}${firm}有限公司`;
  const code = `9199${String(firm).padStart(14, '0')}`;
  const began = Date.now() - (state.over ? overFor(n) : chance(n, 4, 2 * DAY));
  const shift = began - state.createdAt;
  const owner = chance(n, 5, 20) === 0 ? people.get('applicant')! : `applicant${chance(n, 6, 250_000)}`;
  const reviewer = chance(n, 7, 50) === 0 ? people.get('reviewer')! : 'nobody';
  const number = `${state.number.slice(0, 3)}${String(26_010_100_000_000 + n * 7_919)}`;
  const named = (text: string): string =>
    text
      .replaceAll(state.id, id)
      .replaceAll(state.number, number)
      .replaceAll(FIRM, name)
      .replaceAll(CODE, code)
      .replaceAll('applicant/one', owner)
      .replaceAll('reviewer/one', reviewer);
  const own = (text: string): string => named(text).replace(TIME, (time) => String(Number(time) + shift));
  const at = (ms: number | null): number | null => (ms === null ? null : ms + shift);
  const days = new Map<string, string>();
  const dayOf = (day: string): string => {
    const known = days.get(day) ?? new Date(Date.parse(day) + shift).toISOString().slice(0, 10);
    days.set(day, known);
    return known;
  };
  const about = searchKey(crypto, name);
  const keys = [...model.keys, about, searchKey(crypto, code)];
  const entry = own(model.entry).replace(JSON.stringify(KEYS), JSON.stringify(keys));
  const { rows, counted, createdAt, updatedAt, ...columns } = beside;
  return {
    counted: counted.map((one) => ({ ...one, day: dayOf(one.day) })),
    /** Nothing is to become due or to be sent while it is measured. */
    document(): CaseDocument {
      const document = JSON.parse(own(JSON.stringify({ ...model.document, journal: [] }))) as CaseDocument;
      const timers = Object.entries(document.state.timers).map(([key, timer]) => [key, { ...timer, due: LATER }]);
      return { ...document, outbox: [], state: { ...document.state, timers: Object.fromEntries(timers) } };
    },
    row: {
      ...columns,
      ...{ id, number, owner, keys, about, project: state.project, over: state.over, revision: state.revision },
      ...{ began, created_at: began, updated_at: updatedAt + shift },
      ...{ warn: at(beside.warn), late: at(beside.late), watch: at(beside.watch) },
      entry: crypto.sealText('document', entry, `listed/${id}`),
      timer_due: Object.keys(state.timers).length > 0 ? LATER : null,
      rows: rows.map((row, place) => ({
        ...{ ...row, n: place, until: row.until > LATER ? row.until : row.until + shift },
        ...{ onlyBy: named(row.onlyBy), prefer: named(row.prefer) },
      })),
      journal: journal.map((one, place) => ({
        ...{ n: place + 1, at: one.at + shift },
        entry: JSON.parse(own(JSON.stringify(one))) as object,
      })),
    },
  };
}

const INSERT = `
  WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS g (id text, number text, project text, over boolean, revision integer,
      body json, created_at bigint, updated_at bigint, began bigint, form text, entry text, owner text, company text, workflow text,
      release text, label text, lists text[], warn bigint, late bigint, watch bigint, about text, course json, timer_due bigint,
      keys text[], rows json, journal json)
  ),
  made AS (
    INSERT INTO cases (id, number, project, over, revision, version, writing, changed, body, form, entry, owner, company, workflow,
      release, label, lists, created_at, updated_at, warn, late, watch, about, course, timer_due, began)
    SELECT id, number, project, over, revision, revision, id, now(), body, form, entry, owner, company, workflow,
      release, label, lists, created_at, updated_at, warn, late, watch, about, course, timer_due, to_timestamp(began / 1000.0)
    FROM given
  ),
  keyed AS (INSERT INTO case_keys (case_id, keys) SELECT id, keys FROM given),
  placed AS (
    INSERT INTO desk_rows (case_id, n, kind, project, role, owner, company, only_by, not_by, prefer, claimed, rank, until,
      created_at, updated_at, warn, late)
    SELECT g.id, r.n, r.kind, g.project, r.role, g.owner, coalesce(g.company, ''), r."onlyBy", r."notBy", r.prefer, r.claimed,
      r.rank, r.until, g.created_at, g.updated_at, g.warn, g.late
    FROM given g, json_to_recordset(g.rows) AS r (n integer, kind text, role text, "onlyBy" text, "notBy" text[], prefer text,
      claimed boolean, rank smallint, until bigint)
  )
  INSERT INTO journal (case_id, n, at, entry)
  SELECT g.id, j.n, to_timestamp(j.at / 1000.0), j.entry
  FROM given g, json_to_recordset(g.journal) AS j (n integer, at bigint, entry json)`;

const COUNTS = `
  INSERT INTO counts (project, day, what, n, ms, cases)
  SELECT project, day, what, n, ms, '{}' FROM json_to_recordset($1::json) AS c (project text, day text, what text, n bigint, ms bigint)`;
