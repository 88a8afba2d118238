import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { JSONFile } from 'lowdb/node';
import { describe, expect, test } from 'vitest';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import { diskIo } from '../../../server/store/file/io.ts';
import { FolderVersionError, type Migration, migrate } from '../../../server/store/file/migrations.ts';
import { StoreLocked } from '../../../server/store/store.ts';
import { caseDocument } from '../../support/case-document.ts';

const onFatal = (message: string): never => {
  throw new Error(message);
};
const folderOf = (): Promise<string> => mkdtemp(join(tmpdir(), 'certflow-store-'));

/** A process that opens the folder, creates case `a` and prints every revision after it was acknowledged. */
const WRITER = `
import { openFileStore } from '${new URL('../../../server/store/file/file-store.ts', import.meta.url).pathname}';
import { caseDocument } from '${new URL('../../support/case-document.ts', import.meta.url).pathname}';
const store = await openFileStore({ folder: process.argv[1], onFatal: (m) => { throw new Error(m); } });
if ((await store.readCase('a')) === null) await store.createCase(caseDocument('a'));
for (;;) {
  const { state } = await store.updateCase('a', (now) => ({ ...now, state: { ...now.state, revision: now.state.revision + 1 } }));
  process.stdout.write(state.revision + '\\n');
}`;

function writer(folder: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', WRITER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('the store across processes', () => {
  test('an acknowledged step survives SIGKILL, and the lock is free at once', async () => {
    const folder = await folderOf();
    for (let round = 0; round < 3; round += 1) {
      const child = writer(folder);
      let acknowledged = 0;
      const lines = createInterface({ input: child.stdout! });
      const enough = new Promise<void>((resolve) => {
        lines.on('line', (line) => {
          acknowledged = Number(line);
          if (acknowledged > 20 * (round + 1)) resolve();
        });
      });
      await enough;
      await expect(openFileStore({ folder, onFatal })).rejects.toBeInstanceOf(StoreLocked);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      const store = await openFileStore({ folder, onFatal });
      expect((await store.readCase('a'))?.state.revision).toBeGreaterThanOrEqual(acknowledged);
      await store.close();
    }
  });

  test('a second store of the same process is refused too, and close frees the folder', async () => {
    const folder = await folderOf();
    const first = await openFileStore({ folder, onFatal });
    await expect(openFileStore({ folder, onFatal })).rejects.toMatchObject({ holder: String(process.pid) });
    await first.close();
    await (await openFileStore({ folder, onFatal })).close();
  });

  test("lowdb's own JSONFile opens a case's file", async () => {
    const folder = await folderOf();
    const store = await openFileStore({ folder, onFatal });
    await store.createCase(caseDocument('a'));
    const [shard] = await readdir(join(folder, 'cases'));
    const stored = await new JSONFile<{ document: unknown }>(join(folder, 'cases', shard!, 'a.json')).read();
    expect(stored?.document).toEqual(caseDocument('a'));
    await store.close();
  });
});

describe('the version of the folder', () => {
  const raise = (from: number, run: Migration['run']): Migration => ({ from, title: `from ${from}`, run });

  test('a folder of an older version is migrated step by step, and again after a crash in between', async () => {
    const folder = await folderOf();
    await migrate(folder, diskIo, onFatal, [], 1);
    const ran: number[] = [];
    let crash = true;
    const list = [
      raise(1, async () => void ran.push(1)),
      raise(2, async () => {
        ran.push(2);
        if (crash) throw new Error('crash');
      }),
    ];
    await expect(migrate(folder, diskIo, onFatal, list, 3)).rejects.toThrow('crash');
    crash = false;
    expect(await migrate(folder, diskIo, onFatal, list, 3)).toEqual(['from 2']);
    expect(ran).toEqual([1, 2, 2]);
    expect(await migrate(folder, diskIo, onFatal, list, 3)).toEqual([]);
  });

  test('a folder of a newer program is left alone, and the lock is freed', async () => {
    const folder = await folderOf();
    await migrate(folder, diskIo, onFatal, [], 99);
    await expect(openFileStore({ folder, onFatal })).rejects.toBeInstanceOf(FolderVersionError);
    await expect(openFileStore({ folder, onFatal })).rejects.toThrow(/newer program/);
  });

  test('data without a version is not taken for a new folder', async () => {
    const folder = await folderOf();
    const store = await openFileStore({ folder, onFatal });
    await store.createCase(caseDocument('a'));
    await store.close();
    await writeFile(join(folder, 'version.json'), '');
    await expect(openFileStore({ folder, onFatal })).rejects.toThrow();
  });
});
