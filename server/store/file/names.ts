import { createHash } from 'node:crypto';
import { join } from 'node:path';

const SAFE = /^[A-Za-z0-9_-]{1,80}$/;

/** File name of an id: the id itself where it is harmless on every file system, else its hash. The id stands in the document too. */
export function fileName(id: string): string {
  // A leading `~` keeps hashes apart from ids that look like one.
  return SAFE.test(id) ? id : `~${createHash('sha256').update(id).digest('hex')}`;
}

/** Cases are spread over 256 folders by hash: fsync of a folder with a million names is slow on some file systems. */
export function casePath(root: string, id: string): string {
  const shard = createHash('sha256').update(id).digest('hex').slice(0, 2);
  return join(root, 'cases', shard, `${fileName(id)}.json`);
}

export function documentPath(root: string, kind: string, id: string): string {
  return join(root, 'documents', kind, `${fileName(id)}.json`);
}
