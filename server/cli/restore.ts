import { readFile } from 'node:fs/promises';
import { BackupError } from '../backup/backup.ts';
import { restore as makeFolder } from '../backup/restore.ts';
import { readConfig } from '../config.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { RESTORE_DUMP } from './dump.ts';
import { explain } from './explain.ts';

const usage = `certflow restore FOLDER [--key FILE]

  Makes DATA_DIR of a backup. DATA_DIR must not exist or be empty. The key is that of CERTFLOW_KEY, or of --key, which becomes the
  key file of the new folder. Everything is checked before the folder is there.`;

/** @returns the exit code */
export async function restore(args: string[]): Promise<number> {
  const options = { help: commonOptions.help, key: { type: 'string' } } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null || positionals === null) return code ?? 2;
  const [folder, more] = positionals;
  if (folder === undefined || more !== undefined) return usedWrongly('certflow restore 要写一个备份目录', usage);
  const { dataDir, key, database } = readConfig(process.env);
  if (database !== null) {
    console.error(RESTORE_DUMP);
    return 2;
  }
  try {
    const { files, at, filesIn } = await makeFolder(folder, dataDir, await keyOf(values.key, key));
    const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
    console.log(`已恢复到 ${dataDir}：${files.length} 个文件，备份时间 ${when} UTC`);
    if (filesIn !== undefined)
      console.log(`上传的文件不在备份里，在 ${filesIn}：请用同样的 FILES=s3 设置启动，并先恢复那里的备份（如需要）`);
    return 0;
  } catch (error) {
    return explain(error);
  }
}

async function keyOf(file: string | undefined, fromEnvironment: string | null) {
  if (file !== undefined) return { text: await readFile(file, 'utf8'), isFile: true };
  if (fromEnvironment !== null) return { text: fromEnvironment, isFile: false };
  throw new BackupError('缺少密钥：请设置 CERTFLOW_KEY，或用 --key 指定备份那个系统的密钥文件');
}
