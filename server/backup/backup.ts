import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createAudit } from '../audit/audit.ts';
import type { Anchor } from '../audit/chain.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { readStoredKeys, type StoredKeys } from '../crypto/data-keys.ts';
import { placeOfFiles } from '../files/place.ts';
import { diskIo } from '../store/file/io.ts';
import { INDEX_KIND, type Store } from '../store/store.ts';

/** What a backup says of itself; written last, so that a backup without it is not whole. */
export interface Manifest {
  readonly format: 1;
  readonly id: string;
  readonly at: number;
  /** Keyed: tells whether a key is the one that opens this backup, and nothing of the key. */
  readonly keyCheck: string;
  /** The wrapped keys of the data, by which a master key is tried before anything is copied; absent in older backups. */
  readonly keys?: StoredKeys;
  /** Where the files of its cases are, when they are not in it. */
  readonly filesIn?: string;
  /** Where the log of who did what ended: an anchor for `certflow audit verify`. */
  readonly audit?: Anchor;
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
}

/** A backup or a restore that cannot be made, in a sentence that says what to do. */
export class BackupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupError';
  }
}

export const MANIFEST = 'manifest.json';
const STAGING = 'backup-under-way';

export function keyCheckOf(crypto: Crypto, id: string): string {
  return crypto.digest('backup', id);
}

/** The key is not in a backup: whoever steals one reads nothing. Indexes are made anew, locks and sockets belong to a process. */
function isLeftOut(path: string): boolean {
  const [room = ''] = path.split(sep);
  if (['lock', 'key', 'admin', STAGING].includes(room) || path.endsWith('.tmp')) return true;
  return path.startsWith(join('documents', INDEX_KIND));
}

/**
 * Copies a data folder whose server may be running. Every file of it is replaced as a whole and never written in place, so
 * that a second name for each of them, made while no write is under way, is the folder of that very moment; it is copied
 * at leisure while the server goes on.
 * @param to a folder that does not exist yet or is empty @throws BackupError
 */
export async function backup(
  dataDir: string,
  to: string,
  parts: { readonly store: Store; readonly crypto: Crypto; readonly now: number },
): Promise<Manifest> {
  const target = resolve(to);
  if (`${target}${sep}`.startsWith(`${resolve(dataDir)}${sep}`))
    throw new BackupError(`${target} 在数据目录里面，请备份到别的地方`);
  await requireEmpty(target);
  const staging = join(dataDir, STAGING);
  await rm(staging, { recursive: true, force: true });
  try {
    const paths = await parts.store.pause(() => linkAll(dataDir, staging));
    const files: { path: string; size: number; sha256: string }[] = [];
    for (const path of paths) files.push({ path, ...(await copyFile(join(staging, path), join(target, path))) });
    const id = randomBytes(16).toString('hex');
    const keys = await readStoredKeys(parts.store);
    const about = { format: 1, id, at: parts.now, keyCheck: keyCheckOf(parts.crypto, id) } as const;
    const audit = await createAudit(parts.store, parts.crypto).anchor();
    const filesIn = (await placeOfFiles(parts.store))?.title;
    const manifest: Manifest = { ...about, ...(keys && { keys }), ...(filesIn && { filesIn }), audit, files };
    await writeFile(join(target, MANIFEST), JSON.stringify(manifest), { flush: true, mode: 0o600 });
    await diskIo.syncFolder(target);
    return manifest;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function linkAll(dataDir: string, staging: string): Promise<readonly string[]> {
  const paths: string[] = [];
  const made = new Set<string>();
  for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(resolve(dataDir).length + 1);
    if (!entry.isFile() || isLeftOut(path)) continue;
    const place = join(staging, path);
    if (!made.has(dirname(place))) await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    made.add(dirname(place));
    try {
      await link(join(dataDir, path), place);
    } catch (error) {
      // Uploaded files are erased and sealed anew beside the writes of the store: what is gone, nothing refers to.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && path.startsWith(`files${sep}`)) continue;
      throw error;
    }
    paths.push(path);
  }
  return paths;
}

/** @throws BackupError when something is there */
export async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') return [folder];
    throw error;
  });
  if (names.length > 0) throw new BackupError(`${folder} 已有内容，不会覆盖。请换一个新目录，或先把它移走`);
}

/** Durable when it returns. */
export async function copyFile(from: string, to: string): Promise<{ readonly size: number; readonly sha256: string }> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const read = createReadStream(from);
  read.on('data', (part) => hash.update(part));
  await pipeline(read, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }));
  return { size: (await stat(to)).size, sha256: hash.digest('hex') };
}
