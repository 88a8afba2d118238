import { createHash } from 'node:crypto';
import { type Audit, createAudit } from '../../../server/audit/audit.ts';
import { type Anchor, textOfAnchor } from '../../../server/audit/chain.ts';
import { verifyAudit } from '../../../server/audit/verify.ts';
import { createSecrets, type Secrets } from '../../../server/cases/secrets.ts';
import { type Crypto, createCrypto } from '../../../server/crypto/crypto.ts';
import { type DataKeys, openDataKeys } from '../../../server/crypto/data-keys.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { rotateKeys } from '../../../server/crypto/rotate.ts';
import { folderFiles } from '../../../server/files/folder-files.ts';
import { createVault, type StoredFile, type Vault } from '../../../server/files/vault.ts';
import type { Io } from '../../../server/store/file/io.ts';
import { type SealedStore, sealedStore } from '../../../server/store/sealed.ts';
import type { SensitiveSchemas } from '../../../server/store/sensitive.ts';
import type { Store } from '../../../server/store/store.ts';

const masters = parseKeyRing(`m:${Buffer.alloc(32, 9).toString('base64')}`);

/** What a house has in which everything is sealed with keys of its own that change: files, and the log of who did what. */
export interface SealedParts {
  readonly raw: Store;
  readonly store: SealedStore;
  readonly settled: () => Promise<void>;
  readonly crypto: Crypto;
  readonly keys: DataKeys;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly secrets: Secrets;
}

export async function openSealed(raw: Store, io: Io, schemas: SensitiveSchemas, now: number): Promise<SealedParts> {
  const keys = await openDataKeys(raw, masters, null, now);
  const crypto = createCrypto(keys);
  const store = sealedStore(raw, crypto, async () => schemas);
  const vault = createVault(folderFiles('/data', io), store, crypto);
  const { settled } = store;
  return {
    raw,
    store,
    settled,
    crypto,
    keys,
    vault,
    audit: createAudit(store, crypto),
    secrets: createSecrets(crypto),
  };
}

/** What people outside were told of files and of the log, held against the disk again and again. */
export class SealedTruth {
  readonly #files: { readonly file: StoredFile; readonly sha256: string }[] = [];
  #anchor: Anchor | null = null;
  readonly wrongs: string[] = [];
  #uploads = 0;

  async upload({ vault }: SealedParts, caseId: string, isOver: () => boolean): Promise<void> {
    this.#uploads += 1;
    const bytes = Buffer.from(`文件 ${caseId} ${this.#uploads} `.repeat(40));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const about = { caseId, form: 'note', field: 'scan', name: `扫描${this.#uploads}.pdf`, type: 'application/pdf' };
    const file = await vault.save({ ...about, at: 1, by: 'writer/one' }, bytes);
    if (!isOver()) this.#files.push({ file, sha256 });
  }

  async write({ audit }: SealedParts, isOver: () => boolean): Promise<void> {
    const anchor = await audit.append({ at: 1, person: 'reader/one', action: 'unmask', reason: '核对' });
    if (!isOver() && anchor.seq > (this.#anchor?.seq ?? 0)) this.#anchor = anchor;
  }

  async rotate(parts: SealedParts): Promise<void> {
    const { unreadable } = await rotateKeys(parts, 1);
    if (unreadable.length > 0) this.wrongs.push(`after a change of keys ${unreadable.join()} does not open`);
  }

  /** Everything that was told is there and opens. */
  async compare({ vault, store, raw, crypto }: SealedParts): Promise<void> {
    for (const { file, sha256 } of this.#files) {
      const found = await vault.find(file.caseId, file.id);
      const bytes = found && (await vault.read(found).catch(() => null));
      const is = bytes && createHash('sha256').update(bytes).digest('hex');
      if (is !== sha256) this.wrongs.push(`file ${file.id} is ${found ? 'another' : 'lost'}`);
    }
    const { wrong } = await verifyAudit({ store, raw, crypto }, this.#anchor);
    for (const { seq, kind } of wrong)
      this.wrongs.push(`the log: ${seq} ${kind} (${this.#anchor && textOfAnchor(this.#anchor)})`);
  }

  /** Nothing that was typed, uploaded or written down stands on the disk in the clear. */
  async search(io: Io, folder = '/data'): Promise<void> {
    for (const name of await io.list(folder)) {
      const path = `${folder}/${name}`;
      const bytes = await io.read(path);
      if (bytes === null) await this.search(io, path);
      else if (/request:\d+ [0-9a-z]{10}|文件|扫描|核对/.test(bytes.toString('utf8')))
        this.wrongs.push(`${path} holds something in the clear`);
    }
  }
}
