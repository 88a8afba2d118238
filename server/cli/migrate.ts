import { readFileSync } from 'node:fs';
import type { Json } from '../../engine/model/json.ts';
import type { MigrationPlan } from '../../engine/model/migration.ts';
import { askServer } from '../admin/socket.ts';
import { readConfig } from '../config.ts';
import { type MigrationLine, planOf } from '../use-cases/migrate-cases.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow migrate PROJECT [--plan FILE] [--case NUMBER]… [--check] [--json]

  Puts the open cases of a project under its release in force, through the running server of DATA_DIR. A case that
  cannot go stays with its release and says why; data is never changed.

  --plan FILE    JSON: {"states": {"old.state": "new.state" or null}, "timers": {"old": "new" or null}}; only what the new
                 release calls otherwise or has no more
  --case NUMBER  only this case; may be given several times
  --check        changes nothing; exit code 1 when a case could not go`;

/** @returns the exit code */
export async function migrate(args: string[]): Promise<number> {
  const options = {
    plan: { type: 'string' },
    case: { type: 'string', multiple: true },
    check: { type: 'boolean', default: false },
    json: commonOptions.json,
    help: commonOptions.help,
  } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null) return code ?? 2;
  const [project] = positionals;
  if (project === undefined || positionals.length > 1) return usedWrongly('要一个项目', usage);
  const plan = values.plan === undefined ? {} : readPlan(values.plan);
  if (plan === null) {
    console.error(`${values.plan} 不是迁移计划：需要 {"states": {…}, "timers": {…}}`);
    return 2;
  }
  try {
    const { check, case: cases } = values;
    const command = { kind: 'migrate', project, plan, check, ...(cases === undefined ? {} : { cases }) } as const;
    const answer = await askServer(readConfig(process.env).dataDir, command);
    if (!answer) {
      console.error('服务没有运行：迁移要通过运行中的服务进行');
      return 1;
    }
    const lines = answer.result as readonly MigrationLine[];
    if (values.json) console.log(JSON.stringify(lines, null, 2));
    else for (const text of told(lines, check)) console.log(text);
    return lines.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
  } catch (error) {
    return explain(error);
  }
}

function readPlan(path: string): MigrationPlan | null {
  try {
    return planOf(JSON.parse(readFileSync(path, 'utf8')) as Json);
  } catch {
    return null;
  }
}

function told(lines: readonly MigrationLine[], check: boolean): readonly string[] {
  const moved = lines.filter(({ outcome }) => outcome === 'moved').length;
  const done = check ? '可以迁移' : '已迁移';
  return [
    ...lines.map(({ number, outcome, blockers }) =>
      outcome === 'moved' ? `${number}  ${done}` : `${number}  不能迁移：${blockers.join('；')}`,
    ),
    `${moved} 笔${done}，${lines.length - moved} 笔不能迁移`,
  ];
}
