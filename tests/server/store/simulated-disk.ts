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

/** What programs see, and what is on the platter. */
interface Contents {
  readonly names: ReadonlyMap<string, File>;
  readonly durableNames: ReadonlyMap<string, File>;
  readonly folders: Iterable<string>;
  readonly durableFolders: Iterable<string>;
}

function onPlatter(files: ReadonlyMap<string, Buffer>, folders: Iterable<string>): Contents {
  const names = new Map([...files].map(([path, bytes]) => [path, { bytes, synced: bytes }]));
  return { names, durableNames: names, folders, durableFolders: folders };
}

/** @param pace how many turns an operation waits before it is done: some disks answer in another order */
export function createSimulatedDisk(
  pace: () => number = () => 0,
  contents: Contents = onPlatter(new Map(), ['/']),
): SimulatedDisk {
  const names = new Map(contents.names);
  const durableNames = new Map(contents.durableNames);
  const known = new Set(contents.folders);
  const durableFolders = new Set(contents.durableFolders);

  let operations = 0;
  let cutBefore = Number.POSITIVE_INFINITY;
  let failing: { at: number; code: string; only?: keyof Io } | null = null;
  let dead = false;
  let resolveCut: () => void = () => undefined;
  const cut = new Promise<void>((resolve) => {
    resolveCut = resolve;
  });
  const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

  /**
   * Every operation passes here: it may die for ever, fail, or be done. It is done in the very turn that lets it pass, or a
   * disk that has died meanwhile would still do it.
   */
  async function gate<T>(name: keyof Io, run: () => T): Promise<T> {
    await Promise.resolve();
    for (let turns = pace(); turns > 0; turns -= 1) await undefined;
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
    return run();
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
    read: (path) =>
      gate('read', () => {
        return names.get(path)?.bytes ?? null;
      }),
    write: (path, bytes) =>
      gate('write', () => {
        if (!known.has(parentOf(path))) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
        const file = names.get(path);
        if (file) file.bytes = Buffer.from(bytes);
        else names.set(path, { bytes: Buffer.from(bytes), synced: null });
      }),
    syncFile: (path) =>
      gate('syncFile', () => {
        const file = fileAt(path);
        file.synced = file.bytes;
      }),
    rename: (from, to) =>
      gate('rename', () => {
        const file = fileAt(from);
        names.delete(from);
        names.set(to, file);
      }),
    unlink: (path) =>
      gate('unlink', () => {
        fileAt(path);
        names.delete(path);
      }),
    syncFolder: (path) =>
      gate('syncFolder', () => {
        for (const name of [...durableNames.keys()]) if (parentOf(name) === path) durableNames.delete(name);
        for (const [name, file] of names) if (parentOf(name) === path) durableNames.set(name, file);
        for (const folder of known) if (folder !== '/' && parentOf(folder) === path) durableFolders.add(folder);
      }),
    makeFolder: (path) =>
      gate('makeFolder', () => {
        for (let at = path; !known.has(at); at = parentOf(at)) known.add(at);
      }),
    list: (path) =>
      gate('list', () => {
        const inside = new Set<string>();
        for (const name of [...names.keys(), ...known]) if (name !== '/' && parentOf(name) === path) inside.add(name);
        return [...inside].map((name) => name.slice(name.lastIndexOf('/') + 1));
      }),
    afterKill() {
      dead = true;
      // What was not synced is still that: the power may go after the process.
      const copies = new Map<File, File>();
      const copy = (file: File): File => {
        const known = copies.get(file) ?? { ...file };
        copies.set(file, known);
        return known;
      };
      const copied = (all: ReadonlyMap<string, File>) => new Map([...all].map(([path, file]) => [path, copy(file)]));
      return createSimulatedDisk(pace, {
        names: copied(names),
        durableNames: copied(durableNames),
        folders: known,
        durableFolders,
      });
    },
    afterCut(random) {
      dead = true;
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
      // A folder whose name was confirmed in one that is not there itself is gone with it.
      const folders = new Set([...durableFolders].filter((folder) => reachable(folder)));
      return createSimulatedDisk(pace, onPlatter(survived, folders));
    },
  };
}
