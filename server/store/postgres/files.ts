import { posix } from 'node:path';
import type { Io } from '../file/io.ts';
import type { Database } from './database.ts';
import type { Node } from './node.ts';
import { LIST_FOLDER, PUT_FILE, READ_FILE, REMOVE_FILE } from './statements.ts';

/**
 * Uploaded files beside the cases, encrypted by whoever gives them: a backup of the database is a backup of all, and a node
 * that takes over needs no folder of the one before. It is asked like a disk; what was written is there when it has its
 * lasting name, in one statement.
 */
export function databaseFiles(database: Database, node: Pick<Node, 'epoch'>): Io {
  const unnamed = new Map<string, Uint8Array>();
  const place = (path: string): readonly [string, string] => [posix.dirname(path), posix.basename(path)];
  return {
    async read(path) {
      const [row] = await database.read<{ bytes: Buffer }>(path, READ_FILE, place(path));
      return row?.bytes ?? null;
    },
    async write(path, bytes) {
      unnamed.set(path, bytes);
    },
    async rename(from, to) {
      const bytes = unnamed.get(from);
      if (bytes === undefined) throw new Error(`${from} was not written`);
      unnamed.delete(from);
      await database.write(to, PUT_FILE, [node.epoch, ...place(to), bytes]);
    },
    async unlink(path) {
      unnamed.delete(path);
      await database.write(path, REMOVE_FILE, [node.epoch, ...place(path)]);
    },
    async list(path) {
      return (await database.read<{ name: string }>(path, LIST_FOLDER, [path])).map(({ name }) => name);
    },
    syncFile: async () => undefined,
    syncFolder: async () => undefined,
    makeFolder: async () => undefined,
  };
}
