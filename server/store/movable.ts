import { join } from 'node:path';
import { folderFiles } from '../files/folder-files.ts';
import type { Piece, SealedFiles } from '../files/sealed-files.ts';
import { DurableJson } from './file/durable-adapter.ts';
import { openFileStore } from './file/file-store.ts';
import { diskIo } from './file/io.ts';
import { documentPath } from './file/names.ts';
import type { Movable } from './move.ts';
import type { CaseDocument, Store } from './store.ts';

/** Runs into nothing that could be lost: a move is begun again. */
function onFatal(message: string): void {
  console.error(`存储出错：${message}`);
  process.exit(74);
}

/** A data folder, under its lock. @throws StoreLocked, FolderVersionError */
export async function movableFolder(folder: string): Promise<Movable> {
  const store = await openFileStore({ folder, onFatal });
  return {
    title: folder,
    store,
    ...filesOf(folderFiles(folder)),
    kinds: () => diskIo.list(join(folder, 'documents')).then((names) => [...names].sort()),
    putCase: (document) => putCase(store, document),
    async putDocument(kind, id, { version, data }) {
      const path = documentPath(folder, kind, id);
      await diskIo.makeFolder(join(folder, 'documents', kind));
      await new DurableJson(diskIo, path, onFatal).write({ id, version, data });
    },
    async close() {
      // Folders that were made on the way are durable like what is in them.
      for (const room of ['documents', '.']) await diskIo.syncFolder(join(folder, room)).catch(() => undefined);
      await store.close();
    },
  };
}

/** A database, with its seat. @throws DatabaseUnusable, SeatTaken */
export async function movableDatabase(url: string): Promise<Movable> {
  const { openPostgres } = await import('./postgres/open.ts');
  const { store, files } = await openPostgres({ url, onFatal });
  return {
    title: files.title,
    store,
    ...filesOf(files),
    kinds: () => store.kinds(),
    putCase: (document) => putCase(store, document, { beside: null }),
    putDocument: (kind, id, document) => store.putDocument(kind, id, document),
    close: () => store.close(),
  };
}

/** @param beside what lists know of one that was there is to be found out anew */
async function putCase(store: Store, document: CaseDocument, beside: Pick<CaseDocument, 'beside'> = {}): Promise<void> {
  const { id } = document.state;
  if ((await store.readCase(id)) === null) await store.createCase(document);
  else await store.updateCase(id, () => ({ ...document, ...beside }));
}

/** Files that lie with the cases: those that are in a bucket stay there. */
function filesOf(files: SealedFiles): Pick<Movable, 'files' | 'readFile' | 'putFile' | 'dropFile'> {
  const pieceOf = (path: string): Piece => {
    const [caseId = '', name = ''] = path.split('/');
    return { caseId, name };
  };
  return {
    async files() {
      const paths: string[] = [];
      for await (const { caseId, name } of files.all()) paths.push(`${caseId}/${name}`);
      return paths.sort();
    },
    readFile: (path) => files.get(pieceOf(path)),
    dropFile: (path) => files.remove(pieceOf(path)),
    putFile: (path, bytes) => files.put(pieceOf(path), bytes),
  };
}
