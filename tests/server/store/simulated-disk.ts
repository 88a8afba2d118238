import type { Io } from '../../../server/store/file/io.ts';

/**
 * A disk that can lose its power. `cache` is what programs see, `platter` what survives a cut: bytes of a file that
 * was synced, under names whose folder was synced. Everything else is gone or torn.
 */
export interface SimulatedDisk extends Io {
  /** Operations counted so far. */
  readonly operations: number;
  /** Cuts the power before operation number `at` (counted from now); that operation and all later ones never return. */
  cutAt(at: number): void;
  /** Makes the operation `at` (from now) fail with `code`. */
  failAt(at: number, code: string, only?: keyof Io): void;
  /** Resolves when the power was cut. */
  readonly cut: Promise<void>;
  /** The disk after the cut: a fresh one that holds what was durable, the rest torn by `random`. */
  afterCut(random: () => number): SimulatedDisk;
  /** The disk after only the process was killed: everything that it wrote is there. */
  afterKill(): SimulatedDisk;
}

interface File {
  bytes: Buffer;
  /** What is on the platter; null when nothing of this file was ever synced. */
  synced: Buffer | null;
}

export function createSimulatedDisk(
  start: ReadonlyMap<string, Buffer> = new Map(),
  folders: Iterable<string> = ['/'],
): SimulatedDisk {
  const names = new Map<string, File>();
  for (const [path, bytes] of start) names.set(path, { bytes, synced: bytes });
  const durableNames = new Map(names);
  const known = new Set(folders);
  const durableFolders = new Set(known);

  let operations = 0;
  let cutBefore = Number.POSITIVE_INFINITY;
  let failing: { at: number; code: string; only?: keyof Io } | null = null;
  let dead = false;
  let resolveCut: () => void = () => undefined;
  const cut = new Promise<void>((resolve) => {
    resolveCut = resolve;
  });
  const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

  /** Every operation passes here: it may die for ever, fail, or go on. */
  async function gate(name: keyof Io): Promise<void> {
    await Promise.resolve();
    const number = operations++;
    if (dead || number >= cutBefore) {
      dead = true;
      resolveCut();
      return new Promise(() => undefined);
    }
    if (failing && number >= failing.at && (failing.only === undefined || failing.only === name)) {
      const { code } = failing;
      failing = null;
      throw Object.assign(new Error(`${code}: simulated`), { code });
    }
  }
  function fileAt(path: string): File {
    const file = names.get(path);
    if (!file) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return file;
  }

  return {
    get operations() {
      return operations;
    },
    cut,
    cutAt(at) {
      cutBefore = operations + at;
    },
    failAt(at, code, only) {
      failing = { at: operations + at, code, ...(only ? { only } : {}) };
    },
    async read(path) {
      await gate('read');
      return names.get(path)?.bytes ?? null;
    },
    async write(path, bytes) {
      await gate('write');
      if (!known.has(parentOf(path))) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      const file = names.get(path);
      if (file) file.bytes = Buffer.from(bytes);
      else names.set(path, { bytes: Buffer.from(bytes), synced: null });
    },
    async syncFile(path) {
      await gate('syncFile');
      const file = fileAt(path);
      file.synced = file.bytes;
    },
    async rename(from, to) {
      await gate('rename');
      const file = fileAt(from);
      names.delete(from);
      names.set(to, file);
    },
    async unlink(path) {
      await gate('unlink');
      fileAt(path);
      names.delete(path);
    },
    async syncFolder(path) {
      await gate('syncFolder');
      for (const name of [...durableNames.keys()]) if (parentOf(name) === path) durableNames.delete(name);
      for (const [name, file] of names) if (parentOf(name) === path) durableNames.set(name, file);
      for (const folder of known) if (folder !== '/' && parentOf(folder) === path) durableFolders.add(folder);
    },
    async makeFolder(path) {
      await gate('makeFolder');
      for (let at = path; !known.has(at); at = parentOf(at)) known.add(at);
    },
    async list(path) {
      await gate('list');
      const inside = new Set<string>();
      for (const name of [...names.keys(), ...known]) if (name !== '/' && parentOf(name) === path) inside.add(name);
      return [...inside].map((name) => name.slice(name.lastIndexOf('/') + 1));
    },
    afterKill() {
      const kept = new Map<string, Buffer>();
      for (const [path, file] of names) kept.set(path, file.bytes);
      return createSimulatedDisk(kept, known);
    },
    afterCut(random) {
      const survived = new Map<string, Buffer>();
      const reachable = (folder: string): boolean =>
        folder === '/' || (durableFolders.has(folder) && reachable(parentOf(folder)));
      const isDurable = (path: string): boolean => reachable(parentOf(path));
      // A rename that no folder sync confirmed may have reached the platter or not.
      const all = new Set([...durableNames.keys(), ...names.keys()]);
      for (const path of all) {
        if (!isDurable(path)) continue;
        const before = durableNames.get(path);
        const after = names.get(path);
        const file = before === after ? after : random() < 0.5 ? before : after;
        if (!file) continue;
        if (file.synced?.equals(file.bytes)) survived.set(path, file.synced);
        else {
          // Never synced since the last write: empty, torn, or the old bytes.
          const choice = random();
          const torn = file.bytes.subarray(0, Math.floor(random() * file.bytes.length));
          survived.set(path, choice < 0.4 ? Buffer.alloc(0) : choice < 0.8 ? torn : (file.synced ?? Buffer.alloc(0)));
        }
      }
      return createSimulatedDisk(survived, durableFolders);
    },
  };
}
