import { resolve } from 'node:path';
import { nearest } from '../../engine/expressions/nearest.ts';
import { loadAll, runScenario, type ScenarioResult } from '../../engine/index.ts';
import { type Bundle, readBundle } from '../../engine/read/bundle.ts';
import { argumentsOf, commonOptions } from './arguments.ts';
import { readDefinitionFiles } from './files.ts';
import { proposal } from './project.ts';
import { type Story, storiesOf } from './stories.ts';

const usage = `certflow run [scenario…] [--dir <folder>] [--project <id>] [--json] [--restore]

Plays scenarios (workflows/scenarios/**/*.scenario.yaml) on the production interpreter with a virtual clock.
A scenario is named by its path or any part of it; without names all are played, each in every project that it names.
--restore puts the case through JSON text after every step, as if each step ran in a process of its own.
--json: { passed, failed, scenarios: [{ file, title, project, passed, failure: null | { step, written, expected, found }, ms }] }
The last line is "N passed, N failed". Exit code 1 when one failed, 2 when the command itself is wrong.`;

interface Played {
  readonly file: string;
  readonly result: ScenarioResult;
  readonly ms: number;
}

/** `certflow run`. @returns the exit code */
export async function run(args: string[]): Promise<number> {
  const options = { ...commonOptions, restore: { type: 'boolean' } } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null) return code ?? 2;
  const files = await readDefinitionFiles(resolve(values.dir ?? '.'));
  const chosen = storiesOf(readBundle(files), positionals, values.project);
  if (chosen.length === 0) {
    console.error(nothingFound(readBundle(files), positionals, values.project));
    return 2;
  }
  const loaded = loadAll(files);
  const json = values.json === true;
  const played: Played[] = [];
  for (const story of chosen) {
    const began = performance.now();
    const result = playStory(story, loaded, values.restore === true);
    const ms = Math.round(performance.now() - began);
    played.push({ file: story.path, result, ms });
    if (!json) print(story.path, result, ms);
  }
  const failed = played.filter((each) => !each.result.passed).length;
  const passed = played.length - failed;
  if (json) console.log(JSON.stringify({ passed, failed, scenarios: played.map(summary) }, null, 2));
  else console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** What was asked for and is not there, and what may have been meant. */
function nothingFound(bundle: Bundle, names: readonly string[], project: string | undefined): string {
  const all = storiesOf(bundle);
  const projects = [...new Set(all.map((story) => story.project))].sort();
  if (all.length === 0) return '没有找到场景：workflows/scenarios/';
  if (project !== undefined && !projects.includes(project))
    return `没有 ${project} 的场景。${proposal(project, projects)}`;
  const known = [...new Set(all.map(({ path }) => path.split('/').at(-1)?.replace('.scenario.yaml', '') ?? ''))];
  const near = names.map((name) => nearest(name.split('/').at(-1)?.replace('.scenario.yaml', '') ?? '', known));
  const meant = near.find((each) => each !== null);
  return `没有找到场景：${names.join('、')}${meant == null ? '' : `。是不是 ${meant}？`}`;
}

function playStory(story: Story, loaded: ReturnType<typeof loadAll>, restore: boolean): ScenarioResult {
  const { project, scenario, issue } = story;
  const broken = (expected: string, found: string): ScenarioResult => {
    const failure = { step: 0, written: '', expected, found, english: { expected, found } };
    return { title: scenario.scenario, project, passed: false, failure, session: null, moments: [] };
  };
  if (issue !== null) return broken('场景文件没有错误', `${issue.file}:${issue.line}:${issue.column} ${issue.message}`);
  const definition = loaded.projects[project];
  if (definition === undefined) {
    const first = loaded.issues.find((each) => each.severity === 'error');
    const why = first === undefined ? '' : `，例如 ${first.file}:${first.line}:${first.column} ${first.message}`;
    return broken(`项目 ${project} 可以使用`, `没有这个项目，或者它的定义有错误${why}`);
  }
  return runScenario(definition, scenario, { restore });
}

function print(file: string, result: ScenarioResult, ms: number): void {
  console.log(`${result.passed ? 'ok    ' : 'failed'} ${file}  ${result.project}  ${result.title}  ${ms} ms`);
  if (result.failure === null) return;
  const { step, written, expected, found } = result.failure;
  console.log(`       step ${step + 1} ${written}`);
  console.log(`       expected ${expected}`);
  console.log(`       found    ${found}`);
}

function summary(played: Played) {
  const { title, project, passed, failure } = played.result;
  return { file: played.file, title, project, passed, failure, ms: played.ms };
}
