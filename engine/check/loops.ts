import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule } from './rule.ts';

/** States whose unconditional `when`s lead in a circle. */
export const loops: Rule = {
  id: 'loops',
  check(composition) {
    const { states } = composition.composed.chart;
    const issues: Issue[] = [];
    const next = (address: string): string | null => {
      const branch = states[address]?.when?.branches[0];
      if (branch === undefined || branch.if !== null || branch.to.kind !== 'state') return null;
      let target = branch.to.address;
      for (let inner = states[target]; inner?.start !== null && inner !== undefined; inner = states[target])
        target = inner.start;
      return target;
    };
    const told = new Set<string>();
    for (const address of Object.keys(states)) {
      const way = [address];
      for (let here = next(address); here !== null && way.length <= 100; here = next(here)) {
        if (here === address && !told.has(address)) {
          for (const step of way) told.add(step);
          const at = `${address}.when`;
          issues.push(
            issueAt(
              keyAt(composition, at),
              'when-loop',
              { name: address, way: [...way, address].join(' → ') },
              { path: at },
            ),
          );
          break;
        }
        if (way.includes(here)) break;
        way.push(here);
      }
    }
    return issues;
  },
};
