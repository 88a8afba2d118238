import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { HealthView } from '../../../engine/contract/health.ts';
import { s3Files } from '../../../server/files/s3/s3-files.ts';
import type { ObjectStorage } from '../../../server/files/s3/settings.ts';
import { sha256Of } from '../../../server/files/sealed-files.ts';
import type { Running } from '../../../server/server.ts';
import { atCheck } from '../../support/filling.ts';
import { type MischievousProxy, mischiefBefore, type TestS3, testS3 } from '../../support/s3.ts';
import { Client, JPEG, newDataDir, testServer } from '../../support/server.ts';
import { caseAt } from '../../support/walk.ts';
import { certflow } from '../cli/support.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
let s3: TestS3;
let proxy: MischievousProxy;
let running: Running | null = null;
beforeAll(async () => {
  s3 = await testS3();
  proxy = await mischiefBefore(s3.url);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  proxy.decide = () => 'pass';
  await running?.close();
  running = null;
});
afterAll(async () => {
  await proxy.stop();
  await s3.stop();
});

const start = async (dataDir: string, objects: ObjectStorage | null): Promise<Running> => {
  running = await testServer({ dataDir, key, objects });
  return running;
};
const stop = async (): Promise<void> => {
  await running?.close();
  running = null;
};

async function piecesOf(objects: ObjectStorage): Promise<string[]> {
  const found: string[] = [];
  for await (const { caseId, name } of s3Files(objects).all()) found.push(`${caseId}/${name}`);
  return found.sort();
}
const inFolder = async (dataDir: string): Promise<string[]> =>
  (await readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** The command line's environment of these settings. */
function setEnvironment(dataDir: string, objects: ObjectStorage, FILES = 's3'): void {
  const { endpoint, bucket, prefix, keyId, secret } = objects;
  const all = { DATA_DIR: dataDir, CERTFLOW_KEY: key, FILES, S3_ENDPOINT: endpoint, S3_BUCKET: bucket };
  const keys = { S3_PREFIX: prefix, S3_ACCESS_KEY_ID: keyId, S3_SECRET_ACCESS_KEY: secret };
  for (const [name, value] of Object.entries({ ...all, ...keys })) vi.stubEnv(name, value);
}

test('uploads of a hall lie sealed in the bucket, are read back, and go with their case', async () => {
  const dataDir = await newDataDir();
  const objects = s3.fresh();
  const { context, url } = await start(dataDir, objects);
  const { client, id } = await caseAt(running!, 2);
  const { status, body } = await client.upload(id, 'organization', 'licence', 'a.jpg', JPEG);
  expect(status).toBe(200);
  const { file } = body as { file: { id: string; sha256: string } };
  const pieces = await piecesOf(objects);
  expect(pieces.some((piece) => piece.startsWith(`${id}/${file.id}.`))).toBe(true);
  expect(await inFolder(dataDir)).toEqual([]);
  const read = Buffer.from(await (await client.raw('GET', `/api/cases/${id}/files/${file.id}`)).arrayBuffer());
  expect(sha256Of(read)).toBe(file.sha256);
  for (const piece of pieces) {
    const [caseId = '', name = ''] = piece.split('/');
    expect((await s3Files(objects).get({ caseId, name }))?.includes(read.subarray(0, 60))).toBe(false);
  }
  // Who may see it is asked as ever, wherever it lies.
  const stranger = await new Client(url).logIn('applicant2');
  expect((await stranger.raw('GET', `/api/cases/${id}/files/${file.id}`)).status).toBe(404);
  await context.vault.erase(id, context.clock.now());
  expect((await piecesOf(objects)).filter((piece) => piece.startsWith(`${id}/`))).toEqual([]);
  expect((await client.raw('GET', `/api/cases/${id}/files/${file.id}`)).status).toBe(410);
});

test('a storage that is down: whoever uploads is told to try later, all others work, the page of health says it', async () => {
  const objects = s3.fresh({ endpoint: proxy.url });
  await start(await newDataDir(), objects);
  const { client, id } = await caseAt(running!, 2);
  const operations = await new Client(running!.url).logIn('operations');
  const health = async () => (await operations.ask<HealthView>('GET', '/api/operations/health')).body;
  expect(await health()).toMatchObject({ files: null, levels: { files: 'good' } });
  proxy.decide = () => 'refuse';
  expect(await client.upload(id, 'organization', 'licence', 'a.jpg', JPEG)).toMatchObject({
    status: 503,
    body: { error: { code: 'try-later' } },
  });
  expect((await client.view(id)).id).toBe(id);
  expect(await health()).toMatchObject({ files: 'InternalError (500)', levels: { files: 'act', store: 'good' } });
  expect(await (await fetch(`${running!.url}/metrics`)).text()).toContain('certflow_files_available 0');
  proxy.decide = () => 'pass';
  expect((await client.upload(id, 'organization', 'licence', 'a.jpg', JPEG)).status).toBe(200);
  expect(await health()).toMatchObject({ files: null, levels: { files: 'good' } });
});

test('files move into a bucket and back, broken off in between; nobody starts beside their files', async () => {
  const dataDir = await newDataDir();
  await start(dataDir, null);
  const { id } = await atCheck(running!);
  const known = await running!.context.vault.of(id);
  const contents = await Promise.all(known.map((file) => running!.context.vault.read(file)));
  expect(known.length).toBeGreaterThan(1);
  const objects = s3.fresh({ endpoint: proxy.url });
  setEnvironment(dataDir, objects, 'store');
  const there = ['move', '--files', '--from', 'store', '--to', 's3'];
  expect(await certflow(...there)).toMatchObject({ code: 1, err: expect.stringContaining('请先停止它') });
  await stop();
  const all = await inFolder(dataDir);
  await expect(start(dataDir, objects)).rejects.toThrow('请先运行 certflow move --files');

  // The storage goes away after the first file.
  let puts = 0;
  proxy.decide = (method, path) => (method === 'PUT' && path.includes('/files/') && ++puts > 1 ? 'refuse' : 'pass');
  expect(await certflow(...there)).toMatchObject({ code: 1, err: expect.stringContaining('请稍后再运行一次') });
  proxy.decide = () => 'pass';
  expect(await piecesOf(objects)).toHaveLength(1);
  expect(await inFolder(dataDir)).toHaveLength(all.length);
  // The old side still serves.
  await start(dataDir, null);
  expect(await running!.context.vault.read(known[0]!)).toEqual(contents[0]);
  await stop();

  const done = await certflow(...there);
  expect(done).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`已把 ${all.length} 个上传的文件`) });
  expect(done.out).toContain('其中 1 个是上次已经搬好的');
  expect(await inFolder(dataDir)).toEqual([]);
  expect(await piecesOf(objects)).toHaveLength(all.length);
  expect(await certflow(...there)).toMatchObject({ code: 1, err: expect.stringContaining('已经在') });
  await expect(start(dataDir, null)).rejects.toThrow('请设置 FILES=s3');
  await expect(start(dataDir, s3.fresh())).rejects.toThrow('现在设置的是另一个地方');
  // Not into the bucket of another hall.
  await expect(start(await newDataDir(), objects)).rejects.toThrow('另一个营业厅');
  await start(dataDir, objects);
  for (const [n, file] of known.entries()) expect(await running!.context.vault.read(file)).toEqual(contents[n]);
  await stop();

  expect(await certflow('move', '--files', '--from', 's3', '--to', 'store')).toMatchObject({ code: 0, err: '' });
  expect(await piecesOf(objects)).toEqual([]);
  await start(dataDir, null);
  for (const [n, file] of known.entries()) expect(await running!.context.vault.read(file)).toEqual(contents[n]);
});

