import type { Io } from '../../server/store/file/io.ts';

/**
 * A disk whose flush takes `ms` more than that of this machine: disks of virtual machines answer an fsync out of a cache in
 * a fifth of a millisecond, those of a data centre over the network, or without a battery, take one to ten. All syncs that
 * wait when a flush begins are made durable by it, as by the journal of a file system; the next flush begins after it.
 */
export function slowIo(io: Io, ms: number): Io {
  let waiting: Promise<void> | null = null;
  let under: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    waiting ??= under.then(() => {
      waiting = null;
      under = new Promise((resolve) => setTimeout(resolve, ms));
      return under;
    });
    return waiting;
  };
  return {
    ...io,
    async syncFile(path) {
      await io.syncFile(path);
      await flush();
    },
    async syncFolder(path) {
      await io.syncFolder(path);
      await flush();
    },
  };
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** For a writer that does nothing meanwhile. */
export function waitSync(ms: number): void {
  if (ms > 0) Atomics.wait(never, 0, 0, ms);
}
