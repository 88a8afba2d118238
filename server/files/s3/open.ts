import { randomBytes } from 'node:crypto';
import { FilesUnusable, type OpenedBucket } from '../place.ts';
import { FilesUnavailable } from '../sealed-files.ts';
import { S3Client, S3Refused } from './client.ts';
import { MARK, s3Files } from './s3-files.ts';
import type { ObjectStorage } from './settings.ts';

/**
 * Tries what the server will do: writes, reads, lists, removes. So a bucket that does not do is found before anybody uploads.
 * @throws FilesUnusable
 */
export async function openBucket(storage: ObjectStorage): Promise<OpenedBucket> {
  const client = new S3Client(storage);
  const files = s3Files(storage, client);
  try {
    const id = await placeOf(client, storage.prefix);
    await tryOut(client, storage.prefix);
    for await (const _ of files.all()) break;
    return { files, id };
  } catch (error) {
    if (error instanceof FilesUnavailable) throw new FilesUnusable(sentenceOf(files.title, error));
    throw error;
  }
}

async function placeOf(client: S3Client, prefix: string, tries = 5): Promise<string> {
  const key = prefix + MARK;
  const { status, bytes } = await client.ask({ method: 'GET', key });
  if (status !== 404) {
    const found = /"id":"([0-9a-f]{32})"/.exec(bytes.toString('utf8'))?.[1];
    if (found !== undefined) return found;
    throw new FilesUnusable(`存储桶里的 ${key} 不是本系统写的。请换一个空的存储桶，或用 S3_PREFIX 指定另一个前缀`);
  }
  // Of nodes that come at the same time one is the first, and what it wrote is read by all.
  const id = randomBytes(16).toString('hex');
  await client.ask({ method: 'PUT', key, body: Buffer.from(JSON.stringify({ id })), onlyNew: true });
  if (tries <= 1) throw new FilesUnusable(`存储桶里写入的 ${key} 读不到，不能使用`);
  return placeOf(client, prefix, tries - 1);
}

async function tryOut(client: S3Client, prefix: string): Promise<void> {
  const key = `${prefix}probe/${randomBytes(8).toString('hex')}`;
  const body = randomBytes(64);
  await client.ask({ method: 'PUT', key, body });
  const { bytes } = await client.ask({ method: 'GET', key });
  const gone = await client.ask({ method: 'DELETE', key });
  if (!bytes.equals(body)) throw new FilesUnusable('存储桶读回来的内容与写入的不同，不能使用');
  const version = gone.headers.get('x-amz-version-id');
  // What is erased has to be gone, not an older version.
  if (gone.headers.get('x-amz-delete-marker') === 'true' && version !== null && version !== 'null')
    throw new FilesUnusable('存储桶开着版本控制：到期删除的文件会作为旧版本留下。请关闭版本控制，或换一个存储桶');
}

const ADVICE: { readonly [code: string]: string } = {
  NoSuchBucket: '没有这个存储桶，请先建好它（S3_BUCKET）',
  AccessDenied: '没有权限。需要在这个存储桶里读、写、列出和删除',
  InvalidAccessKeyId: '访问密钥不对（S3_ACCESS_KEY_ID）',
  SignatureDoesNotMatch: '签名不对。请检查 S3_SECRET_ACCESS_KEY 和 S3_REGION',
  RequestTimeTooSkewed: '本机的时间与它相差太多，请校准时间',
  AuthorizationHeaderMalformed: '区域不对（S3_REGION）',
  PermanentRedirect: '存储桶在别的区域或地址（S3_ENDPOINT、S3_REGION）',
};

function sentenceOf(title: string, error: FilesUnavailable): string {
  if (!(error instanceof S3Refused))
    return `连不上存放文件的 ${title}（${error.message.replace(/^.*: /, '')}）。请检查 S3_ENDPOINT、网络和对象存储服务`;
  const said = error.code === '' ? `状态 ${error.status}` : error.code;
  return `存放文件的 ${title} 不能使用（${said}）：${ADVICE[error.code] ?? '请检查 S3_ 开头的设置'}`;
}
