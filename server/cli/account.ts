import { giveAccount } from '../admin/commands.ts';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { readConfig } from '../config.ts';
import { newId } from '../ids.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow account NAME --title T --roles admin

  Makes an account, or adds roles to the one that is there: the way to the first administrator of a production server.
  A new account gets a password that is printed once; its owner changes it under 修改密码.`;

/** @returns the exit code */
export async function account(args: string[]): Promise<number> {
  const options = { title: { type: 'string' }, roles: { type: 'string' }, help: commonOptions.help } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null) return code ?? 2;
  const [name] = positionals;
  const roles = (values.roles ?? '').split(',').filter((role) => role !== '');
  if (name === undefined || roles.length === 0) return usedWrongly('要一个账号名和 --roles', usage);
  const config = readConfig(process.env);
  const given = { account: name, name: values.title ?? name, roles, password: newId(80) };
  try {
    const answer = await askServer(config.dataDir, { kind: 'account', ...given });
    const made = answer
      ? (answer.result as { readonly created: boolean })
      : await withDataFolder(config.dataDir, config.key, ({ accounts, audit, now }) =>
          giveAccount(accounts, audit, now(), given),
        );
    console.log(made.created ? `${name} 的密码（只显示一次）：${given.password}` : `${name} 已有账号，角色已加上`);
    return 0;
  } catch (error) {
    return explain(error);
  }
}
