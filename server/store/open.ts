import { mkdir } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { openFileStore } from './file/file-store.ts';
import { diskIo, type Io } from './file/io.ts';
import { lockFolder } from './file/lock.ts';
import { requireStayed } from './moving.ts';
import type { Store } from './store.ts';

/** Where everything is kept. */
export interface Opened {
  readonly store: Store;
  /** Where the bytes of uploaded files are, for the vault. */
  readonly files: { readonly io: Io; readonly folder: string };
}

export interface OpenOptions {
  /** Called once when what is stored can no longer be trusted, or is another node's. */
  readonly onFatal: (message: string) => void;
  /** The disk of a data folder, where somebody looks on. */
  readonly io?: Io;
  /** Wait while another node serves from the same database. */
  readonly standBy?: boolean;
  readonly onWait?: (holder: string) => void;
  readonly onCareless?: (settings: readonly string[]) => void;
}

/**
 * Opens the store of this configuration, alone.
 * @throws StoreLocked, FolderVersionError, DatabaseUnusable, SeatTaken, MovedAway
 */
export async function openStore(
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

async function openFolder(folder: string, { onFatal, io = diskIo }: OpenOptions): Promise<Opened> {
  const store = await openFileStore({ folder, onFatal, io, lock: lockFolder });
  return { store, files: { io: diskIo, folder } };
}

async function openDatabase(dataDir: string, url: string, options: OpenOptions): Promise<Opened> {
  // Keys, settings and the door of the command line are this node's own.
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Whoever keeps cases in files needs no client of a database.
  const { openPostgres } = await import('./postgres/open.ts');
  const { store, files } = await openPostgres({ url, ...options });
  return { store, files: { io: files, folder: '' } };
}
