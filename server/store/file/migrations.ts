import { join } from 'node:path';
import type { Json } from '../../../engine/model/json.ts';
import { DurableJson, type Fatal } from './durable-adapter.ts';
import type { Io } from './io.ts';

/**
 * Turns a data folder of one version into the next. It runs before the store opens, alone on the folder, and must be
 * safe to run again: after a crash in the middle it starts anew, because the version is written last.
 */
export interface Migration {
  /** The version that it starts from. */
  readonly from: number;
  readonly title: string;
  run(root: string, io: Io, fatal: Fatal): Promise<void>;
}

/** In order, without gaps. */
export const migrations: readonly Migration[] = [];

/** The version that this program writes. */
export const FOLDER_VERSION = 1;

/** A folder that this program must not touch. */
export class FolderVersionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FolderVersionError';
  }
}

/** Brings the folder to `target`; a new folder gets the version at once. @throws FolderVersionError */
export async function migrate(
  root: string,
  io: Io,
  fatal: Fatal,
  list: readonly Migration[] = migrations,
  target: number = FOLDER_VERSION,
): Promise<readonly string[]> {
  const adapter = new DurableJson(io, join(root, 'version.json'), fatal);
  const stored = await adapter.read();
  const done: string[] = [];
  if (stored === null) {
    const names = await io.list(root);
    if (names.includes('cases') || names.includes('documents')) {
      throw new FolderVersionError(`${root} holds data but no version.json: restore it from the backup`);
    }
    await adapter.write({ version: target });
    return done;
  }
  let version = versionOf(stored, root);
  if (version > target) {
    throw new FolderVersionError(
      `${root} was written by a newer program (version ${version}, this one knows ${target}): start the newer program`,
    );
  }
  while (version < target) {
    const step = list.find((migration) => migration.from === version);
    if (!step) throw new FolderVersionError(`${root}: no migration from version ${version}`);
    await step.run(root, io, fatal);
    version += 1;
    await adapter.write({ version });
    done.push(step.title);
  }
  return done;
}

function versionOf(stored: Json, root: string): number {
  const version = (stored as { version?: unknown }).version;
  if (typeof version !== 'number' || !Number.isInteger(version)) {
    throw new FolderVersionError(`${root}/version.json holds no version`);
  }
  return version;
}
