import { ServerRefused } from '../admin/socket.ts';
import { BackupError } from '../backup/backup.ts';
import { KeyError } from '../crypto/keys.ts';
import { Fault } from '../fault.ts';
import { FilesUnusable } from '../files/place.ts';
import { FilesUnavailable } from '../files/sealed-files.ts';
import { FolderVersionError } from '../store/file/migrations.ts';
import { MovedAway } from '../store/moving.ts';
import { DatabaseUnusable } from '../store/postgres/errors.ts';
import { StoreLocked } from '../store/store.ts';

/** What says itself how to mend it. */
const mended = [
  BackupError,
  DatabaseUnusable,
  FilesUnusable,
  FolderVersionError,
  MovedAway,
  KeyError,
  Fault,
  ServerRefused,
];

/** Says why a data folder cannot be worked on. @returns the exit code; anything unexpected is thrown on */
export function explain(error: unknown): number {
  if (error instanceof StoreLocked) {
    console.error(`数据目录 ${error.folder} 正被进程 ${error.holder} 使用，但它没有回应命令行`);
  } else if (error instanceof FilesUnavailable) {
    console.error(`存放文件的地方没有应答（${error.message}）。已完成的部分会保留，请稍后再运行一次`);
  } else if (mended.some((kind) => error instanceof kind)) {
    console.error((error as Error).message);
  } else {
    throw error;
  }
  return 1;
}
