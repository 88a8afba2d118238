import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_SUITE, type Suite } from './suites.ts';

export interface RingKey {
  readonly bytes: Buffer;
  readonly suite: Suite;
}

export interface KeyRing {
  /** Id of the key that seals; the others open what is older. */
  readonly current: string;
  /** Id of the key that makes the digests; it never changes. */
  readonly oldest: string;
  readonly keys: ReadonlyMap<string, RingKey>;
}

export class KeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyError';
  }
}

const keyFile = (dataDir: string): string => join(dataDir, 'key');

/**
 * The master keys: `id:base64 id:base64 …`, newest first; 32 bytes a key. They come from CERTFLOW_KEY, or from the file
 * `key` in the data folder, which the first start makes (readable by its owner only). They wrap the keys of the data
 * (data-keys.ts). @throws KeyError
 */
export async function loadKeyRing(fromEnvironment: string | null, dataDir: string): Promise<KeyRing> {
  return parseKeyRing(fromEnvironment ?? (await readOrMake(keyFile(dataDir))));
}

/** @throws KeyError */
export function parseKeyRing(text: string): KeyRing {
  const keys = new Map<string, RingKey>();
  for (const item of text.split(/\s+/).filter((word) => word !== '')) {
    const [, id, value] = /^([A-Za-z0-9_-]{1,40}):([A-Za-z0-9+/_=-]+)$/.exec(item) ?? [];
    const bytes = Buffer.from(value ?? '', 'base64');
    if (id === undefined || bytes.length !== 32) {
      throw new KeyError(
        'a key is written id:base64 with 32 bytes, for example: echo "k1:$(head -c 32 /dev/urandom | base64)"',
      );
    }
    if (keys.has(id)) throw new KeyError(`the key id "${id}" stands twice`);
    keys.set(id, { bytes, suite: DEFAULT_SUITE });
  }
  const ids = [...keys.keys()];
  const [current] = ids;
  const oldest = ids.at(-1);
  if (current === undefined || oldest === undefined)
    throw new KeyError('the key ring is empty: neither CERTFLOW_KEY nor the key file may be there with nothing in it');
  return { current, oldest, keys };
}

/** Puts a new master key before those of the key file; they stay until `keepNewestMaster`. @returns its id */
export async function addMasterToFile(dataDir: string): Promise<string> {
  const text = await readOrMake(keyFile(dataDir));
  const { keys } = parseKeyRing(text);
  let number = keys.size + 1;
  while (keys.has(`k${number}`)) number += 1;
  await write(keyFile(dataDir), `${newKey(`k${number}`)}${text}`);
  return `k${number}`;
}

/** Drops every master key of the key file but the newest: nothing may be wrapped with them any more. */
export async function keepNewestMaster(dataDir: string): Promise<void> {
  const [newest = ''] = (await readFile(keyFile(dataDir), 'utf8')).split(/\s+/);
  await write(keyFile(dataDir), `${newest}\n`);
}

const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}\n`;

async function readOrMake(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    await chmod(path, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = newKey('k1');
  await write(path, text);
  return text;
}

/** A half-written key would lose everything sealed with it: it is durable before it is used. */
async function write(path: string, text: string): Promise<void> {
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
}
