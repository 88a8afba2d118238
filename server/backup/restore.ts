import { chmod, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { createCrypto } from '../crypto/crypto.ts';
import { ringOf } from '../crypto/data-keys.ts';
import { KeyError, type KeyRing, parseKeyRing } from '../crypto/keys.ts';
import { diskIo } from '../store/file/io.ts';
import { BackupError, copyFile, keyCheckOf, MANIFEST, type Manifest, requireEmpty } from './backup.ts';

/**
 * Makes a data folder of a backup. Every file is compared with what the backup says of it before the folder gets its
 * name: a backup that is damaged or a key that is another one leaves nothing behind.
 * @param key the ring that opens it; `isFile`: it is put into the folder as its key file
 * @throws BackupError, KeyError
 */
export async function restore(
  from: string,
  dataDir: string,
  key: { readonly text: string; readonly isFile: boolean },
): Promise<Manifest> {
  const target = resolve(dataDir);
  await requireEmpty(target);
  const manifest = await readManifest(from);
  if (!opens(parseKeyRing(key.text), manifest))
    throw new BackupError(`密钥不对：${from} 是用另一把密钥加密的。请用备份那个系统的 CERTFLOW_KEY 或密钥文件`);
  const making = `${target}.restoring`;
  await rm(making, { recursive: true, force: true });
  try {
    for (const { path, size, sha256 } of manifest.files) {
      if (isAbsolute(path) || normalize(path).startsWith('..')) throw new BackupError(`备份里的路径不对：${path}`);
      const copied = await copyFile(join(from, path), join(making, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new BackupError(`备份不完整：缺少 ${path}。没有恢复任何内容`);
        throw error;
      });
      if (copied.size !== size || copied.sha256 !== sha256)
        throw new BackupError(`备份已损坏：${path} 与备份时不同。没有恢复任何内容，请用另一份备份`);
    }
    if (key.isFile) {
      await writeFile(join(making, 'key'), key.text, { mode: 0o600, flush: true });
      await chmod(join(making, 'key'), 0o600);
    }
    await syncAll(making);
    // An empty folder may be there, a mount point for instance; it gives way.
    await rm(target, { recursive: true, force: true });
    await rename(making, target);
    await diskIo.syncFolder(dirname(target));
    return manifest;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

function opens(masters: KeyRing, { id, keyCheck, keys }: Manifest): boolean {
  try {
    return keyCheckOf(createCrypto(keys ? ringOf(keys, masters) : masters), id) === keyCheck;
  } catch (error) {
    if (error instanceof KeyError) return false;
    throw error;
  }
}

async function readManifest(from: string): Promise<Manifest> {
  const text = await readFile(join(from, MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new BackupError(`${from} 不是完整的备份：没有 ${MANIFEST}`);
  });
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.format === 1 && Array.isArray(manifest.files)) return manifest;
  } catch {
    // Told below.
  }
  throw new BackupError(`${join(from, MANIFEST)} 读不懂：备份已损坏，或由更新的版本制作`);
}

async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) await diskIo.syncFolder(join(entry.parentPath, entry.name));
  await diskIo.syncFolder(folder);
}
