import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';

/**
 * What the file store needs of a disk, injected so that tests can cut the power between any two operations.
 * Every operation may throw an error with a `code`; none may swallow one.
 */
export interface Io {
  /** @returns null when there is no such file. */
  read(path: string): Promise<Buffer | null>;
  /** Creates or truncates; the bytes may be lost until `syncFile`. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** The bytes of the file are on the disk when this returns. */
  syncFile(path: string): Promise<void>;
  /** Atomic; may be lost until the folder is synced. */
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** The names in the folder are on the disk when this returns. */
  syncFolder(path: string): Promise<void>;
  /** Creates the folder and those above it; lost until each folder above is synced. */
  makeFolder(path: string): Promise<void>;
  /** Names in a folder, empty when it does not exist. */
  list(path: string): Promise<readonly string[]>;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

async function sync(path: string, flags: number): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The real disk. */
export const diskIo: Io = {
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  async write(path, bytes) {
    const handle = await open(path, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
  },
  syncFile: (path) => sync(path, constants.O_RDWR),
  rename,
  unlink,
  syncFolder: (path) => sync(path, constants.O_RDONLY),
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  async list(path) {
    try {
      return await readdir(path);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  },
};
