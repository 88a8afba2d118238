import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Coverage,
  coverageOf,
  killedBy,
  kinds,
  type Mutant,
  mutantsOf,
  playAll,
} from '../../engine/coverage/index.ts';
import { loadAll, runScenario } from '../../engine/index.ts';
import { readBundle } from '../../engine/read/bundle.ts';
import { readDefinitionFiles } from './files.ts';
import { storiesOf } from './stories.ts';

const usage = `certflow coverage [--dir <folder>] [--project <id>] [--mutants] [--missing] [--json]

Plays the scenarios of each project and counts what they show of its effective definition: states entered, branches taken,
conditions both ways, timers fired, answers of calls, conditions of forms both ways. What no case of the project can show
is not counted: conditions that the values of its fields decide, branches that no state leads to.
--missing lists what no scenario shows, and what is not counted with the reason.
--mutants changes one guard, timer, edge or word at a time and lists the changes that no scenario notices. Only laws and what
is written by hand in a scenario count. It takes a while.
Exit code 1 when a scenario does not pass, 2 when the command itself is wrong.`;

/** A mutant as it is listed. */
export type Survivor = Pick<Mutant, 'kind' | 'at' | 'what'> & {
  /** No story comes by. */
  readonly untouched: boolean;
};

export interface Mutation {
  readonly mutants: number;
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

/** `certflow coverage`. @returns the exit code */
export async function coverage(args: string[]): Promise<number> {
  const options = {
    dir: { type: 'string' },
    project: { type: 'string' },
    mutants: { type: 'boolean' },
    missing: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  const files = await readDefinitionFiles(resolve(values.dir ?? '.'));
  const { projects } = loadAll(files);
  const stories = storiesOf(readBundle(files));
  const chosen = Object.values(projects).filter(({ project }) => (values.project ?? project.id) === project.id);
  if (chosen.length === 0) {
    console.error(`没有可以使用的项目${values.project === undefined ? '' : `：${values.project}`}`);
    return 2;
  }
  const found: (Coverage & { readonly mutation?: Mutation })[] = [];
  for (const definition of chosen) {
    const own = stories.filter((story) => story.project === definition.project.id);
    const failing = own.find((story) => story.issue !== null || !runScenario(definition, story.scenario).passed);
    if (failing !== undefined) {
      console.error(`${failing.path} 没有通过：certflow run ${failing.path}`);
      return 1;
    }
    const played = playAll(
      definition,
      own.map((story) => story.scenario),
    );
    const counted = coverageOf(definition, played);
    const mutation = values.mutants === true ? mutate(mutantsOf(definition), played) : undefined;
    found.push(mutation === undefined ? counted : { ...counted, mutation });
    if (values.json !== true) print(counted, mutation, values.missing === true);
  }
  if (values.json === true) console.log(JSON.stringify(found, null, 2));
  return 0;
}

/** Which of the mutants no story notices. */
export function mutate(mutants: readonly Mutant[], played: ReturnType<typeof playAll>): Mutation {
  const survivors = mutants
    .filter((mutant) => killedBy(mutant, played) === null)
    .map((mutant): Survivor => {
      const { kind, at, what, seen } = mutant;
      const untouched = !played.some((story) => story.steps.some((step) => seen.some((key) => step.seen.has(key))));
      return { kind, at, what, untouched };
    });
  return { mutants: mutants.length, killed: mutants.length - survivors.length, survivors };
}

function print(counted: Coverage, mutation: Mutation | undefined, missing: boolean): void {
  console.log(`${counted.project}  ${counted.stories} scenarios`);
  for (const kind of kinds) {
    const { covered, total, missing: keys, excluded } = counted.counts[kind];
    const without = excluded.length === 0 ? '' : `  (${excluded.length} more cannot be)`;
    console.log(`  ${kind.padEnd(12)} ${part(covered, total)}${without}`);
    if (!missing) continue;
    for (const key of keys) console.log(`      ${key}`);
    for (const { key, reason } of excluded) console.log(`      (${key}: ${reason})`);
  }
  if (mutation === undefined) return;
  console.log(`  ${'mutants'.padEnd(12)} ${part(mutation.killed, mutation.mutants)}`);
  for (const { kind, at, what, untouched } of mutation.survivors)
    console.log(`      ${kind}  ${at}${what === '' ? '' : `  ${what}`}${untouched ? '  (no scenario comes by)' : ''}`);
}

function part(count: number, total: number): string {
  const share = total === 0 ? 100 : Math.floor((1000 * count) / total) / 10;
  return `${String(count).padStart(4)} of ${String(total).padStart(4)}  ${share.toFixed(1)} %`;
}
