import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, freshIn } from './postgres.ts';

/** Halls of this run keep everything in their data folder, or (TEST_STORE=postgres) in a place of their own in one PostgreSQL. */
export const isOnPostgres = process.env.TEST_STORE === 'postgres';

/** Of this process, which takes them away. */
const places = new Set<string>();

function base(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('the configuration of this run has no tests/support/postgres-of-run.ts');
  return url;
}

const nameOf = (dataDir: string): string => `hall_${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;

/** Address of the database of the hall with this data folder, the same every time; null when all is in the folder. */
export async function databaseOf(dataDir: string): Promise<string | null> {
  if (!isOnPostgres) return null;
  const name = nameOf(dataDir);
  places.add(name);
  return freshIn(base(), name);
}

/** What a process has to be told of it besides its DATA_DIR. */
export async function storeEnv(dataDir: string): Promise<{ readonly [name: string]: string }> {
  const database = await databaseOf(dataDir);
  return database === null ? {} : { STORE: 'postgres', DATABASE_URL: database };
}

/** Takes away what halls of this process had in the database. */
export async function removePlaces(): Promise<void> {
  for (const name of places) await ask(base(), `DROP SCHEMA IF EXISTS ${name} CASCADE`);
  places.clear();
}

/** A file of a hall, or a row of its database, as it lies there. */
export interface Kept {
  /** Path, or name of the table. */
  readonly where: string;
  readonly bytes: Buffer;
}

/** Everything that a hall keeps: for whoever looks whether something is in it that must not be. */
export async function keptBy(dataDir: string): Promise<readonly Kept[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map(async (where) => ({ where, bytes: await readFile(where) }));
  return [...(await Promise.all(files)), ...(isOnPostgres ? await rowsOf(dataDir) : [])];
}

/** Where this stands, in names too. */
export function holding(kept: readonly Kept[], what: string | Buffer): readonly string[] {
  return kept
    .filter(({ where, bytes }) => where.includes(what.toString()) || bytes.includes(what))
    .map(({ where }) => where);
}

/** The documents of a kind that a hall keeps. */
export async function documentsKept(dataDir: string, kind: string): Promise<readonly Kept[]> {
  const kept = await keptBy(dataDir);
  return kept.filter(({ where, bytes }) =>
    where === 'documents' ? bytes.toString().startsWith(` ${kind} `) : where.includes(join('/documents', kind, '/')),
  );
}

/** How many sealed files it keeps of a case. */
export async function filesKept(dataDir: string, caseId: string): Promise<number> {
  if (!isOnPostgres) return (await readdir(join(dataDir, 'files', caseId)).catch(() => [])).length;
  const url = (await databaseOf(dataDir)) ?? '';
  return (await ask(url, 'SELECT 1 FROM files WHERE folder = $1', [`files/${caseId}`])).length;
}

async function rowsOf(dataDir: string): Promise<readonly Kept[]> {
  const url = (await databaseOf(dataDir)) ?? '';
  const tables = await ask<{ name: string }>(
    url,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`,
  );
  const kept: Kept[] = [];
  for (const { name } of tables)
    for (const row of await ask<{ [column: string]: unknown }>(url, `SELECT * FROM ${name}`))
      kept.push({ where: name, bytes: Buffer.concat(Object.values(row).map(bytesOf)) });
  return kept;
}

function bytesOf(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  return Buffer.from(` ${typeof value === 'string' ? value : (JSON.stringify(value) ?? '')}`);
}
