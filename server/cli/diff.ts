import { type Compared, diff as diffOf } from '../../engine/diff/index.ts';
import { scenarioText } from '../../engine/paths/index.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { chooseProject } from './project.ts';

const usage = `certflow diff <project> <project> [--dir <folder>] [--to <folder>] [--json]

What two projects do differently: states, transitions, timers, settings, fields and texts of their effective definitions.
States, transitions and timers are shown by a path that passes in the one and goes otherwise in the other, where one does.

--to <folder>   the second project is read from there: a project before and after a change, two releases

Exit code 0 when they are alike, 1 when they differ or a definition has errors, 2 when the command itself is wrong.`;

/** `certflow diff`. @returns the exit code */
export async function diff(args: string[]): Promise<number> {
  const { code, values, positionals } = argumentsOf(args, usage, { ...commonOptions, to: { type: 'string' } }, true);
  if (code !== null || values === null) return code ?? 2;
  const [one, two, more] = positionals;
  if (one === undefined || two === undefined || more !== undefined) return usedWrongly('要两个项目', usage);
  const before = await chooseProject(values.dir, one);
  if (before.kind === 'ended') return before.code;
  const after = await chooseProject(values.to ?? values.dir, two);
  if (after.kind === 'ended') return after.code;
  const found = diffOf(before.definition, after.definition);
  if (values.json === true) console.log(JSON.stringify(found, null, 2));
  else {
    for (const each of found) print(each, one, two);
    const shown = found.filter(({ witness }) => witness !== null).length;
    console.log(`${found.length} differences, ${shown} with a path`);
  }
  return found.length > 0 ? 1 : 0;
}

function print({ difference, witness }: Compared, one: string, two: string): void {
  const { kind, address, before, after } = difference;
  console.log(`${before === null ? '+' : after === null ? '-' : '~'} ${kind}  ${address}`);
  if (before !== null && after !== null) console.log(`    ${one}: ${before}\n    ${two}: ${after}`);
  if (witness === null) return;
  const [passes, fails] = witness.passesIn === 'before' ? [one, two] : [two, one];
  console.log(`    passes in ${passes}; ${fails}, step ${witness.step}: ${witness.found}`);
  console.log(
    scenarioText(witness.scenario)
      .replace(/^(?=.)/gm, '      ')
      .trimEnd(),
  );
}
