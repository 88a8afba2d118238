import { ConfigError, readConfig } from '../config.ts';
import { openBucket } from '../files/s3/open.ts';
import { hashOf } from '../files/sealed-files.ts';
import { StoreCorrupt } from '../store/store.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow files check | addresses [--minutes N]

  What is in the bucket of FILES=s3, also while the server runs. Everything there is sealed; no key of the hall is needed.
  check      reads every file and compares it with the hash that it is named by; damaged ones are told, exit code 1
  addresses  a JSON line for each object: {"key", "sha256", "url"}. The address gives the sealed bytes, for N minutes
             (60; at most 10080): what a backup machine fetches needs neither the keys of the bucket nor this server`;

const WEEK = 7 * 24 * 60;

/** @returns the exit code */
export async function files(args: string[]): Promise<number> {
  const options = { help: commonOptions.help, minutes: { type: 'string' } } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null || positionals === null) return code ?? 2;
  const [action, more] = positionals;
  const minutes = Number(values.minutes ?? 60);
  if ((action !== 'check' && action !== 'addresses') || more !== undefined)
    return usedWrongly('certflow files 后面写 check 或 addresses', usage);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > WEEK)
    return usedWrongly(`--minutes 是 1 到 ${WEEK} 的整数`, usage);
  try {
    const { objects } = readConfig(process.env);
    if (objects === null) {
      console.error('certflow files 用于 FILES=s3：现在文件与业务在一起，由 certflow backup 或 pg_dump 备份');
      return 2;
    }
    const bucket = (await openBucket(objects)).files;
    if (action === 'check') return await check(bucket);
    for await (const each of bucket.addresses(minutes * 60)) console.log(JSON.stringify(each));
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) return explain(error);
    console.error(error.message);
    return 2;
  }
}

async function check(bucket: Awaited<ReturnType<typeof openBucket>>['files']): Promise<number> {
  let [whole, unnamed] = [0, 0];
  const damaged: string[] = [];
  for await (const piece of bucket.all()) {
    try {
      if ((await bucket.get(piece)) === null) continue;
      if (hashOf(piece.name) === null) unnamed += 1;
      else whole += 1;
    } catch (error) {
      if (!(error instanceof StoreCorrupt)) throw error;
      damaged.push(error.where);
    }
  }
  console.log(`${bucket.title}：${whole} 个文件完好，${damaged.length} 个损坏`);
  if (unnamed > 0) console.log(`另有 ${unnamed} 个旧格式的文件，没有密钥不能核对；certflow keys rotate 之后就可以`);
  for (const where of damaged) console.error(`损坏：${where}`);
  return damaged.length === 0 ? 0 : 1;
}
