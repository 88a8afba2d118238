import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { waitSync } from './slow.ts';

/** A writer that makes the same bytes durable one after the other. @param slow what a flush takes more, ms. @returns writes a second */
export type Writer = (folder: string, written: readonly number[], seconds: number, slow: number) => number;

/** One file that is appended to, each time followed by fdatasync. */
export const rawAppends: Writer = (folder, written, seconds, slow) => {
  const path = join(folder, 'raw');
  const fd = openSync(path, 'w', 0o600);
  const bytes = Buffer.alloc(Math.max(...written), 97);
  const rate = turns(seconds, (count) => {
    writeSync(fd, bytes, 0, written[count % written.length] ?? 0);
    fdatasyncSync(fd);
    waitSync(slow);
  });
  closeSync(fd);
  rmSync(path);
  return rate;
};

/**
 * better-sqlite3 (WAL, synchronous=FULL): the same bytes as the row of one of 64 cases, in a transaction of its own. It is
 * compiled when it is installed, which needs a compiler and Node's headers. @returns null where it is not there
 */
export async function sqliteRows(): Promise<Writer | null> {
  const found = await import('better-sqlite3').catch(() => null);
  if (found === null) return null;
  const { default: Database } = found;
  return (folder, written, seconds, slow) => {
    const path = join(folder, 'rows.sqlite');
    const database = new Database(path);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec('CREATE TABLE cases (id INTEGER PRIMARY KEY, revision INTEGER, document BLOB)');
    const put = database.prepare('INSERT OR REPLACE INTO cases VALUES (?, ?, ?)');
    const bytes = Buffer.alloc(Math.max(...written), 97);
    const rate = turns(seconds, (count) => {
      put.run(count % 64, count, bytes.subarray(0, written[count % written.length]));
      waitSync(slow);
    });
    database.close();
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    return rate;
  };
}

function turns(seconds: number, turn: (count: number) => void): number {
  const begun = performance.now();
  let count = 0;
  for (; performance.now() < begun + seconds * 1000; count += 1) turn(count);
  return count / ((performance.now() - begun) / 1000);
}
