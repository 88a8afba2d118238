import type { Audit } from '../audit/audit.ts';
import type { DataKeyLine } from '../crypto/data-keys.ts';
import { addMasterToFile, KeyError, keepNewestMaster, loadKeyRing } from '../crypto/keys.ts';
import { type Rotated, type Rotation, rotateKeys } from '../crypto/rotate.ts';
import { writeAudit } from './commands.ts';

/** `list`: what keys there are. `rotate`: a new data key, and everything is sealed under it. `master`: a new master key. */
export type KeysAction = 'list' | 'rotate' | 'master';

export interface KeysAnswer {
  readonly keys: readonly DataKeyLine[];
  /** A change that was begun and is not done. */
  readonly rotating: boolean;
  readonly rotated?: Rotated;
  /** Id of the new master key. */
  readonly master?: string;
}

/** @param parts.fromEnvironment the master keys of CERTFLOW_KEY; null when they are in the key file @throws KeyError */
export async function changeKeys(
  parts: Rotation & { readonly audit: Audit; readonly dataDir: string; readonly fromEnvironment: string | null },
  action: KeysAction,
  now: number,
): Promise<KeysAnswer> {
  const { keys, audit, dataDir } = parts;
  const answer = (): KeysAnswer => ({ keys: keys.list(), rotating: keys.rotating });
  switch (action) {
    case 'list':
      return answer();
    case 'rotate': {
      const rotated = await rotateKeys(parts, now);
      const { cases, documents, files } = rotated;
      await writeAudit(audit, now, 'keys', `rotate: ${cases} cases, ${documents} documents, ${files} files`);
      return { ...answer(), rotated };
    }
    case 'master': {
      if (parts.fromEnvironment !== null) {
        throw new KeyError(
          '主密钥来自 CERTFLOW_KEY：请把新密钥写在最前面（例如 "k2:… k1:…"）并重新启动，之后即可去掉旧密钥',
        );
      }
      // In this order a crash leaves both masters in the file: the next start wraps what is left with the newer one.
      const master = await keys.alone(async () => {
        const made = await addMasterToFile(dataDir);
        await keys.rewrap(await loadKeyRing(null, dataDir));
        await keepNewestMaster(dataDir);
        return made;
      });
      await writeAudit(audit, now, 'keys', `master: ${master}`);
      return { ...answer(), master };
    }
  }
}
