/// <reference path="./fs-native-extensions.d.ts" />
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock, unlock } from 'fs-native-extensions';
import { StoreLocked } from '../store.ts';

/** Frees the lock. The operating system does the same when the process dies, however it dies. */
export type Unlock = () => Promise<void>;

/**
 * One process per data folder: an advisory lock on the file `lock` (an open-file-description lock on Linux). Unlike an
 * abstract socket it also works between containers that share a volume, and unlike a PID file it cannot be stale.
 * @throws StoreLocked when another process holds it.
 */
export async function lockFolder(folder: string): Promise<Unlock> {
  const path = join(folder, 'lock');
  const handle = await open(path, 'a+', 0o600);
  if (!tryLock(handle.fd)) {
    await handle.close();
    throw new StoreLocked(folder, readFileSync(path, 'utf8').trim() || '?');
  }
  await handle.truncate(0);
  await handle.write(`${process.pid}\n`);
  return async () => {
    unlock(handle.fd);
    await handle.close();
  };
}
