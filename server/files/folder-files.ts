import { dirname, join } from 'node:path';
import { reasonOf } from '../store/file/durable-adapter.ts';
import { diskIo, type Io } from '../store/file/io.ts';
import { checked, FilesUnavailable, pathOf, requirePlain, type SealedFiles } from './sealed-files.ts';

const isWhole = (name: string): boolean => !name.endsWith('.tmp');

/** Files in the data folder, `files/<case>/<name>`: written beside, synced, renamed. */
export function folderFiles(folder: string, io: Io = diskIo): SealedFiles {
  const root = join(folder, 'files');
  const placeOf = (caseId: string): string => {
    requirePlain(caseId);
    return join(root, caseId);
  };
  async function told<T>(job: () => Promise<T>): Promise<T> {
    try {
      return await job();
    } catch (error) {
      // Nothing refers to it yet, or it is still there: whoever asked is refused, and may ask again.
      throw new FilesUnavailable(reasonOf(error), error);
    }
  }

  return {
    title: folder,
    async put(piece, bytes) {
      const path = join(folder, pathOf(piece));
      await told(async () => {
        const parent = dirname(path);
        await io.makeFolder(parent);
        await io.write(`${path}.tmp`, bytes);
        await io.syncFile(`${path}.tmp`);
        await io.rename(`${path}.tmp`, path);
        for (const each of [parent, root, folder]) await io.syncFolder(each);
      });
    },
    async get(piece) {
      const path = join(folder, pathOf(piece));
      const bytes = await told(() => io.read(path));
      return bytes && checked(piece, bytes);
    },
    of: async (caseId) => (await told(() => io.list(placeOf(caseId)))).filter(isWhole),
    async *all() {
      for (const caseId of await io.list(root))
        for (const name of await io.list(join(root, caseId))) if (isWhole(name)) yield { caseId, name };
    },
    async remove(piece) {
      const path = join(folder, pathOf(piece));
      await told(async () => {
        const names = await io.list(dirname(path));
        if (!names.includes(piece.name)) return;
        await io.unlink(path);
        await io.syncFolder(dirname(path));
      });
    },
    async clear(caseId) {
      const place = placeOf(caseId);
      await told(async () => {
        const names = await io.list(place);
        for (const name of names) await io.unlink(join(place, name));
        if (names.length > 0) await io.syncFolder(place);
      });
    },
    // The same disk as that of the cases, of which the store tells.
    trouble: async () => null,
  };
}
