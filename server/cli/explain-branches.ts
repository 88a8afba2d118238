import {
  type BranchReason,
  branchesOfState,
  type Explained,
  type RemovedWay,
  removedWaysTo,
} from '../../engine/explain/branches.ts';
import type { Origin } from '../../engine/model/definition.ts';
import { suggest } from '../../engine/read/index.ts';
import { explainCase } from '../admin/commands.ts';
import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { loadCalendar } from '../calendar.ts';
import { readConfig } from '../config.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';
import { chooseProject } from './project.ts';

const usage = `certflow explain <case|state> [--project <id>] [--dir <folder>] [--json]

Why each step is offered, blocked or skipped: the parts of its condition, what they look at, and the file and line that
says so; (changed) where the project's own file wrote it. What the project took away is told with the setting that did it.
Of personal data it only says whether it is there.

explain 01625112509300001                          a case of DATA_DIR by its number, through the running server or without one
explain main.work.review --project <id>            a state of a project, as far as its settings decide it

--json: { branches, removed }. Exit code 1 when there is no such case or state, 2 when the command itself is wrong.`;

const verdicts = { taken: '会走', blocked: '不成立', skipped: '前面的分支先走', open: '看情况' } as const;

/** `certflow explain`. @returns the exit code */
export async function explainBranches(args: string[]): Promise<number> {
  const { code, values, positionals } = argumentsOf(args, usage, commonOptions, true);
  if (code !== null || values === null) return code ?? 2;
  const [target, more] = positionals;
  if (target === undefined || more !== undefined) return usedWrongly('要一个业务单号，或者一个状态', usage);
  if (values.project === undefined && !/^[0-9A-Z]{3}\d{14}$/.test(target))
    return usedWrongly(`${target} 不是业务单号；状态要用 --project 说明是哪个项目的`, usage);
  let found: Explained | number;
  try {
    found = values.project === undefined ? await ofCase(target) : await ofState(target, values.project, values.dir);
  } catch (error) {
    return explain(error);
  }
  if (typeof found === 'number') return found;
  if (values.json === true) {
    console.log(JSON.stringify(found, null, 2));
    return 0;
  }
  for (const reason of found.branches) print(reason);
  for (const way of found.removed) console.log(removedLine(way));
  return 0;
}

/** @returns the exit code when there is no such case */
async function ofCase(number: string): Promise<Explained | number> {
  const config = readConfig(process.env);
  const answer = await askServer(config.dataDir, { kind: 'explain', number });
  const found =
    answer !== null
      ? (answer.result as Explained | null)
      : await withDataFolder(config, async ({ store, releases, now }) =>
          explainCase(store, releases, number, { now: now(), calendar: await loadCalendar(config.dataDir) }),
        );
  if (found !== null) return found;
  console.error(`没有业务单 ${number}；npx certflow cases --all 列出全部业务单`);
  return 1;
}

/** @returns the exit code when there is no such state, or no such project */
async function ofState(address: string, project: string, folder: string | undefined): Promise<Explained | number> {
  const chosen = await chooseProject(folder, project);
  if (chosen.kind === 'ended') return chosen.code;
  const { definition } = chosen;
  if (definition.chart.states[address] !== undefined) return branchesOfState(definition, address);
  const gone = definition.removed[address] !== undefined;
  const near = suggest(address, Object.keys(definition.chart.states));
  console.error(
    gone
      ? `项目 ${project} 的设置或改动去掉了状态 ${address}`
      : `项目 ${project} 没有状态 ${address}${near === undefined ? '' : `；是不是 ${near}`}`,
  );
  if (gone) for (const way of removedWaysTo(definition, address)) console.error(removedLine(way));
  return 1;
}

const placeOf = ({ file, line, column }: Origin): string => `${file}:${line}:${column}`;

function print({ address, verdict, if: condition, terms, to, refuses, origin, changed }: BranchReason): void {
  const what = refuses !== null ? `拒绝：${refuses}` : to === '' ? '留在原处' : `→ ${to}`;
  console.log(`${verdicts[verdict]}  ${address}  ${what}  ${placeOf(origin)}${changed ? ' (changed)' : ''}`);
  if (condition === null) return;
  for (const { text, holds, values, given } of terms) {
    const now = Object.entries(values).map(([path, value]) => {
      const origin = given[path];
      return `${path} = ${value}${origin === undefined ? '' : `，${placeOf(origin)}`}`;
    });
    const verdict = { yes: '成立', no: '不成立', unknown: '未定' }[holds];
    console.log(`      ${verdict}  ${text}${now.length === 0 ? '' : `  (${now.join('; ')})`}`);
  }
}

function removedLine({ from, name, to, if: condition, settings }: RemovedWay): string {
  const asked = Object.entries(settings).map(
    ([path, { value, given }]) => `${path} = ${value}，${given === null ? '默认值' : placeOf(given)}`,
  );
  const why = condition === null ? '' : `  ${condition}${asked.length === 0 ? '' : `  (${asked.join('; ')})`}`;
  return `项目去掉了  ${from} · ${name}  ${to === '' ? '' : `→ ${to}`}${why}`;
}
