import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { openFileStore } from '../../server/store/file/file-store.ts';
import { createMemoryStore } from '../../server/store/memory.ts';
import { openPostgres } from '../../server/store/postgres/open.ts';
import { testPostgres } from '../support/postgres.ts';
import { storeContract } from './store.contract.ts';

const onFatal = (message: string): never => {
  throw new Error(message);
};

storeContract('memory', async () => createMemoryStore());
storeContract('file', async () => openFileStore({ folder: await mkdtemp(join(tmpdir(), 'certflow-store-')), onFatal }));

const postgres = await testPostgres();
afterAll(() => postgres?.stop());
describe.skipIf(postgres === null)('with a PostgreSQL', () => {
  storeContract('postgres', async () => (await openPostgres({ url: await postgres!.fresh(), onFatal })).store);
});
