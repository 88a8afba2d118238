import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { manual as manualText } from '../../engine/manual/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { zoneMinutes } from '../../engine/zone.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { chooseProject } from './project.ts';

const usage = `certflow manual --project <id> [--pictures --out <file.pdf>] [--dir <folder>] [--json]

The operation manual of a project as Markdown: purpose, scope, steps, fields, limits, questions, support, as its effective
workflow, its forms and its settings are now. --json: { project, markdown }.
--pictures walks the hall in a real browser (Chromium, found or named by CHROME_PATH), on a server of its own with sandboxes and
a data folder that is gone afterwards, and writes a PDF with the pictures to --out. --json then: { project, out, pictures }.
Exit code 1 when the project's definition has errors or the walk comes to a stop, 2 when the command itself is wrong.`;

/** `certflow manual`. @returns the exit code */
export async function manual(args: string[]): Promise<number> {
  const options = { ...commonOptions, pictures: { type: 'boolean' }, out: { type: 'string' } } as const;
  const { code, values } = argumentsOf(args, usage, options);
  if (code !== null || values === null) return code ?? 2;
  if (values.project === undefined) return usedWrongly('--project 是必需的', usage);
  const pictured = values.pictures === true;
  if (pictured && values.out === undefined) return usedWrongly('--pictures 要和 --out FILE.pdf 一起用', usage);
  const chosen = await chooseProject(values.dir, values.project);
  if (chosen.kind === 'ended') return chosen.code;
  const json = values.json === true;
  if (pictured) return withPictures(chosen.definition, values.dir, resolve(values.out ?? ''), json);
  const markdown = manualText(chosen.definition);
  if (values.out !== undefined) await writeFile(values.out, markdown);
  else if (json) console.log(JSON.stringify({ project: values.project, markdown }, null, 2));
  else console.log(markdown.trimEnd());
  return 0;
}

async function withPictures(definition: Definition, dir: string | undefined, out: string, json: boolean) {
  const { ManualTrouble, picturedManual } = await import('../manual/index.ts');
  const say = (line: string) => (json ? undefined : console.log(line));
  try {
    const { pdf, shots } = await picturedManual(
      definition,
      resolve(dir ?? '.'),
      new Date(Date.now() + zoneMinutes * 60_000).toISOString().slice(0, 10),
      say,
    );
    await writeFile(out, pdf);
    const pictures = shots.flatMap(({ place, states, device, pictures }) =>
      pictures.map(({ width, height, marks }) => ({ place, states, device, width, height, marks })),
    );
    if (json) console.log(JSON.stringify({ project: definition.project.id, out, pictures }, null, 2));
    else console.log(`${out}：${pictures.length} 张图`);
    return 0;
  } catch (error) {
    if (!(error instanceof ManualTrouble)) throw error;
    console.error(error.message);
    return 1;
  }
}
