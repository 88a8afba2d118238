import type { Composition } from '../compose/index.ts';
import type { Words } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { noWords } from '../model/words.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule } from './rule.ts';
import { transitions } from './walk.ts';

const parts = [
  ['facts', 'prove', '事实'],
  ['counters', 'count', '计数'],
  ['records', 'record', '记录'],
  ['people', 'sign', '人员'],
  ['secrets', 'make', '密码'],
  ['notices', 'notify', '通知'],
] as const satisfies readonly (readonly [string, keyof Words, string])[];

/** What is declared and never happens: a fact that nobody proves would stop the case for ever, the rest is a warning. */
export const unused: Rule = {
  id: 'unused',
  last: true,
  check(composition) {
    const issues: Issue[] = [];
    const written = happening(composition, false);
    for (const [part, word, title] of parts)
      for (const name of Object.keys(composition.declared[part]))
        if (!written[word].has(name))
          issues.push(
            issueAt(
              keyAt(composition, `${part}.${name}`),
              'never-used',
              { part: title, name },
              { severity: 'warning', path: `${part}.${name}` },
            ),
          );
    const effective = happening(composition, true);
    for (const state of Object.values(composition.composed.chart.states))
      for (const obligation of state.obligations)
        if (
          obligation.fact !== null &&
          obligation.fact in composition.declared.facts &&
          !effective.prove.has(obligation.fact)
        )
          issues.push(
            issueAt(obligation.origin, 'fact-never-proven', { name: obligation.fact }, { path: obligation.address }),
          );
    return issues;
  },
};

function happening(
  composition: Composition,
  effective: boolean,
): { readonly [word in keyof Words]: ReadonlySet<string> } {
  const chart = effective ? composition.composed.chart : composition.written;
  const found = Object.fromEntries(parts.map(([, word]) => [word, new Set<string>()])) as unknown as {
    [word in keyof Words]: Set<string>;
  };
  const add = (words: Words) => {
    if (words === noWords) return;
    for (const [, word] of parts) for (const name of words[word]) found[word].add(name);
  };
  for (const { transition } of transitions(chart)) for (const branch of transition.branches) add(branch.words);
  for (const state of Object.values(chart.states)) {
    add(state.enter);
    for (const reminder of state.remind) found.notify.add(reminder.notice);
  }
  return found;
}
