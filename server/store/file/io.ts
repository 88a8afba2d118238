import {
  closeSync,
  constants,
  fsync as fsyncFd,
  open as openFd,
  openSync,
  readFile as readPath,
  statSync,
  writeFile as writeFd,
} from 'node:fs';
import { mkdir, readdir, rename, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';

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
  /** When a file was changed last, ms; only to look at the newest first. */
  changedAt?(path: string): number;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

// Plain descriptors: a FileHandle of `fs/promises` costs the main thread several times as much. What waits for the disk is
// done by libuv's threads; what does not (closing, opening a folder) is done at once, for waking a thread costs more.
const open = promisify(openFd);
const fsync = promisify(fsyncFd);
const writeAll = promisify(writeFd);
const readAll = promisify(readPath);

/**
 * Files that were written and wait for their sync, which comes next. It is done on the same descriptor: the kernel tells
 * a failed write-back to those who had the file open, and opening it again is not for nothing.
 */
const unsynced = new Map<string, number>();

function forget(path: string): void {
  const fd = unsynced.get(path);
  unsynced.delete(path);
  if (fd !== undefined) closeSync(fd);
}

async function syncAndClose(fd: number): Promise<void> {
  try {
    await fsync(fd);
  } finally {
    closeSync(fd);
  }
}

/** The real disk. */
export const diskIo: Io = {
  async read(path) {
    try {
      return await readAll(path);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  async write(path, bytes) {
    forget(path);
    const fd = await open(path, 'w', 0o600);
    try {
      await writeAll(fd, bytes);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
    unsynced.set(path, fd);
  },
  async syncFile(path) {
    const fd = unsynced.get(path) ?? (await open(path, constants.O_RDWR));
    unsynced.delete(path);
    await syncAndClose(fd);
  },
  async rename(from, to) {
    forget(from);
    await rename(from, to);
  },
  async unlink(path) {
    forget(path);
    await unlink(path);
  },
  async syncFolder(path) {
    await syncAndClose(openSync(path, constants.O_RDONLY));
  },
  changedAt: (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
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
