import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { askServer } from '../admin/socket.ts';
import { ConfigError, readConfig } from '../config.ts';
import { movableDatabase, movableFolder } from '../store/movable.ts';
import { type Movable, move as moveAll } from '../store/move.ts';
import { MovedAway } from '../store/moving.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow move --from file|postgres --to postgres|file
certflow move --files --from store|s3 --to s3|store

  Copies everything between DATA_DIR (file) and DATABASE_URL (postgres): cases, documents, files, the log, wrapped keys. No
  server may run. Both sides are compared by hash before the new one may be used; then the old one is marked and refuses to
  start. Broken off, run it again: it goes on where it was. The master key stays where it is (CERTFLOW_KEY or DATA_DIR/key).
  Files that are in a bucket (FILES=s3) stay there.

  --files moves uploaded files alone, between where the cases are (store) and the bucket of S3_ENDPOINT and S3_BUCKET (s3).
  The old side is emptied when everything was read back and compared.`;

const STORES = ['file', 'postgres'];

/** @returns the exit code */
export async function move(args: string[]): Promise<number> {
  const options = {
    help: commonOptions.help,
    from: { type: 'string' },
    to: { type: 'string' },
    files: { type: 'boolean' },
  } as const;
  const { code, values } = argumentsOf(args, usage, options);
  if (code !== null || values === null) return code ?? 2;
  const { from = '', to = '' } = values;
  if (values.files === true) return movedFiles(from, to);
  if (!STORES.includes(from) || !STORES.includes(to) || from === to)
    return usedWrongly('--from 和 --to 一个写 file，一个写 postgres', usage);
  try {
    const { dataDir, database } = readConfig({ ...process.env, STORE: 'postgres' });
    if (from === 'file' && !existsSync(join(dataDir, 'version.json')))
      throw new MovedAway(`${dataDir} 不是数据目录：请用 DATA_DIR 指定服务所用的目录`);
    if (await askServer(dataDir, { kind: 'definition', name: '' }).catch(() => true))
      throw new MovedAway('服务正在运行，请先停止它');
    const folder = () => movableFolder(dataDir);
    const base = () => movableDatabase(database ?? '');
    const both: Movable[] = [];
    try {
      for (const open of from === 'file' ? [folder, base] : [base, folder]) both.push(await open());
      const [source, target] = both as [Movable, Movable];
      const moved = await moveAll(source, target, (line) => console.log(line));
      const { cases, documents, files, kept, hash } = moved;
      console.log(`已从 ${source.title} 搬到 ${target.title}：${cases} 笔业务，${documents} 份记录，${files} 个文件`);
      if (kept > 0) console.log(`其中 ${kept} 项是上次已经搬好的`);
      console.log(`两边一致，SHA-256 ${hash}`);
      console.log(to === 'postgres' ? '请用 STORE=postgres 启动' : '请不带 STORE（或 STORE=file）启动');
      return 0;
    } finally {
      for (const side of both.reverse()) await side.close();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) return explain(error);
    console.error(error.message);
    return 2;
  }
}

async function movedFiles(from: string, to: string): Promise<number> {
  if ((to !== 's3' && to !== 'store') || from === to || !['s3', 'store'].includes(from))
    return usedWrongly('--files 时 --from 和 --to 一个写 store，一个写 s3', usage);
  try {
    return await (await import('./move-files.ts')).moveFiles(to);
  } catch (error) {
    if (!(error instanceof ConfigError)) return explain(error);
    console.error(error.message);
    return 2;
  }
}
