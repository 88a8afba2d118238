import type { Definition } from '../../engine/model/definition.ts';
import { giveAccount } from '../admin/commands.ts';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { readConfig } from '../config.ts';
import type { Releases } from '../releases/releases.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow account NAME --title T --roles admin

  Makes an account, or adds roles to the one that is there: the way to the first administrator of a production server.
  The link that is printed is good for 72 hours and one use: by it the owner of a new account sets a password, and nobody else
  ever knows it. Asked for again before it was used, there is another link, and the first is void.`;

/** @returns the exit code */
export async function account(args: string[]): Promise<number> {
  const options = { title: { type: 'string' }, roles: { type: 'string' }, help: commonOptions.help } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null) return code ?? 2;
  const [name] = positionals;
  const roles = (values.roles ?? '').split(',').filter((role) => role !== '');
  if (name === undefined || roles.length === 0) return usedWrongly('要一个账号名和 --roles', usage);
  const config = readConfig(process.env);
  const given = { account: name, name: values.title ?? name, roles };
  try {
    const answer = await askServer(config.dataDir, { kind: 'account', ...given });
    const made = answer
      ? (answer.result as Awaited<ReturnType<typeof giveAccount>>)
      : await withDataFolder(config, async (parts) =>
          giveAccount({ ...parts, now: parts.now(), definitions: await inForce(parts.releases) }, given),
        );
    if (!made.created) console.log(`${name} 已有账号，角色已加上`);
    const hall = config.outside.publicUrl || `http://localhost:${config.port}`;
    if (made.invitation !== null)
      console.log(`${name} 用这个链接设置密码（72 小时内用一次）：${hall}/invite#${made.invitation}`);
    return 0;
  } catch (error) {
    return explain(error);
  }
}

async function inForce(releases: Releases): Promise<readonly Definition[]> {
  const heads = await releases.projects();
  return Promise.all(heads.flatMap(({ current }) => (current === null ? [] : [releases.definition(current)])));
}
