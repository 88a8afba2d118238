import { describe, expect, test } from 'vitest';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import type { Io } from '../../../server/store/file/io.ts';
import { StoreCorrupt } from '../../../server/store/store.ts';
import { caseDocument } from '../../support/case-document.ts';
import { createSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts';

/** mulberry32: small, seeded, good enough to choose what is torn. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const onFatal = (): void => undefined;

/**
 * Runs steps on two cases and a document until the power goes at operation `at`, opens the disk again and says what
 * an acknowledged write lost. `io` lets a test break the store on purpose.
 */
async function violation(seed: number, at: number, io: (disk: SimulatedDisk) => Io): Promise<string | null> {
  const random = seeded(seed);
  const disk = createSimulatedDisk();
  const acknowledged = new Map<string, number>();
  const asked = new Map<string, number>();
  disk.cutAt(at);
  const work = (async () => {
    const store = await openFileStore({ folder: '/data', io: io(disk), onFatal });
    const run = async (id: string): Promise<void> => {
      await store.createCase(caseDocument(id));
      acknowledged.set(id, 1);
      for (;;) {
        const revision = (acknowledged.get(id) ?? 0) + 1;
        asked.set(id, revision);
        await store.updateCase(id, (now) => ({ ...now, state: { ...now.state, revision } }));
        acknowledged.set(id, revision);
      }
    };
    const notes = async (): Promise<void> => {
      for (let n = 1; ; n += 1) {
        await store.writeDocument('thing', 'note', { n });
        acknowledged.set('note', n);
      }
    };
    await Promise.all([run('a'), run('b'), notes()]);
  })();
  await Promise.race([disk.cut, work]);

  const after = disk.afterCut(random);
  try {
    const store = await openFileStore({ folder: '/data', io: after, onFatal });
    for (const id of ['a', 'b']) {
      const stored = (await store.readCase(id))?.state.revision ?? 0;
      const least = acknowledged.get(id) ?? 0;
      if (stored < least) return `case ${id}: ${least} was acknowledged, ${stored} is on the disk`;
      if (stored > Math.max(asked.get(id) ?? 1, 1)) return `case ${id}: ${stored} was never asked for`;
    }
    const note = (await store.readDocument('thing', 'note'))?.data as { n: number } | undefined;
    if ((note?.n ?? 0) < (acknowledged.get('note') ?? 0)) return 'the note is lost';
    return null;
  } catch (error) {
    if (error instanceof StoreCorrupt || error instanceof Error) return error.message;
    throw error;
  }
}

async function violations(runs: number, io: (disk: SimulatedDisk) => Io): Promise<string[]> {
  const found: string[] = [];
  for (let seed = 0; seed < runs; seed += 1) {
    const result = await violation(seed, 1 + (seed % 97), io);
    if (result !== null) found.push(`seed ${seed}: ${result}`);
  }
  return found;
}

describe('a power cut at any operation', () => {
  test('loses nothing that was acknowledged and tears nothing', async () => {
    expect(await violations(600, (disk) => disk)).toEqual([]);
  });

  const broken: readonly [string, (disk: SimulatedDisk) => Io][] = [
    ['no fsync of the file', (disk) => proxy(disk, { syncFile: async () => undefined })],
    ['no fsync of the folder', (disk) => proxy(disk, { syncFolder: async () => undefined })],
    ['rename before fsync', (disk) => proxy(disk, lateSync(disk))],
  ];
  for (const [name, io] of broken) {
    test(`the suite finds a store with ${name}`, async () => {
      expect((await violations(200, io)).length).toBeGreaterThan(20);
    });
  }
});

/** The disk with some operations replaced. */
function proxy(disk: SimulatedDisk, over: Partial<Io>): Io {
  return {
    read: disk.read,
    write: disk.write,
    syncFile: disk.syncFile,
    rename: disk.rename,
    unlink: disk.unlink,
    syncFolder: disk.syncFolder,
    makeFolder: disk.makeFolder,
    list: disk.list,
    ...over,
  };
}

/** The order that a careless adapter has: the name first, the bytes later. */
function lateSync(disk: SimulatedDisk): Partial<Io> {
  return {
    syncFile: async () => undefined,
    rename: async (from, to) => {
      await disk.rename(from, to);
      await disk.syncFolder(to.slice(0, to.lastIndexOf('/')));
      await disk.syncFile(to);
    },
  };
}
