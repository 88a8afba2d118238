import { createSessions } from '../accounts/sessions.ts';
import { endSessions } from '../admin/commands.ts';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { createClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow log-out NAME | --everybody

  Ends every session of an account, by its name or phone, or of everybody, at once: when one was stolen or a phone was
  lost. Whoever it was logs in again; what they had filled in is kept.`;

/** @returns the exit code */
export async function logOut(args: string[]): Promise<number> {
  const options = { everybody: { type: 'boolean' }, help: commonOptions.help } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null) return code ?? 2;
  const [name] = positionals;
  if ((name === undefined) !== (values.everybody === true))
    return usedWrongly('要一个账号名或手机号，或 --everybody', usage);
  const config = readConfig(process.env);
  const account = name ?? null;
  try {
    const answer = await askServer(config.dataDir, { kind: 'log-out', account });
    const ended = answer
      ? (answer.result as { readonly everybody: boolean } | null)
      : await withDataFolder(config, ({ store, accounts, audit, now }) =>
          endSessions({ sessions: createSessions(store, createClock()), accounts, audit, now: now() }, account),
        );
    if (ended === null) {
      console.error(`没有 ${name} 这个账号或手机号`);
      return 1;
    }
    console.log(ended.everybody ? '所有人都已退出登录' : `${name} 已在所有设备上退出登录`);
    return 0;
  } catch (error) {
    return explain(error);
  }
}
