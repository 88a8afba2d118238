import { join } from 'node:path';
import { DurableJson } from './file/durable-adapter.ts';
import { openFileStore } from './file/file-store.ts';
import { diskIo, type Io } from './file/io.ts';
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
  const vault = filesOf(diskIo, folder);
  return {
    title: folder,
    store,
    ...vault,
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
  const { host, pathname } = new URL(url);
  return {
    title: `postgres://${host}${pathname}`,
    store,
    ...filesOf(files, ''),
    kinds: () => store.kinds(),
    putCase: (document) => putCase(store, document),
    putDocument: (kind, id, document) => store.putDocument(kind, id, document),
    close: () => store.close(),
  };
}

async function putCase(store: Store, document: CaseDocument): Promise<void> {
  const { id } = document.state;
  if ((await store.readCase(id)) === null) await store.createCase(document);
  else await store.updateCase(id, () => document);
}

/** Uploaded files as they lie: `files/<case>/<id>`, see files/vault.ts. */
function filesOf(io: Io, folder: string): Pick<Movable, 'files' | 'readFile' | 'putFile' | 'dropFile'> {
  const root = join(folder, 'files');
  return {
    async files() {
      const paths: string[] = [];
      for (const caseId of await io.list(root))
        for (const id of await io.list(join(root, caseId))) if (!id.endsWith('.tmp')) paths.push(`${caseId}/${id}`);
      return paths.sort();
    },
    readFile: (path) => io.read(join(root, path)),
    dropFile: (path) => io.unlink(join(root, path)),
    async putFile(path, bytes) {
      const to = join(root, path);
      const parent = join(to, '..');
      await io.makeFolder(parent);
      await io.write(`${to}.tmp`, bytes);
      await io.syncFile(`${to}.tmp`);
      await io.rename(`${to}.tmp`, to);
      for (const each of [parent, root, folder]) await io.syncFolder(each);
    },
  };
}
