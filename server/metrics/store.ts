import type { Io } from '../store/file/io.ts';
import { Conflict, type Store } from '../store/store.ts';
import type { Metrics, WriteOutcome } from './metrics.ts';

const WRITES: { readonly [method: string]: string } = {
  createCase: 'case',
  updateCase: 'case',
  writeDocument: 'document',
  removeDocument: 'document',
};

/** The same store, whose writes are counted. A change that changes nothing counts as well. */
export function meteredStore(store: Store, metrics: Pick<Metrics, 'write'>): Store {
  const made = new Map<PropertyKey, unknown>();
  const methodOf = (name: PropertyKey, method: (...given: unknown[]) => unknown): unknown => {
    const what = typeof name === 'string' && Object.hasOwn(WRITES, name) ? WRITES[name] : undefined;
    if (what === undefined) return method.bind(store);
    return async (...given: unknown[]) => {
      const start = performance.now();
      const done = (outcome: WriteOutcome) => metrics.write(what, outcome, (performance.now() - start) / 1000);
      try {
        const result = await method.apply(store, given);
        done('durable');
        return result;
      } catch (error) {
        done(error instanceof Conflict ? 'conflict' : 'failed');
        throw error;
      }
    };
  };
  // Whatever a store can do besides is passed on as it is.
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (!made.has(name)) made.set(name, methodOf(name, value as (...given: unknown[]) => unknown));
      return made.get(name);
    },
  });
}

/** The same disk, whose fsyncs are timed. */
export function meteredIo(io: Io, metrics: Pick<Metrics, 'fsync'>): Io {
  const timed =
    (what: 'file' | 'folder', sync: (path: string) => Promise<void>) =>
    async (path: string): Promise<void> => {
      const start = performance.now();
      try {
        await sync(path);
      } finally {
        metrics.fsync(what, (performance.now() - start) / 1000);
      }
    };
  return {
    ...io,
    syncFile: timed('file', (path) => io.syncFile(path)),
    syncFolder: timed('folder', (path) => io.syncFolder(path)),
  };
}
