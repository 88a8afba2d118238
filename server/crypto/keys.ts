import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface KeyRing {
  /** Id of the key that seals; the others open what is older. */
  readonly current: string;
  /** Id of the first key ever used; it makes the digests. */
  readonly oldest: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

export class KeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyError';
  }
}

/**
 * A ring is written `id:base64 id:base64 …`, newest first; 32 bytes a key. It comes from CERTFLOW_KEY, or from the file
 * `key` in the data folder, which the first start makes (readable by its owner only).
 * @throws KeyError
 */
export async function loadKeyRing(fromEnvironment: string | null, dataDir: string): Promise<KeyRing> {
  return parseKeyRing(fromEnvironment ?? (await readOrMake(join(dataDir, 'key'))));
}

/** @throws KeyError */
export function parseKeyRing(text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const item of text.split(/\s+/).filter((word) => word !== '')) {
    const [, id, value] = /^([A-Za-z0-9_-]{1,40}):([A-Za-z0-9+/_=-]+)$/.exec(item) ?? [];
    const bytes = Buffer.from(value ?? '', 'base64');
    if (id === undefined || bytes.length !== 32) {
      throw new KeyError(
        'a key is written id:base64 with 32 bytes, for example: echo "k1:$(head -c 32 /dev/urandom | base64)"',
      );
    }
    if (keys.has(id)) throw new KeyError(`the key id "${id}" stands twice`);
    keys.set(id, bytes);
  }
  const ids = [...keys.keys()];
  const [current] = ids;
  const oldest = ids.at(-1);
  if (current === undefined || oldest === undefined) throw new KeyError('the key ring is empty');
  return { current, oldest, keys };
}

async function readOrMake(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    await chmod(path, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = `k1:${randomBytes(32).toString('base64')}\n`;
  // A half-written key would lose everything sealed with it: make it durable before it is used.
  const handle = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.tmp`, path);
  const folder = await open(join(path, '..'), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return text;
}
