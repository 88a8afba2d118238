import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Paths, paths as pathsOf, type Scenario, scenarioText } from '../../engine/paths/index.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { chooseProject } from './project.ts';

const usage = `certflow paths --project <id> [--dir <folder>] [--out <folder>] [--most <n>] [--json]

Looks for the shortest path to every state and every transition of a project's effective workflow, and for a small set of
paths that covers them all, on the production interpreter. Forms are filled in with the smallest valid values; the
covering set also holds the values at the edges of each field: shortest and longest texts, least and greatest numbers,
each option, fields left out and filled in. What nothing leads to is listed with the reason; what no case of the project
can come to is told as impossible and not counted.

--out <folder>   writes the paths as scenario files: states/, transitions/, cover/. Below workflows/scenarios/ they are
                 played by "certflow run" like any other.
--most <n>       cases whose moves are tried before the search is given up (default 6000)

--json           { project, ways: [{ target, scenario }], cover: [{ addresses, scenario }], unreached: [{ target, reason,
                 impossible }], incidents: [{ incident, scenario }], edges: { done, left }, looked, complete };
                 a target is { kind: "state"|"transition", address, state, if }

Exit code 1 when a path breaks a law, 2 when the command itself is wrong.`;

/** `certflow paths`. @returns the exit code */
export async function paths(args: string[]): Promise<number> {
  const options = { ...commonOptions, out: { type: 'string' }, most: { type: 'string' } } as const;
  const { code, values } = argumentsOf(args, usage, options);
  if (code !== null || values === null) return code ?? 2;
  if (values.project === undefined) return usedWrongly('--project 是必需的', usage);
  const most = values.most === undefined ? undefined : Number(values.most);
  if (most !== undefined && !(Number.isInteger(most) && most > 0)) return usedWrongly('--most 要是一个正整数', usage);
  const chosen = await chooseProject(values.dir, values.project);
  if (chosen.kind === 'ended') return chosen.code;
  const found = pathsOf(chosen.definition, most === undefined ? {} : { most });
  if (values.out !== undefined) await write(found, values.out);
  if (values.json === true) console.log(JSON.stringify(found, null, 2));
  else print(found, values.out);
  return found.incidents.length > 0 ? 1 : 0;
}

function print(found: Paths, out: string | undefined): void {
  for (const { target, scenario } of found.ways) console.log(`${lengthOf(scenario)}  ${target.address}`);
  for (const { target, reason } of found.unreached) console.log(`  --  ${target.address}  ${reason}`);
  for (const { incident, scenario } of found.incidents) {
    console.log(`违反  ${incident}\n${scenarioText(scenario)}`);
  }
  const { done, left } = found.edges;
  for (const edge of left) console.log(`  --  ${edge}  边界值：问到它的每条路径都要别的值，换了就走别的路`);
  const impossible = found.unreached.filter((each) => each.impossible).length;
  const all = found.ways.length + found.unreached.length - impossible;
  const parts = [
    `${found.ways.length} of ${all} reached`,
    ...(impossible === 0 ? [] : [`${impossible} impossible`]),
    `${found.cover.length} covering paths`,
    `${done.length} of ${done.length + left.length} edges`,
    `${found.looked} cases looked at${found.complete ? '' : ' (given up)'}`,
    ...(out === undefined ? [] : [`written to ${out}`]),
  ];
  console.log(parts.join(', '));
}

/** The steps without what is expected at the end. */
function lengthOf(scenario: Scenario): string {
  return String(scenario.steps.length - 1).padStart(4);
}

async function write(found: Paths, out: string): Promise<void> {
  const files = new Map<string, Scenario>();
  const name = (folder: string, wanted: string) => {
    const stem = join(out, folder, wanted.replace(/[^\w.-]+/g, '-'));
    let path = `${stem}.scenario.yaml`;
    for (let count = 2; files.has(path); count++) path = `${stem}-${count}.scenario.yaml`;
    return path;
  };
  for (const { target, scenario } of found.ways)
    files.set(name(target.kind === 'state' ? 'states' : 'transitions', target.address), scenario);
  found.cover.forEach(({ scenario }, index) => {
    files.set(name('cover', String(index + 1).padStart(3, '0')), scenario);
  });
  for (const folder of ['states', 'transitions', 'cover']) await mkdir(join(out, folder), { recursive: true });
  for (const [path, scenario] of files) await writeFile(path, scenarioText(scenario));
}
