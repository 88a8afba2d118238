import { type CaseLine, listCases } from '../admin/commands.ts';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { readConfig } from '../config.ts';
import { argumentsOf, commonOptions } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow cases [--project P] [--all] [--json]

  Lists the open cases of DATA_DIR (with --all the ones that are over too): where they stand, without personal data.
  Goes through the running server, or takes the folder's lock when none runs.`;

/** @returns the exit code */
export async function cases(args: string[]): Promise<number> {
  const { project, json, help } = commonOptions;
  const { code, values } = argumentsOf(args, usage, { project, json, help, all: { type: 'boolean' } } as const);
  if (code !== null || values === null) return code ?? 2;
  const config = readConfig(process.env);
  const wanted = { open: !values.all, ...(values.project === undefined ? {} : { project: values.project }) };
  let lines: readonly CaseLine[];
  try {
    const answer = await askServer(config.dataDir, { kind: 'cases', ...wanted });
    lines = answer
      ? (answer.result as readonly CaseLine[])
      : await withDataFolder(config, ({ store }) => listCases(store, wanted));
  } catch (error) {
    return explain(error);
  }
  if (values.json) {
    console.log(JSON.stringify(lines, null, 2));
    return 0;
  }
  for (const { number, project, over, active, outbox } of lines) {
    const waiting = outbox > 0 ? `  待发 ${outbox}` : '';
    console.log(`${number}  ${project.padEnd(24)}${over ? '已结束' : active[0]}${waiting}`);
  }
  console.log(`${lines.length} 笔`);
  return 0;
}
