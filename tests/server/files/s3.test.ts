import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBucket } from '../../../server/files/s3/open.ts';
import { type S3Files, s3Files } from '../../../server/files/s3/s3-files.ts';
import { type ObjectStorage, readObjectStorage } from '../../../server/files/s3/settings.ts';
import { FilesUnavailable, nameOf, sha256Of } from '../../../server/files/sealed-files.ts';
import { StoreCorrupt } from '../../../server/store/store.ts';
import { type Mischief, type MischievousProxy, mischiefBefore, type TestS3, testS3 } from '../../support/s3.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let s3: TestS3;
let proxy: MischievousProxy;
beforeAll(async () => {
  s3 = await testS3();
});
afterAll(() => s3.stop());

const bytes = randomBytes(50_000);
const piece = { caseId: 'case1', name: nameOf('aaaa', bytes) };

/** The first requests fail in these ways, then all are passed on. */
function first(...ways: readonly Mischief[]): void {
  const left = [...ways];
  proxy.decide = () => left.shift() ?? 'pass';
}

describe('a storage that misbehaves', () => {
  let files: S3Files;
  let storage: ObjectStorage;
  beforeEach(async () => {
    proxy = await mischiefBefore(s3.url);
    storage = s3.fresh({ endpoint: proxy.url, timeout: 5_000 });
    files = s3Files(storage);
  });
  afterEach(() => proxy.stop());

  for (const way of ['refuse', 'lose', 'cut'] as const) {
    test(`what it does wrong twice is right the third time: ${way}`, async () => {
      first(way, way);
      await files.put(piece, bytes);
      first(way, way);
      expect((await files.get(piece))?.equals(bytes)).toBe(true);
      first(way, way);
      expect(await files.of('case1')).toEqual([piece.name]);
      first(way, way);
      await files.remove(piece);
      expect(await files.get(piece)).toBeNull();
      expect(await files.trouble()).toBeNull();
    });
  }

  test('an answer that never comes is waited for so long and no longer', async () => {
    files = s3Files({ ...storage, timeout: 300 });
    first('hang');
    await files.put(piece, bytes);
    expect((await files.get(piece))?.equals(bytes)).toBe(true);
  });

  test('a bit that is another: right the second time, or damage', async () => {
    await files.put(piece, bytes);
    first('flip');
    expect((await files.get(piece))?.equals(bytes)).toBe(true);
    proxy.decide = () => 'flip';
    await expect(files.get(piece)).rejects.toBeInstanceOf(StoreCorrupt);
  });

  test('the storage refuses what was changed on the way to it, or reading it does', async () => {
    // Whoever signs says the hash of the body: another body under that signature never becomes the file.
    const other = { ...piece, name: nameOf('aaaa', Buffer.from('other')) };
    await files.put(other, bytes);
    await expect(files.get(other)).rejects.toBeInstanceOf(StoreCorrupt);
  });

  test('down, everything is refused for now, and it says so until it is up again', async () => {
    proxy.decide = () => 'refuse';
    for (const job of [() => files.put(piece, bytes), () => files.get(piece), () => files.clear('case1')])
      await expect(job()).rejects.toBeInstanceOf(FilesUnavailable);
    expect(await files.trouble()).toBe('InternalError (500)');
    proxy.decide = () => 'pass';
    // Looked at again, though nobody uploads: not at every look.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    try {
      expect(await files.trouble()).toBeNull();
    } finally {
      vi.useRealTimers();
    }
    await files.put(piece, bytes);
  });

  test('a refusal that asking again would not change is asked once', async () => {
    const stranger = s3Files({ ...storage, secret: 'wrong' });
    const before = proxy.count();
    await expect(stranger.put(piece, bytes)).rejects.toThrow('SignatureDoesNotMatch');
    expect(proxy.count() - before).toBe(1);
  });

  test('more than a page is listed whole, each once, with pages that fail in between', async () => {
    const names = Array.from({ length: 1_050 }, (_, n) => `f${n}`);
    for (let n = 0; n < names.length; n += 50)
      await Promise.all(names.slice(n, n + 50).map((name) => files.put({ caseId: 'many', name }, Buffer.from(name))));
    first('cut', 'pass', 'lose');
    expect([...(await files.of('many'))].sort()).toEqual([...names].sort());
    await files.clear('many');
    expect(await files.of('many')).toEqual([]);
  });
});

