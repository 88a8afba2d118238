import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Accounts, createAccounts } from '../accounts/accounts.ts';
import { createInvitations, type Invitations } from '../accounts/invitations.ts';
import { type Audit, createAudit } from '../audit/audit.ts';
import { createClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { type Crypto, createCrypto } from '../crypto/crypto.ts';
import { type DataKeys, openDataKeys } from '../crypto/data-keys.ts';
import { loadKeyRing } from '../crypto/keys.ts';
import type { Suite } from '../crypto/suites.ts';
import type { KeptScenarios } from '../releases/kept-scenarios.ts';
import { createReleases, type Releases } from '../releases/releases.ts';
import { FolderVersionError } from '../store/file/migrations.ts';
import { type Opened, openStore } from '../store/open.ts';
import { sealedStore } from '../store/sealed.ts';
import { sensitiveSchemas } from '../store/sensitive-schemas.ts';
import type { Store } from '../store/store.ts';

/**
 * Works on what is stored while no server runs, under the lock of the folder or the seat of the database, so that none can
 * start meanwhile. @throws StoreLocked, FolderVersionError, SeatTaken, FilesUnusable, KeyError
 */
export async function withDataFolder<T>(
  {
    dataDir,
    key,
    database,
    objects,
    definitionsDir,
  }: Pick<Config, 'dataDir' | 'key' | 'database' | 'objects' | 'definitionsDir'>,
  job: (parts: {
    readonly store: Store;
    readonly releases: Releases;
    readonly kept: KeptScenarios;
    readonly accounts: Accounts;
    readonly invitations: Invitations;
    readonly crypto: Crypto;
    readonly audit: Audit;
    readonly keys: DataKeys;
    /** The store as it is sealed. */
    readonly raw: Store;
    readonly settled: () => Promise<void>;
    readonly files: Opened['files'];
    readonly now: () => number;
  }) => Promise<T>,
  /** How new data is encrypted; null: as before. */
  cipher: Suite | null = null,
): Promise<T> {
  if (database === null && !existsSync(join(dataDir, 'version.json'))) {
    throw new FolderVersionError(`${dataDir} 不是数据目录：请用 DATA_DIR 指定服务所用的目录`);
  }
  const clock = createClock();
  const { store: raw, files } = await openStore(
    { dataDir, database, objects },
    {
      onFatal(message) {
        console.error(`存储出错：${message}`);
        process.exit(74);
      },
    },
  );
  try {
    const keys = await openDataKeys(raw, await loadKeyRing(key, dataDir), cipher, clock.now());
    const crypto = createCrypto(keys);
    // Commands that a running server answers need no engine: it is loaded when there is none.
    const { load, loadReleased } = await import('../../engine/load.ts');
    const { createKeptScenarios } = await import('../releases/kept-scenarios.ts');
    const { triedWith } = await import('../releases/tried-with.ts');
    const releases = createReleases(raw, { load, loadReleased }, clock, () => tried());
    const store = sealedStore(raw, crypto, async (hash) => sensitiveSchemas(await releases.definition(hash)));
    const kept = createKeptScenarios(store, clock);
    const tried = triedWith(definitionsDir, kept);
    const accounts = createAccounts(store, crypto, clock);
    const audit = createAudit(store, crypto);
    const invitations = createInvitations(store, crypto, clock);
    return await job({
      ...{ store, releases, kept, accounts, invitations, audit, crypto, keys, raw, files },
      ...{ settled: store.settled, now: clock.now },
    });
  } finally {
    await raw.close();
  }
}
