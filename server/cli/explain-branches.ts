import { type BranchReason, branchesOfCase, branchesOfState } from '../../engine/explain/branches.ts';
import { withDataFolder } from '../admin/offline.ts';
import { loadCalendar } from '../calendar.ts';
import { readConfig } from '../config.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';
import { chooseProject } from './project.ts';

const usage = `certflow explain <case|state> [--project <id>] [--dir <folder>] [--json]

Why each step is offered, blocked or skipped: the parts of its condition, what they look at, and the file and line that
says so; (changed) where the project's own file wrote it. Of personal data it only says whether it is there.

explain 01625112509300001                          a case of DATA_DIR by its number, while no server runs on the folder
explain main.work.review --project <id>            a state of a project, as far as its settings decide it

Exit code 1 when there is no such case or state, 2 when the command itself is wrong.`;

const verdicts = { taken: '会走', blocked: '不成立', skipped: '前面的分支先走', open: '看情况' } as const;

/** `certflow explain`. @returns the exit code */
export async function explainBranches(args: string[]): Promise<number> {
  const { code, values, positionals } = argumentsOf(args, usage, commonOptions, true);
  if (code !== null || values === null) return code ?? 2;
  const [target, more] = positionals;
  if (target === undefined || more !== undefined) return usedWrongly('要一个业务单号，或者一个状态', usage);
  let found: readonly BranchReason[] | null;
  if (values.project === undefined) {
    try {
      found = await ofCase(target);
    } catch (error) {
      return explain(error);
    }
  } else {
    const chosen = await chooseProject(values.dir, values.project);
    if (chosen.kind === 'ended') return chosen.code;
    const known = chosen.definition.chart.states[target] !== undefined;
    for (const { from, name, to } of chosen.definition.removedEdges)
      if (from === target && values.json !== true) console.log(`项目去掉了  ${from}.${name}  → ${to ?? ''}`);
    found = known ? branchesOfState(chosen.definition, target) : null;
    if (!known && chosen.definition.removed[target] !== undefined) {
      console.error(`项目 ${values.project} 的设置或改动去掉了状态 ${target}`);
      return 1;
    }
  }
  if (found === null) {
    console.error(values.project === undefined ? `没有业务单 ${target}` : `项目 ${values.project} 没有状态 ${target}`);
    return 1;
  }
  if (values.json === true) console.log(JSON.stringify(found, null, 2));
  else for (const reason of found) print(reason);
  return 0;
}

/** Null when the data folder has no case of that number. */
async function ofCase(number: string): Promise<readonly BranchReason[] | null> {
  const config = readConfig(process.env);
  return await withDataFolder(config.dataDir, config.key, async ({ store, releases, now }) => {
    for await (const id of store.listCases()) {
      const document = await store.readCase(id);
      if (document === null || document.state.number !== number) continue;
      const definition = await releases.definition(document.state.release);
      return branchesOfCase(definition, document.state, { now: now(), calendar: await loadCalendar(config.dataDir) });
    }
    return null;
  });
}

function print({ address, verdict, if: condition, terms, to, refuses, origin, changed }: BranchReason): void {
  const where = `${origin.file}:${origin.line}:${origin.column}${changed ? ' (changed)' : ''}`;
  const what = refuses !== null ? `拒绝：${refuses}` : to === '' ? '留在原处' : `→ ${to}`;
  console.log(`${verdicts[verdict]}  ${address}  ${what}  ${where}`);
  if (condition === null) return;
  for (const { text, holds, values } of terms) {
    const now = Object.entries(values).map(([path, value]) => `${path} = ${value}`);
    console.log(
      `      ${{ yes: '成立', no: '不成立', unknown: '未定' }[holds]}  ${text}${now.length === 0 ? '' : `  (${now.join(', ')})`}`,
    );
  }
}
