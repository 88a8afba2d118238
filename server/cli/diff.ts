import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Compared, diff as diffOf, isBehaviour } from '../../engine/diff/index.ts';
import { scenarioText } from '../../engine/paths/index.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { type Language, linesOf, summaryOf } from './diff-text.ts';
import { chooseDefinition } from './stored.ts';

const usage = `certflow diff <a> <b> [--dir <folder>] [--to <folder>] [--thorough] [--out <folder>] [--lang zh|en] [--json]

What two definitions do differently: states, transitions, timers, laws, settings, forms, connectors, texts. States,
transitions and timers are shown by a path that passes in the one and goes otherwise in the other, or it is proved that no
case comes there.

<a>, <b>   a project of the folder (north); or of DATA_DIR: a release by its hash or the beginning of it (3f9a02c1), by its
           number (north@3), the one in force (north@current), the draft (north@draft)

--to <folder>   <b> is read from there: a project before and after a change
--thorough      looks for the paths that are not found at once in a search through everything; takes a while
--out <folder>  writes the paths as scenario files that "certflow run" plays
--lang zh|en    language of the words (default zh)
--json          [{ "difference": { kind, address, before, after, changes: [{ part, before, after }] },
                   "witness": null | { passesIn: "before"|"after", scenario, step, found }, "impossible": true|false }]

Exit code 0 when they are alike, 1 when they differ or a definition has errors, 2 when the command itself is wrong.`;

/** `certflow diff`. @returns the exit code */
export async function diff(args: string[]): Promise<number> {
  const { dir, json, help } = commonOptions;
  const own = { to: { type: 'string' }, out: { type: 'string' }, lang: { type: 'string', default: 'zh' } } as const;
  const options = { dir, json, help, ...own, thorough: { type: 'boolean', default: false } } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null) return code ?? 2;
  const [one, two, more] = positionals;
  if (one === undefined || two === undefined || more !== undefined)
    return usedWrongly('要两个：项目、发布或者草稿', usage);
  const language = languageOf(values.lang);
  if (language === null) return usedWrongly('--lang 要是 zh 或者 en', usage);
  const before = await chooseDefinition(resolve(values.dir ?? '.'), one);
  if (before.kind === 'ended') return before.code;
  const after = await chooseDefinition(resolve(values.to ?? values.dir ?? '.'), two);
  if (after.kind === 'ended') return after.code;
  const found = diffOf(before.definition, after.definition, { thorough: values.thorough });
  if (values.out !== undefined) await write(found, values.out);
  if (values.json === true) console.log(JSON.stringify(found, null, 2));
  else print(found, one, two, language, values.thorough);
  return found.length > 0 ? 1 : 0;
}

function languageOf(text: string): Language | null {
  return text === 'zh' || text === 'en' ? text : null;
}

function print(found: readonly Compared[], one: string, two: string, language: Language, thorough: boolean): void {
  for (const each of found) for (const line of linesOf(each, one, two, language)) console.log(line);
  const behaviour = found.filter(({ difference }) => isBehaviour(difference));
  const shown = behaviour.filter(({ witness }) => witness !== null).length;
  const impossible = behaviour.filter((each) => each.witness === null && each.impossible).length;
  console.log(summaryOf({ all: found.length, behaviour: behaviour.length, shown, impossible, thorough }, language));
}

async function write(found: readonly Compared[], out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  for (const { difference, witness } of found) {
    if (witness === null) continue;
    const name = `${difference.kind}-${difference.address}`.replace(/[^\w.-]+/g, '-');
    await writeFile(join(out, `${name}.scenario.yaml`), scenarioText(witness.scenario));
  }
}
