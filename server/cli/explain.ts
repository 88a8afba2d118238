import { ServerRefused } from '../admin/socket.ts';
import { BackupError } from '../backup/backup.ts';
import { KeyError } from '../crypto/keys.ts';
import { Fault } from '../fault.ts';
import { FolderVersionError } from '../store/file/migrations.ts';
import { MovedAway } from '../store/moving.ts';
import { DatabaseUnusable } from '../store/postgres/errors.ts';
import { StoreLocked } from '../store/store.ts';

/** What says itself how to mend it. */
const mended = [BackupError, DatabaseUnusable, FolderVersionError, MovedAway, KeyError, Fault, ServerRefused];

/** Says why a data folder cannot be worked on. @returns the exit code; anything unexpected is thrown on */
export function explain(error: unknown): number {
  if (error instanceof StoreLocked) {
    console.error(`数据目录 ${error.folder} 正被进程 ${error.holder} 使用，但它没有回应命令行`);
  } else if (mended.some((kind) => error instanceof kind)) {
    console.error((error as Error).message);
  } else {
    throw error;
  }
  return 1;
}
