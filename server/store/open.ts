import { mkdir } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { folderFiles } from '../files/folder-files.ts';
import { type OpenedBucket, requireFiles } from '../files/place.ts';
import type { SealedFiles } from '../files/sealed-files.ts';
import { openFileStore } from './file/file-store.ts';
import { diskIo, type Io } from './file/io.ts';
import { lockFolder } from './file/lock.ts';
import { requireStayed } from './moving.ts';
import { aloneNodes, type Nodes } from './nodes.ts';
import type { Store } from './store.ts';

/** Where everything is kept. */
export interface Opened {
  readonly store: Store;
  /** Where the bytes of uploaded files are, for the vault. */
  readonly files: SealedFiles;
  /** Who else works with it. */
  readonly nodes: Nodes;
}

export interface OpenOptions {
  /** Called once when what is stored can no longer be trusted, or is another node's. */
  readonly onFatal: (message: string) => void;
  /** The disk of a data folder, where somebody looks on. */
  readonly io?: Io;
  /** Others may work with the same database at the same time. */
  readonly isShared?: boolean;
  /** Wait while somebody has the database for itself. */
  readonly standBy?: boolean;
  readonly onWait?: (holder: string) => void;
  readonly onCareless?: (settings: readonly string[]) => void;
  /** The database has not answered for some seconds; how long it was, when it does again. */
  readonly onAway?: (reason: string) => void;
  readonly onBack?: (seconds: number) => void;
}

/**
 * Opens the store of this configuration, alone unless it is said otherwise, and where its files are.
 * @throws StoreLocked, FolderVersionError, DatabaseUnusable, SeatTaken, MovedAway, FilesUnusable
 */
export async function openStore(
  { dataDir, database, objects }: Pick<Config, 'dataDir' | 'database' | 'objects'>,
  options: OpenOptions,
): Promise<Opened> {
  // Before this node waits for its turn: then it is too late to find that the bucket is another.
  const bucket = objects === null ? null : await openBucketOf(objects);
  const opened = await openOwn({ dataDir, database }, options);
  try {
    await requireFiles(opened, bucket);
    return bucket === null ? opened : { ...opened, files: bucket.files };
  } catch (error) {
    await opened.store.close();
    throw error;
  }
}

/** The store with the files that lie in it, whether they should or not: for whoever moves them. */
export async function openOwn(
  { dataDir, database }: Pick<Config, 'dataDir' | 'database'>,
  options: OpenOptions,
): Promise<Opened> {
  const opened = await (database === null ? openFolder(dataDir, options) : openDatabase(dataDir, database, options));
  try {
    await requireStayed(opened.store);
    return opened;
  } catch (error) {
    await opened.store.close();
    throw error;
  }
}

async function openBucketOf(objects: NonNullable<Config['objects']>): Promise<OpenedBucket> {
  // Whoever keeps files with the cases needs no client of a storage.
  const { openBucket } = await import('../files/s3/open.ts');
  return openBucket(objects);
}

async function openFolder(folder: string, { onFatal, io = diskIo }: OpenOptions): Promise<Opened> {
  const store = await openFileStore({ folder, onFatal, io, lock: lockFolder });
  return { store, files: folderFiles(folder), nodes: aloneNodes() };
}

async function openDatabase(dataDir: string, url: string, options: OpenOptions): Promise<Opened> {
  // Keys, settings and the door of the command line are this node's own.
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Whoever keeps cases in files needs no client of a database.
  const { openPostgres } = await import('./postgres/open.ts');
  return openPostgres({ url, ...options });
}
