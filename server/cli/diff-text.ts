import type { Compared } from '../../engine/diff/index.ts';
import { kindWords } from '../../engine/diff/kind-words.ts';
import type { Scenario } from '../../engine/paths/index.ts';

export type Language = 'zh' | 'en';

const partWords: { readonly [part: string]: string } = {
  if: '条件',
  to: '去向',
  refuse: '拒绝的话',
  title: '标题',
  label: '状态名',
  task: '任务',
  call: '调用',
  due: '要完成的',
  promise: '承诺时间',
};

/** Longer texts are cut: `--json` has them whole. */
const most = 160;

/** A difference in lines: what it is, each side of what changed, and the path that shows it. */
export function linesOf(
  { difference, witness, impossible }: Compared,
  one: string,
  two: string,
  language: Language,
): string[] {
  const { kind, address, before, after, changes } = difference;
  const zh = language === 'zh';
  const sign = before === null ? '+' : after === null ? '-' : '~';
  const lines = [`${sign} ${zh ? kindWords.zh[kind] : kind}  ${address}`];
  const width = Math.max(one.length, two.length);
  for (const { part, before: was, after: is } of changes) {
    if (part !== '') lines.push(`    ${zh ? (partWords[part] ?? part) : part}`);
    lines.push(`      ${one.padEnd(width)}  ${cut(was, language)}`, `      ${two.padEnd(width)}  ${cut(is, language)}`);
  }
  if (witness === null && impossible)
    lines.push(`    ${zh ? '不可能：没有一笔业务会走到这里' : 'impossible: no case comes here'}`);
  if (witness === null) return lines;
  const [passes, fails] = witness.passesIn === 'before' ? [one, two] : [two, one];
  const { step, found, english, scenario } = witness;
  lines.push(
    zh
      ? `    走得通：${passes}；${fails} 在第 ${step} 步不同：${found}`
      : `    passes in ${passes}; ${fails} goes otherwise at step ${step}: ${english}`,
    `    ${wayOf(scenario)}`,
  );
  return lines;
}

function cut(text: string | null, language: Language): string {
  if (text === null) return language === 'zh' ? '（没有）' : '(none)';
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

/** The steps in one line: events, answers, the clock. */
function wayOf({ steps }: Scenario): string {
  return steps
    .flatMap(({ do: event, notice, answer, outcome, advance, refused, world }) => {
      if (event !== undefined) return [event];
      if (notice !== undefined) return [notice];
      if (answer !== undefined) return [`${answer}=${outcome ?? ''}`];
      if (advance !== undefined) return [`+${advance}`];
      if (refused !== undefined) return [`!${refused}`];
      return world === undefined ? [] : [JSON.stringify(world)];
    })
    .join(' → ');
}

interface Summary {
  readonly all: number;
  /** States, branches and timers; of these with a path. */
  readonly behaviour: number;
  readonly shown: number;
  /** Without one: no case comes there. */
  readonly impossible: number;
  readonly thorough: boolean;
}

export function summaryOf({ all, behaviour, shown, impossible, thorough }: Summary, language: Language): string {
  const missing = behaviour - shown - impossible;
  if (language === 'zh') {
    const more = missing === 0 || thorough ? '' : '；其余的可以用 --thorough 再找';
    const never = impossible === 0 ? '' : `，${impossible} 处没有一笔业务会走到`;
    return `${all} 处不同，其中流程 ${behaviour} 处，${shown} 处有路径${never}${more}`;
  }
  const more = missing === 0 || thorough ? '' : '; --thorough looks for the others';
  const never = impossible === 0 ? '' : `, ${impossible} where no case comes`;
  return `${all} differences, ${behaviour} of them in the process, ${shown} with a path${never}${more}`;
}
