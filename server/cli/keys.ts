import { changeKeys, type KeysAction, type KeysAnswer } from '../admin/keys.ts';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { createSecrets } from '../cases/secrets.ts';
import { readConfig } from '../config.ts';
import { createVault } from '../files/vault.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow keys [rotate [--master]] [--json]

  Lists the keys that the data of DATA_DIR is encrypted with; they are wrapped by the master key (CERTFLOW_KEY or the key file).
  keys rotate            makes a new data key and encrypts everything anew, also while the server runs. Broken off, run it again:
                         it goes on where it was. Old keys stay for reading.
  keys rotate --master   makes a new master key in the key file and wraps the data keys with it. With CERTFLOW_KEY: write the
                         new key in front of the old one, start the server once, then take the old one away.`;

const USES = { seals: '加密和解密', opens: '只解密', digests: '摘要' } as const;

/** @returns the exit code */
export async function keys(args: string[]): Promise<number> {
  const options = { help: commonOptions.help, json: commonOptions.json, master: { type: 'boolean' } } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null || positionals === null) return code ?? 2;
  const [verb, more] = positionals;
  if (more !== undefined || (verb !== undefined && verb !== 'rotate') || (values.master && verb !== 'rotate'))
    return usedWrongly('certflow keys 后面只能写 rotate', usage);
  const action: KeysAction = verb === undefined ? 'list' : values.master ? 'master' : 'rotate';
  const config = readConfig(process.env);
  let answer: KeysAnswer;
  try {
    const asked = await askServer(config.dataDir, { kind: 'keys', action });
    answer = asked ? (asked.result as KeysAnswer) : await alone(config, action);
  } catch (error) {
    return explain(error);
  }
  console.log(values.json ? JSON.stringify(answer, null, 2) : textOf(answer));
  return answer.rotated && answer.rotated.unreadable.length > 0 ? 1 : 0;
}

function alone(config: ReturnType<typeof readConfig>, action: KeysAction): Promise<KeysAnswer> {
  const { dataDir, key, cipher } = config;
  return withDataFolder(
    config,
    ({ store, audit, crypto, keys: ring, raw, files, settled, now }) => {
      const parts = {
        raw,
        settled,
        store,
        audit,
        crypto,
        keys: ring,
        secrets: createSecrets(crypto),
        dataDir,
        fromEnvironment: key,
      };
      return changeKeys({ ...parts, vault: createVault(files, store, crypto) }, action, now());
    },
    action === 'list' ? null : cipher,
  );
}

function textOf({ keys: list, rotating, rotated, master }: KeysAnswer): string {
  const lines = list.map(
    ({ id, suite, master: by, madeAt, use }) =>
      `${id.padEnd(12)}${suite.padEnd(20)}${new Date(madeAt).toISOString().slice(0, 10)}  主密钥 ${by}  ${USES[use]}`,
  );
  if (rotated) {
    const { cases, documents, files, unreadable } = rotated;
    lines.push(`已重新加密：${cases} 笔业务，${documents} 份记录，${files} 个文件`);
    for (const one of unreadable) lines.push(`读不出来：${one}`);
    if (unreadable.length > 0) lines.push('旧密钥都保留着。请先从备份恢复读不出来的内容，再运行一次');
  }
  if (master !== undefined) lines.push(`新的主密钥是 ${master}，请另外保存密钥文件；旧的主密钥不再需要`);
  if (rotating && !rotated) lines.push('上次的更换没有做完，请再运行 certflow keys rotate');
  return lines.join('\n');
}
