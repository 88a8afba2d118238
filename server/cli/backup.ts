import { resolve } from 'node:path';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { type Manifest, backup as makeBackup } from '../backup/backup.ts';
import { readConfig } from '../config.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { DUMP, filesInBucket } from './dump.ts';
import { explain } from './explain.ts';

const usage = `certflow backup FOLDER

  Copies DATA_DIR into a new folder, also while the server runs: what stands in it is the state of one moment. The key is not
  in it; keep CERTFLOW_KEY or the file DATA_DIR/key in another place. certflow restore makes a data folder of it.`;

/** @returns the exit code */
export async function backup(args: string[]): Promise<number> {
  const { code, positionals } = argumentsOf(args, usage, { help: commonOptions.help } as const, true);
  if (code !== null || positionals === null) return code ?? 2;
  const [folder, more] = positionals;
  if (folder === undefined || more !== undefined) return usedWrongly('certflow backup 要写一个目录', usage);
  const config = readConfig(process.env);
  const { dataDir, key, database } = config;
  if (database !== null) {
    console.error(DUMP);
    if (config.objects !== null) console.error(filesInBucket(config.objects.bucket));
    return 2;
  }
  const to = resolve(folder);
  try {
    const answer = await askServer(dataDir, { kind: 'backup', to });
    const made = answer
      ? (answer.result as ReturnType<typeof summaryOf>)
      : summaryOf(
          await withDataFolder(config, ({ store, crypto, now }) =>
            makeBackup(dataDir, to, { store, crypto, now: now() }),
          ),
        );
    console.log(`已备份到 ${to}：${made.files} 个文件，${Math.ceil(made.bytes / 1_000_000)} MB`);
    if (made.filesIn !== undefined) console.log(filesInBucket(made.filesIn));
    console.log(key === null ? `密钥不在备份里，请另外保存 ${dataDir}/key` : '密钥不在备份里，请另外保存 CERTFLOW_KEY');
    return 0;
  } catch (error) {
    return explain(error);
  }
}

export function summaryOf({ files, filesIn }: Manifest): {
  readonly files: number;
  readonly bytes: number;
  readonly filesIn?: string;
} {
  return {
    ...(filesIn !== undefined && { filesIn }),
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}
