import { parse, pathOf, walk } from '../expressions/index.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type ProcessRule } from './rule.ts';
import { conditionsOf, wordsOf } from './walk.ts';

/**
 * A counter that rises is compared somewhere, or chooses a wait: what nobody asks for has no bound. A record has one by
 * itself (its `most`, or that of the language).
 */
export const bounds: ProcessRule = {
  id: 'bounds',
  of: 'process',
  last: true,
  check(process) {
    const asked = new Set(
      Object.values(process.written.states).flatMap((state) =>
        state.after.flatMap(({ duration }) => (duration.kind === 'nth' ? duration.counter : [])),
      ),
    );
    for (const source of conditionsOf(process.written)) {
      const parsed = parse(source);
      if (parsed.kind === 'failed') continue;
      walk(parsed.expression.ast, (node) => {
        if (['<', '<=', '>', '>=', '==', '!='].includes(node.op))
          for (const side of node.args as readonly Parameters<typeof pathOf>[0][]) {
            const path = pathOf(side);
            if (path?.[0] === 'counters' && path[1] !== undefined) asked.add(path[1]);
          }
        return undefined;
      });
    }
    const counted = new Set(wordsOf(process.written).flatMap((words) => words.count));
    const issues: Issue[] = [];
    for (const name of Object.keys(process.declared.counters)) {
      if (asked.has(name) || !counted.has(name)) continue;
      const at = `counters.${name}`;
      issues.push(issueAt(keyAt(process, at), 'counter-unbounded', { name }, { path: at, severity: 'warning' }));
    }
    return issues;
  },
};
