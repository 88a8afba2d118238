import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scenarioText } from '../../engine/paths/index.ts';
import type { Told, Undecided } from '../../engine/prove/index.ts';

/** What is wrong, with its way below it. */
export function printTold({ message, scenario, played }: Told): void {
  if (played) console.log(`  违反  ${message}\n${indented(scenarioText(scenario))}`);
  else console.log(`  怀疑  ${message}（没有能演出来）`);
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '      ');
}

const reasons: { readonly [reason in Undecided['reason']]: string } = {
  people: '由谁办理',
  sums: '金额合计',
  sizes: '记录条数之间的比较',
  values: '填写的内容',
};

/** The laws that the search cannot judge, each with what it hangs on. */
export function sayUndecided(undecided: readonly Undecided[]): void {
  if (undecided.length === 0) return;
  const laws = undecided.map(({ law, reason }) => `${law}（${reasons[reason]}）`);
  console.log(`  不能事先证明，系统每一步之后核对：${laws.join('、')}`);
}

/**
 * Writes the scenarios of what was played, for `certflow run`.
 * @param project text of the project file that they are played in, where the folder of definitions has none
 */
export async function writeTold(out: string, id: string, told: readonly Told[], project: string | null): Promise<void> {
  const played = told.filter((each) => each.played);
  await mkdir(out, { recursive: true });
  if (project !== null && played.length > 0) await writeFile(join(out, `${id}.project.yaml`), project);
  for (const { kind, name, scenario } of played) {
    const stem = `${id}-${kind}-${name}`.replace(/[^\w.-]+/g, '-');
    await writeFile(join(out, `${stem}.scenario.yaml`), scenarioText(scenario));
  }
}
