import type { Io } from '../../../server/store/file/io.ts';
import type { SimulatedDisk } from '../../server/store/simulated-disk.ts';

/** Operations after which the disk holds something else, or holds it for good. */
const writing: ReadonlySet<keyof Io> = new Set<keyof Io>([
  'write',
  'syncFile',
  'rename',
  'unlink',
  'syncFolder',
  'makeFolder',
]);

/** A process on a disk that dies before a chosen one of its writing operations. */
export interface MortalDisk {
  readonly io: Io;
  readonly disk: SimulatedDisk;
  /** Dies before the writing operation `number` from now, counted from 1; infinity: lives on. */
  dieBefore(number: number): void;
  /** The operation that it did not do any more, or null. */
  readonly diedBefore: keyof Io | null;
}

export function mortalDisk(disk: SimulatedDisk): MortalDisk {
  let left = Number.POSITIVE_INFINITY;
  let diedBefore: keyof Io | null = null;
  function gate<Name extends keyof Io>(name: Name): Io[Name] {
    const operation = disk[name] as (...given: unknown[]) => unknown;
    return ((...given: unknown[]) => {
      if (writing.has(name) && diedBefore === null && --left <= 0) {
        diedBefore = name;
        disk.cutAt(0);
      }
      return operation(...given);
    }) as Io[Name];
  }
  const io: Io = {
    read: gate('read'),
    write: gate('write'),
    syncFile: gate('syncFile'),
    rename: gate('rename'),
    unlink: gate('unlink'),
    syncFolder: gate('syncFolder'),
    makeFolder: gate('makeFolder'),
    list: gate('list'),
  };
  return {
    io,
    disk,
    dieBefore(number) {
      left = number;
    },
    get diedBefore() {
      return diedBefore;
    },
  };
}
