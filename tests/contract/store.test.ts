import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../../server/store/file/file-store.ts';
import { createMemoryStore } from '../../server/store/memory.ts';
import { storeContract } from './store.contract.ts';

const onFatal = (message: string): never => {
  throw new Error(message);
};

storeContract('memory', async () => createMemoryStore());
storeContract('file', async () => openFileStore({ folder: await mkdtemp(join(tmpdir(), 'certflow-store-')), onFatal }));
