import type { Composition } from '../compose/index.ts';
import { parse, references as readBy } from '../expressions/index.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { flowOf } from './flow.ts';
import { type Rule, valueAt } from './rule.ts';

/** Who alone may do a task has signed before it, and a secret has been made before it is used: else nobody ever can. */
export const people: Rule = {
  id: 'people',
  last: true,
  check(composition) {
    const issues: Issue[] = [];
    const flow = flowOf(composition);
    for (const state of Object.values(composition.composed.chart.states)) {
      const known = () => flow.within(state.address);
      const only = state.task?.only ?? null;
      if (only !== null && (known() & flow.bitOf(`people.${only}`)) === 0n) {
        const at = `${state.address}.task.only`;
        issues.push(issueAt(valueAt(composition, at), 'nobody-signed', { name: only }, { path: at }));
      }
      for (const [at, secret] of secretsOf(composition, state.address))
        if ((known() & flow.bitOf(`secrets.${secret}`)) === 0n)
          issues.push(issueAt(valueAt(composition, at), 'secret-not-made', { name: secret }, { path: at }));
    }
    return issues;
  },
};

/** Secrets that the state's call sends out or its task waits for, each with its place. */
function secretsOf(composition: Composition, address: string): [string, string][] {
  const state = composition.composed.chart.states[address]!;
  const found: [string, string][] = [];
  for (const [input, source] of Object.entries(state.call?.with ?? {})) {
    const parsed = parse(source);
    if (parsed.kind === 'failed') continue;
    for (const { path } of readBy(parsed.expression.ast))
      if (path[0] === 'secrets') found.push([`${address}.with.${input}`, path[1] ?? '']);
  }
  if (state.task?.via != null) found.push([`${address}.task.via`, state.task.via]);
  return found;
}