describe('a bucket that cannot be used is told at once', () => {
  test('it is not there, nobody is there, the key is another', async () => {
    await expect(openBucket(s3.fresh({ bucket: 'no-such-bucket' }))).rejects.toThrow('没有这个存储桶');
    await expect(openBucket(s3.fresh({ endpoint: 'http://127.0.0.1:9' }))).rejects.toThrow('连不上存放文件的');
    await expect(openBucket(s3.fresh({ secret: 'wrong' }))).rejects.toThrow('签名不对');
    await expect(openBucket(s3.fresh({ keyId: 'nobody' }))).rejects.toThrow('访问密钥不对');
  });

  test('it does not keep what it is given, or cannot be written to', async () => {
    const faulty = await mischiefBefore(s3.url);
    try {
      faulty.decide = (method, path) => (method === 'GET' && path.includes('/probe/') ? 'flip' : 'pass');
      await expect(openBucket(s3.fresh({ endpoint: faulty.url }))).rejects.toThrow('与写入的不同');
      faulty.decide = (method) => (method === 'PUT' ? 'refuse' : 'pass');
      await expect(openBucket(s3.fresh({ endpoint: faulty.url }))).rejects.toThrow('连不上');
    } finally {
      await faulty.stop();
    }
  });

  test('nodes that come first at the same time agree on one place', async () => {
    const gate = await mischiefBefore(s3.url);
    try {
      const storage = s3.fresh({ endpoint: gate.url });
      const opened = await Promise.all(Array.from({ length: 6 }, () => openBucket(storage)));
      expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    } finally {
      await gate.stop();
    }
  });

  test('whose place it is stays, whatever its address', async () => {
    const storage = s3.fresh();
    const { id } = await openBucket(storage);
    expect((await openBucket({ ...storage, endpoint: s3.url.replace('127.0.0.1', 'localhost') })).id).toBe(id);
    expect((await openBucket(s3.fresh())).id).not.toBe(id);
  });
});

describe('an address to fetch one file by', () => {
  test('gives the sealed bytes without any key, of this file, for so long', async () => {
    const { files } = await openBucket(s3.fresh());
    await files.put(piece, bytes);
    const given = [];
    for await (const each of files.addresses(600)) given.push(each);
    const [mark, only] = given;
    expect(given).toHaveLength(2);
    expect(mark).toMatchObject({ key: expect.stringMatching(/\/certflow\.json$/), sha256: null });
    expect(only).toMatchObject({ key: expect.stringContaining(piece.name), sha256: sha256Of(bytes) });
    expect(only!.url).not.toContain('S3RVER&');
    const answer = await fetch(only!.url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    // Not for another one, not for another deed, not for longer.
    expect((await fetch(only!.url.replace(piece.name, 'other'))).status).toBe(403);
    expect((await fetch(only!.url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(only!.url.replace('X-Amz-Expires=600', 'X-Amz-Expires=6000'))).status).toBe(403);
    for await (const { url } of files.addresses(1)) {
      await vi.waitFor(async () => expect((await fetch(url)).status).toBe(403), { timeout: 30_000, interval: 250 });
      break;
    }
  });
});

describe('settings', () => {
  const whole = {
    FILES: 's3',
    S3_ENDPOINT: 'https://s3.example.com/',
    S3_BUCKET: 'hall-files',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'a-secret-4411',
  };

  test('files lie with the cases unless it is said otherwise', () => {
    expect(readObjectStorage({})).toBeNull();
    expect(readObjectStorage({ FILES: 'store', S3_BUCKET: 'x' })).toBeNull();
    expect(readObjectStorage(whole)).toEqual({
      ...{ endpoint: 'https://s3.example.com', bucket: 'hall-files', region: 'us-east-1', prefix: '' },
      ...{ keyId: 'id', secret: 'a-secret-4411', addressing: 'path', timeout: 10_000 },
    });
    expect(readObjectStorage({ ...whole, S3_PREFIX: 'hall/north', S3_ADDRESSING: 'host' })).toMatchObject({
      prefix: 'hall/north/',
      addressing: 'host',
    });
  });

  test.each([
    [{ FILES: 'disk' }, 'FILES must be store or s3'],
    [{ S3_ENDPOINT: '' }, 'S3_ENDPOINT is not set'],
    [{ S3_ENDPOINT: 's3.example.com' }, 'S3_ENDPOINT must be an address'],
    [{ S3_ENDPOINT: 'https://s3.example.com/bucket' }, 'without a path'],
    [{ S3_ENDPOINT: 'https://user:a-secret-4411@s3.example.com' }, 'S3_ENDPOINT must be an address'],
    [{ S3_BUCKET: 'Not A Bucket' }, 'S3_BUCKET'],
    [{ S3_BUCKET: '' }, 'S3_BUCKET is not set'],
    [{ S3_PREFIX: '../other' }, 'S3_PREFIX'],
    [{ S3_ADDRESSING: 'both' }, 'S3_ADDRESSING'],
    [{ S3_TIMEOUT: 'long' }, 'S3_TIMEOUT'],
    [{ S3_SECRET_ACCESS_KEY: '' }, 'S3_SECRET_ACCESS_KEY is not set'],
    [{ S3_SECRET_ACCESS_KEY: '', S3_SECRET_ACCESS_KEY_FILE: '/nowhere/secret' }, 'cannot be read'],
  ])('%o is told in a sentence, without secrets', (over, message) => {
    let told = '';
    try {
      readObjectStorage({ ...whole, ...over });
    } catch (error) {
      told = (error as Error).message;
    }
    expect(told).toContain(message);
    expect(told).not.toContain('a-secret-4411');
  });
});
