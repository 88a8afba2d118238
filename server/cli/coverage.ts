import { resolve } from 'node:path';
import { type Coverage, coverageOf, kinds, playAll, shownBy, unreachableIn } from '../../engine/coverage/index.ts';
import { loadAll, runScenario } from '../../engine/index.ts';
import { readBundle } from '../../engine/read/bundle.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { readDefinitionFiles } from './files.ts';
import { type Listed, type Mutation, mutationOf, verdictsOf } from './mutation.ts';
import { proposal } from './project.ts';
import { storiesOf } from './stories.ts';

const usage = `certflow coverage [--dir <folder>] [--project <id>] [--mutants [--seconds <n>]] [--missing] [--json]

Plays the scenarios of each project and counts what they show of its effective definition: states entered, branches taken,
conditions both ways, timers fired, answers of calls, conditions of forms both ways. What no case of the project can show
is not counted: conditions that the values of its fields decide, branches that no state leads to.
--missing lists what no scenario shows, and what is not counted with the reason.
--mutants changes one guard, timer, edge or word at a time and lists the changes that no scenario notices. Only laws and what
a scenario expects (expect, refused) count. It takes a while: what is not decided after --seconds (600) counts as not noticed.
--json: [{ project, stories, counts: { states|transitions|guards|timers|outcomes|forms: { covered, total, missing, excluded } },
  mutation? }]
Exit code 1 when a scenario does not pass, 2 when the command itself is wrong.`;

/** `certflow coverage`. @returns the exit code */
export async function coverage(args: string[]): Promise<number> {
  const options = {
    ...commonOptions,
    mutants: { type: 'boolean' },
    seconds: { type: 'string', default: '600' },
    missing: { type: 'boolean' },
  } as const;
  const { code, values } = argumentsOf(args, usage, options);
  if (code !== null || values === null) return code ?? 2;
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) return usedWrongly('--seconds 要是一个正数', usage);
  const files = await readDefinitionFiles(resolve(values.dir ?? '.'));
  const { projects } = loadAll(files);
  const stories = storiesOf(readBundle(files));
  const chosen = Object.values(projects).filter(({ project }) => (values.project ?? project.id) === project.id);
  if (chosen.length === 0) {
    const known = Object.keys(projects);
    const named = values.project === undefined ? '' : `：${values.project}。${proposal(values.project, known)}`;
    console.error(`没有可以使用的项目${named}`);
    return 2;
  }
  const own = (project: string) => stories.filter((story) => story.project === project);
  for (const definition of chosen) {
    const failing = own(definition.project.id).find(
      (story) => story.issue !== null || !runScenario(definition, story.scenario).passed,
    );
    if (failing === undefined) continue;
    console.error(`${failing.path} 没有通过：certflow run ${failing.path}`);
    return 1;
  }
  const ids = chosen.map(({ project }) => project.id);
  const mutating = values.mutants === true ? verdictsOf(files, ids, seconds) : undefined;
  const counted = chosen.map((definition) => {
    const played = playAll(
      definition,
      own(definition.project.id).map((story) => story.scenario),
    );
    const unreachable = unreachableIn(definition, shownBy(played));
    return { definition, unreachable, coverage: coverageOf(definition, played, unreachable) };
  });
  const verdicts = await mutating;
  const found = counted.map(({ definition, unreachable, coverage }): Counted => {
    const verdict = verdicts?.get(definition.project.id);
    return verdict === undefined ? coverage : { ...coverage, mutation: mutationOf(definition, verdict, unreachable) };
  });
  if (values.json === true) console.log(JSON.stringify(found, null, 2));
  else for (const each of found) print(each, values.missing === true);
  return 0;
}

type Counted = Coverage & { readonly mutation?: Mutation };

function print(counted: Counted, missing: boolean): void {
  const { mutation } = counted;
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
  const { by, equivalent, undecided } = mutation;
  console.log(
    `  ${'mutants'.padEnd(12)} ${part(mutation.killed, mutation.mutants)}  (by expectations ${by.expectation}, by laws ${by.law})`,
  );
  const said = ({ kind, at, what }: Listed) => `      ${kind}  ${at}${what === '' ? '' : `  ${what}`}`;
  for (const each of mutation.survivors)
    console.log(`${said(each)}${each.untouched ? '  (no scenario comes by)' : ''}`);
  for (const each of undecided) console.log(`${said(each)}  (not looked at: the time was up)`);
  if (missing) for (const each of equivalent) console.log(`${said(each)}  (nobody can tell: ${each.reason})`);
}

function part(count: number, total: number): string {
  const share = total === 0 ? 100 : Math.floor((1000 * count) / total) / 10;
  return `${String(count).padStart(4)} of ${String(total).padStart(4)}  ${share.toFixed(1)} %`;
}
