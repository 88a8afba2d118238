import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadAll } from '../../engine/load.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { scenarioText } from '../../engine/paths/index.ts';
import { type Proof, prove as proofOf, type Told, tell } from '../../engine/prove/index.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { readDefinitionFiles } from './files.ts';
import { chooseProject } from './project.ts';

const usage = `certflow prove [--dir <folder>] [--project <id>] [--out <folder>] [--limit <n>] [--json]

Searches every state that a case of a project may get into: configurations, facts, counters and records. Told is each law
that is broken, goal that no case gets to, state in which nothing can happen or from which no end can be reached, event or
answer that nobody hears, leader that moves without its follower, and "when" that never rests. A violation comes with its
way as a scenario, played on the production interpreter; one that could not be played is told as a suspicion.
Without --project: every project.

--out <folder>   writes the scenarios; "certflow run" plays them
--limit <n>      gives up a group of regions beyond so many states (default 1000000)

Exit code 1 when something is wrong or was not searched to its end, 2 when the command itself is wrong.`;

interface Proven extends Omit<Proof, 'violations'> {
  readonly project: string;
  readonly ms: number;
  readonly violations: readonly Told[];
}

/** `certflow prove`. @returns the exit code */
export async function prove(args: string[]): Promise<number> {
  const options = { ...commonOptions, out: { type: 'string' }, limit: { type: 'string' } } as const;
  const { code, values } = argumentsOf(args, usage, options);
  if (code !== null || values === null) return code ?? 2;
  const limit = values.limit === undefined ? undefined : Number(values.limit);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    return usedWrongly('--limit 要是一个正整数', usage);
  const definitions: Definition[] = [];
  if (values.project !== undefined) {
    const chosen = await chooseProject(values.dir, values.project);
    if (chosen.kind === 'ended') return chosen.code;
    definitions.push(chosen.definition);
  } else {
    const { projects } = loadAll(await readDefinitionFiles(resolve(values.dir ?? '.')));
    definitions.push(...Object.values(projects));
    if (definitions.length === 0) return usedWrongly('没有可以使用的项目', usage);
  }
  const found: Proven[] = [];
  for (const definition of definitions) {
    const begun = performance.now();
    const proof = proofOf(definition, limit === undefined ? {} : { limit });
    const ms = Math.round(performance.now() - begun);
    const violations = proof.violations.map((violation) => tell(definition, violation));
    const proven: Proven = { ...proof, project: definition.project.id, ms, violations };
    found.push(proven);
    if (values.out !== undefined) await write(proven, values.out);
    if (values.json !== true) print(proven);
  }
  if (values.json === true) console.log(JSON.stringify(found, null, 2));
  return found.every((each) => each.violations.length === 0 && each.unfinished.length === 0) ? 0 : 1;
}

function print({ project, ms, groups, violations, undecided, unfinished }: Proven): void {
  const states = groups.reduce((sum, group) => sum + group.states, 0);
  const played = violations.filter((each) => each.played);
  console.log(
    `${project}  ${played.length === 0 ? '没有发现违反' : `${played.length} 处违反`}，${states} states, ${ms} ms`,
  );
  for (const { message, scenario } of played) console.log(`  违反  ${message}\n${indented(scenarioText(scenario))}`);
  for (const { message, played: shown } of violations) if (!shown) console.log(`  怀疑  ${message}（没有能演出来）`);
  for (const regions of unfinished) console.log(`  未完  ${regions}：状态太多，没有查完`);
  if (undecided.length > 0) console.log(`  在场景和运行中检查的规则：${undecided.join('、')}`);
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '      ');
}

async function write({ project, violations }: Proven, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  for (const { kind, name, scenario } of violations.filter((each) => each.played)) {
    const stem = `${project}-${kind}-${name}`.replace(/[^\w.-]+/g, '-');
    await writeFile(join(out, `${stem}.scenario.yaml`), scenarioText(scenario));
  }
}
