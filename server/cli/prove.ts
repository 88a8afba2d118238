import { resolve } from 'node:path';
import { load, loadAll } from '../../engine/load.ts';
import type { Definition, Files } from '../../engine/model/definition.ts';
import {
  memberId,
  memberText,
  type Proof,
  type ProveOptions,
  prove as proofOf,
  type Told,
  tell,
  withMember,
  workflowIds,
} from '../../engine/prove/index.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { readDefinitionFiles } from './files.ts';
import { chooseProject } from './project.ts';
import { proveFamilies } from './prove-family.ts';
import { printTold, sayUndecided, writeTold } from './prove-text.ts';

const usage = `certflow prove [--dir <folder>] [--project <id> | --workflow <id>] [--family] [--out <folder>] [--limit <n>] [--json]

Searches every state that a case may get into: configurations, facts, counters and records. Told is each law that is
broken, goal that no case gets to, state in which nothing can happen or from which no end can be reached, event or answer
that nobody hears, leader that moves without its follower, and "when" that never rests. A violation comes with its way as
a scenario, played on the production interpreter; one that could not be played is told as a suspicion. Of a law that is
about what the search leaves out it is told why.
Without --project: every project, and every workflow with its default settings.

--workflow <id>  this workflow with its default settings, and its projects
--family         every combination of settings with few values (yes or no, one or some of a list): what is wrong with
                 the fewest settings changed; each different process is searched once
--out <folder>   writes the scenarios; "certflow run" plays them
--limit <n>      gives up a group of regions beyond so many states (default 1000000)

Exit code 1 when something is wrong or was not searched to its end, 2 when the command itself is wrong.`;

interface Proven extends Omit<Proof, 'violations'> {
  /** Null: the workflow with its default settings. */
  readonly project: string | null;
  readonly workflow: string;
  readonly ms: number;
  readonly violations: readonly Told[];
}

/** `certflow prove`. @returns the exit code */
export async function prove(args: string[]): Promise<number> {
  const options = {
    ...commonOptions,
    workflow: { type: 'string' },
    family: { type: 'boolean' },
    out: { type: 'string' },
    limit: { type: 'string' },
  } as const;
  const { code, values } = argumentsOf(args, usage, options);
  if (code !== null || values === null) return code ?? 2;
  const limit = values.limit === undefined ? undefined : Number(values.limit);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    return usedWrongly('--limit 要是一个正整数', usage);
  if (values.project !== undefined && (values.workflow !== undefined || values.family === true))
    return usedWrongly('--project 不能和 --workflow、--family 一起用', usage);

  const files = await readDefinitionFiles(resolve(values.dir ?? '.'));
  const known = workflowIds(files);
  if (values.workflow !== undefined && !known.includes(values.workflow))
    return usedWrongly(`没有名为 ${values.workflow} 的流程。有：${known.join('、')}`, usage);
  const workflows = values.workflow === undefined ? known : [values.workflow];
  if (values.family === true)
    return proveFamilies(files, workflows, { limit, out: values.out, json: values.json === true });

  const definitions: (readonly [project: string | null, definition: Definition])[] = [];
  if (values.project !== undefined) {
    const chosen = await chooseProject(values.dir, values.project);
    if (chosen.kind === 'ended') return chosen.code;
    definitions.push([values.project, chosen.definition]);
  } else definitions.push(...basesOf(files, workflows), ...projectsOf(files, workflows));
  if (definitions.length === 0) return usedWrongly('没有可以使用的项目', usage);

  const found = await proveAll(definitions, limit, async (proven) => {
    if (values.out !== undefined) {
      const { project, workflow, violations } = proven;
      const base = project === null ? memberText(files, workflow, {}) : null;
      await writeTold(values.out, project ?? memberId(files, workflow), violations, base);
    }
    if (values.json !== true) print(proven);
  });
  if (values.json === true) console.log(JSON.stringify(found, null, 2));
  return found.every((each) => each.violations.length === 0 && each.unfinished.length === 0) ? 0 : 1;
}

/** Each workflow with its default settings; one that needs a project's settings is left out. */
function basesOf(files: Files, workflows: readonly string[]): (readonly [null, Definition])[] {
  return workflows.flatMap((workflow) => {
    const { definition } = load(withMember(files, workflow, {}), memberId(files, workflow));
    return definition === null ? [] : [[null, definition] as const];
  });
}

function projectsOf(files: Files, workflows: readonly string[]): (readonly [string, Definition])[] {
  const { projects } = loadAll(files);
  return Object.entries(projects).filter(([, { workflow }]) => workflows.includes(workflow.id));
}

async function proveAll(
  definitions: readonly (readonly [project: string | null, definition: Definition])[],
  limit: number | undefined,
  each: (proven: Proven) => Promise<void>,
): Promise<readonly Proven[]> {
  const options: ProveOptions = { known: new Map(), ...(limit === undefined ? {} : { limit }) };
  const found: Proven[] = [];
  for (const [project, definition] of definitions) {
    const begun = performance.now();
    const proof = proofOf(definition, options);
    const ms = Math.round(performance.now() - begun);
    const violations = proof.violations.map((violation) => tell(definition, violation));
    const proven: Proven = { ...proof, project, workflow: definition.workflow.id, ms, violations };
    await each(proven);
    found.push(proven);
  }
  return found;
}

function print(proven: Proven): void {
  const { project, workflow, ms, groups, violations, unfinished } = proven;
  const states = groups.reduce((sum, group) => sum + group.states, 0);
  const played = violations.filter((told) => told.played).length;
  const title = project ?? `${workflow}（默认设置）`;
  console.log(`${title}  ${played === 0 ? '没有发现违反' : `${played} 处违反`}，${states} states, ${ms} ms`);
  for (const told of violations) printTold(told);
  for (const regions of unfinished) console.log(`  未完  ${regions}：状态太多，没有查完`);
  sayUndecided(proven.undecided);
}
