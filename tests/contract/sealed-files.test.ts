import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, vi } from 'vitest';
import { folderFiles } from '../../server/files/folder-files.ts';
import { memoryFiles } from '../../server/files/memory-files.ts';
import { openBucket } from '../../server/files/s3/open.ts';
import { openPostgres } from '../../server/store/postgres/open.ts';
import { testPostgres } from '../support/postgres.ts';
import { testS3 } from '../support/s3.ts';
import { sealedFilesContract } from './sealed-files.contract.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const onFatal = (message: string): never => {
  throw new Error(message);
};

sealedFilesContract('memory', async () => memoryFiles());
sealedFilesContract('folder', async () => folderFiles(await mkdtemp(join(tmpdir(), 'certflow-files-'))));

const s3 = await testS3();
afterAll(() => s3.stop());
sealedFilesContract('s3', async () => (await openBucket(s3.fresh())).files);

const postgres = await testPostgres();
const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
  await postgres?.stop();
});
describe.skipIf(postgres === null)('with a PostgreSQL', () => {
  sealedFilesContract('postgres', async () => {
    const { store, files } = await openPostgres({ url: await postgres!.fresh(), onFatal });
    opened.push(store);
    return files;
  });
});