test('a backup says where the files are; addresses make a copy of the bucket without its keys; damage is found', async () => {
  const dataDir = await newDataDir();
  const objects = s3.fresh();
  await start(dataDir, objects);
  const { id } = await atCheck(running!);
  const known = await running!.context.vault.of(id);
  const [file] = known;
  const bytes = await running!.context.vault.read(file!);
  setEnvironment(dataDir, objects);
  const to = join(await mkdtemp(join(tmpdir(), 'certflow-backup-')), 'one');
  expect(await certflow('backup', to)).toMatchObject({ code: 0, out: expect.stringContaining('上传的文件不在里面') });
  expect(JSON.parse(await readFile(join(to, 'manifest.json'), 'utf8')).filesIn).toContain(objects.bucket);

  const { out } = await certflow('files', 'addresses', '--minutes', '5');
  const lines = out.split('\n').map((line) => JSON.parse(line) as { key: string; sha256: string | null; url: string });
  expect(lines.length).toBe((await piecesOf(objects)).length + 1);
  const copy = new Map<string, Buffer>();
  for (const { key: name, sha256, url } of lines) {
    const fetched = Buffer.from(await (await fetch(url)).arrayBuffer());
    if (sha256 !== null) expect(sha256Of(fetched)).toBe(sha256);
    copy.set(name, fetched);
  }
  expect(await certflow('files', 'check')).toMatchObject({ code: 0, out: expect.stringContaining('0 个损坏') });

  const [spoilt = ''] = await piecesOf(objects);
  const [caseId = '', name = ''] = spoilt.split('/');
  await s3Files(objects).put({ caseId, name }, Buffer.from('spoilt'));
  expect(await certflow('files', 'check')).toMatchObject({ code: 1, err: `损坏：files/${spoilt}` });
  await stop();

  // The folder of the backup, and the copy in another bucket under the same names: the hall is there again.
  const restored = join(await mkdtemp(join(tmpdir(), 'certflow-restored-')), 'data');
  vi.stubEnv('DATA_DIR', restored);
  await writeFile(join(to, '..', 'key'), key);
  expect(await certflow('restore', to)).toMatchObject({
    code: 0,
    out: expect.stringContaining('上传的文件不在备份里'),
  });
  const second = await testS3();
  try {
    const other = { ...objects, endpoint: second.url };
    const client = new (await import('../../../server/files/s3/client.ts')).S3Client(other);
    for (const [name, body] of copy) await client.ask({ method: 'PUT', key: name, body });
    await start(restored, other);
    expect(await running!.context.vault.read((await running!.context.vault.find(id, file!.id))!)).toEqual(bytes);
    await stop();
  } finally {
    await second.stop();
  }
});

test('used wrongly, it says how', async () => {
  vi.stubEnv('FILES', 'store');
  expect(await certflow('files', 'check')).toMatchObject({ code: 2, err: expect.stringContaining('FILES=s3') });
  expect((await certflow('files')).code).toBe(2);
  expect((await certflow('files', 'addresses', '--minutes', '0')).code).toBe(2);
  expect((await certflow('move', '--files', '--from', 's3', '--to', 's3')).code).toBe(2);
  vi.stubEnv('FILES', 's3');
  expect(await certflow('files', 'check')).toMatchObject({ code: 2, err: expect.stringContaining('S3_ENDPOINT') });
  expect(await certflow('move', '--files', '--from', 'store', '--to', 's3')).toMatchObject({
    code: 2,
    err: expect.stringContaining('S3_ENDPOINT'),
  });
});
