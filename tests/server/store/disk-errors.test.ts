import { describe, expect, test } from 'vitest';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import type { Io } from '../../../server/store/file/io.ts';
import { Conflict, StoreCorrupt, StoreDead, StoreUnavailable } from '../../../server/store/store.ts';
import { caseDocument } from '../../support/case-document.ts';
import { createSimulatedDisk } from './simulated-disk.ts';

const bump = (now: ReturnType<typeof caseDocument>) => ({
  ...now,
  state: { ...now.state, revision: now.state.revision + 1 },
});

async function opened() {
  const disk = createSimulatedDisk();
  const fatal: string[] = [];
  const store = await openFileStore({ folder: '/data', io: disk, onFatal: (message) => fatal.push(message) });
  await store.createCase(caseDocument('a'));
  return { disk, store, fatal };
}

describe('an error of the disk', () => {
  test('while writing: refused, not ready, nothing changed; ready again after the next good write', async () => {
    const { disk, store, fatal } = await opened();
    disk.failAt(0, 'ENOSPC', 'write');
    await expect(store.updateCase('a', bump)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(store.trouble()).toContain('ENOSPC');
    expect((await store.readCase('a'))?.state.revision).toBe(1);
    expect((await store.updateCase('a', bump)).state.revision).toBe(2);
    expect(store.trouble()).toBeNull();
    expect(fatal).toEqual([]);
  });

  test('while writing or removing a document: it reads as before, also when it was not there', async () => {
    const { disk, store } = await opened();
    await store.writeDocument('thing', 'x', 'before');
    disk.failAt(0, 'ENOSPC', 'write');
    await expect(store.writeDocument('thing', 'x', 'after')).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.readDocument('thing', 'x')).toEqual({ version: 1, data: 'before' });
    disk.failAt(0, 'EROFS', 'unlink');
    await expect(store.removeDocument('thing', 'x')).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.readDocument('thing', 'x')).toEqual({ version: 1, data: 'before' });
    expect(await store.readDocument('thing', 'y')).toBeNull();
    disk.failAt(0, 'ENOSPC', 'write');
    await expect(store.writeDocument('thing', 'y', 'after')).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.readDocument('thing', 'y')).toBeNull();
    expect(await store.writeDocument('thing', 'x', 'after', 1)).toEqual({ version: 2, data: 'after' });
    expect(await store.writeDocument('thing', 'y', 'after', 0)).toEqual({ version: 1, data: 'after' });
    await store.removeDocument('thing', 'x');
    expect(await store.readDocument('thing', 'x')).toBeNull();
  });

  test('a document that was just read or written, or is known not to be there, is not read again before it is written', async () => {
    const disk = createSimulatedDisk();
    let reads = 0;
    const io: Io = { ...disk, read: (path) => disk.read(path).finally(() => reads++) };
    const store = await openFileStore({ folder: '/data', io, onFatal: () => undefined });
    expect(await store.readDocument('thing', 'x')).toBeNull();
    const before = reads;
    await store.writeDocument('thing', 'x', 'first', 0);
    await store.writeDocument('thing', 'x', 'second', 1);
    await expect(store.writeDocument('thing', 'x', 'late', 1)).rejects.toBeInstanceOf(Conflict);
    await expect(store.removeDocument('thing', 'x', 1)).rejects.toBeInstanceOf(Conflict);
    await store.removeDocument('thing', 'x', 2);
    expect(reads).toBe(before);
    expect(await store.readDocument('thing', 'x')).toBeNull();
    expect(await store.writeDocument('thing', 'x', 'again', 0)).toEqual({ version: 1, data: 'again' });
  });

  test('a reader who began before a write, and whose disk is slow, leaves the next one what was written', async () => {
    const { disk } = await opened();
    let isHeld: Promise<void> | null = null;
    const slow: Io = {
      ...disk,
      async read(path) {
        const held = isHeld;
        const bytes = await disk.read(path);
        await held;
        return bytes;
      },
    };
    const first = await openFileStore({ folder: '/data', io: slow, onFatal: () => undefined });
    await first.writeDocument('thing', 'x', 'before');
    // Another store: it remembers nothing.
    const store = await openFileStore({ folder: '/data', io: slow, onFatal: () => undefined });
    let goOn: () => void = () => undefined;
    isHeld = new Promise((resolve) => {
      goOn = resolve;
    });
    const [early, earlyCase] = [store.readDocument('thing', 'x'), store.lookCase?.('a')];
    isHeld = null;
    await store.writeDocument('thing', 'x', 'after');
    await store.updateCase('a', bump);
    goOn();
    expect((await early)?.data).toBe('before');
    expect((await earlyCase)?.state.revision).toBe(1);
    expect((await store.readDocument('thing', 'x'))?.data).toBe('after');
    expect((await store.lookCase?.('a'))?.state.revision).toBe(2);
  });

  for (const operation of ['syncFile', 'rename', 'syncFolder'] as const satisfies readonly (keyof Io)[]) {
    test(`in ${operation}: the process has to end and nothing is written any more`, async () => {
      const { disk, store, fatal } = await opened();
      disk.failAt(0, 'EIO', operation);
      await expect(store.updateCase('a', bump)).rejects.toBeInstanceOf(StoreDead);
      expect(fatal).toHaveLength(1);
      expect(fatal[0]).toContain('EIO');
      await expect(store.updateCase('a', bump)).rejects.toBeInstanceOf(StoreDead);
      await expect(store.writeDocument('thing', 'x', 1)).rejects.toBeInstanceOf(StoreDead);
      await expect(store.removeDocument('thing', 'x')).resolves.toBeUndefined();
      expect(store.trouble()).toContain('EIO');
      expect(fatal).toHaveLength(1);
    });
  }

  test('a rename that is refused because the disk is read-only now has not happened: refused, nothing changed', async () => {
    const { disk, store, fatal } = await opened();
    disk.failAt(0, 'EROFS', 'rename');
    await expect(store.updateCase('a', bump)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(store.trouble()).toContain('EROFS');
    expect((await store.readCase('a'))?.state.revision).toBe(1);
    expect((await store.updateCase('a', bump)).state.revision).toBe(2);
    expect(fatal).toEqual([]);
  });

  test('every flipped bit of a document is found', async () => {
    const { disk, fatal } = await opened();
    const [path] = await findCase(disk);
    const good = (await disk.read(path!))!;
    for (let bit = 0; bit < 300; bit += 1) {
      const bad = Buffer.from(good);
      const at = Math.floor((bit * good.length) / 300);
      bad[at] = bad[at]! ^ (1 << (bit % 8));
      await disk.write(path!, bad);
      // A store of its own: one that has just written the document knows it.
      const store = await openFileStore({ folder: '/data', io: disk, onFatal: (message) => fatal.push(message) });
      await expect(store.readCase('a')).rejects.toBeInstanceOf(StoreCorrupt);
    }
  });
});

async function findCase(disk: Io): Promise<string[]> {
  const found: string[] = [];
  for (const shard of await disk.list('/data/cases')) {
    for (const name of await disk.list(`/data/cases/${shard}`)) found.push(`/data/cases/${shard}/${name}`);
  }
  return found;
}
