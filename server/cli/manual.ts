import { manual as manualOf } from '../../engine/manual/index.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { chooseProject } from './project.ts';

const usage = `certflow manual --project <id> [--dir <folder>] [--json]

The operation manual of a project as Markdown: purpose, scope, steps, fields, limits, questions, support, as its effective
workflow, its forms and its settings are now. --json: { project, markdown }.
Exit code 1 when the project's definition has errors, 2 when the command itself is wrong.`;

/** `certflow manual`. @returns the exit code */
export async function manual(args: string[]): Promise<number> {
  const { code, values } = argumentsOf(args, usage, commonOptions);
  if (code !== null || values === null) return code ?? 2;
  if (values.project === undefined) return usedWrongly('--project 是必需的', usage);
  const chosen = await chooseProject(values.dir, values.project);
  if (chosen.kind === 'ended') return chosen.code;
  const markdown = manualOf(chosen.definition);
  if (values.json === true) console.log(JSON.stringify({ project: values.project, markdown }, null, 2));
  else console.log(markdown.trimEnd());
  return 0;
}
