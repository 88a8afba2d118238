import { checked, pathOf, requirePlain, type SealedFiles } from '../../files/sealed-files.ts';
import type { Database } from './database.ts';
import type { Node } from './node.ts';
import { CLEAR_FOLDER, LIST_FILES, LIST_FOLDER, PUT_FILE, READ_FILE, REMOVE_FILE } from './statements.ts';

const AT_ONCE = 1_000;
const ROOT = 'files/';

/**
 * Uploaded files beside the cases: a backup of the database is a backup of all, and a node that takes over needs no folder
 * of the one before. Each operation is one statement.
 */
export function databaseFiles(database: Database, node: Pick<Node, 'epoch'>, title: string): SealedFiles {
  const folderOf = (caseId: string): string => {
    requirePlain(caseId);
    return ROOT + caseId;
  };
  return {
    title,
    async put(piece, bytes) {
      await database.write(pathOf(piece), PUT_FILE, [node.epoch, folderOf(piece.caseId), piece.name, bytes]);
    },
    async get(piece) {
      const place = [folderOf(piece.caseId), piece.name];
      const [row] = await database.read<{ bytes: Buffer }>(pathOf(piece), READ_FILE, place);
      return row ? checked(piece, row.bytes) : null;
    },
    async of(caseId) {
      const folder = folderOf(caseId);
      return (await database.read<{ name: string }>(folder, LIST_FOLDER, [folder])).map(({ name }) => name);
    },
    async *all() {
      for (let last = ['', '']; ; ) {
        const rows = await database.read<{ folder: string; name: string }>(ROOT, LIST_FILES, [...last, AT_ONCE]);
        for (const { folder, name } of rows) yield { caseId: folder.slice(ROOT.length), name };
        const end = rows.at(-1);
        if (end === undefined || rows.length < AT_ONCE) return;
        last = [end.folder, end.name];
      }
    },
    async remove(piece) {
      await database.write(pathOf(piece), REMOVE_FILE, [node.epoch, folderOf(piece.caseId), piece.name]);
    },
    async clear(caseId) {
      await database.write(folderOf(caseId), CLEAR_FOLDER, [node.epoch, folderOf(caseId)]);
    },
    // The database of the cases, of which the store tells.
    trouble: async () => null,
  };
}
