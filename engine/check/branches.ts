import { type Node as Ast, conjuncts, disjuncts, parse, print } from '../expressions/index.ts';
import type { Branch, Obligation, Transition } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import type { Process } from './process.ts';
import { type ProcessRule, valueAt } from './rule.ts';
import { transitions } from './walk.ts';

/** Each branch of a list can be taken, and has an address of its own. */
export const branches: ProcessRule = {
  id: 'branches',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    for (const { transition } of transitions(process.written)) {
      if (transition.branches.length < 2) continue;
      checkReached(process, transition, issues);
      for (const branch of transition.branches)
        if (branch.address.includes('#'))
          issues.push(
            issueAt(
              valueAt(process, `${branch.address}:to`),
              'branch-ambiguous',
              { name: branch.address.slice(transition.address.length + 1).replace(/#\d+$/, '') },
              { path: branch.address, severity: 'warning' },
            ),
          );
    }
    for (const state of Object.values(process.written.states)) checkObligations(state.obligations, issues);
    return issues;
  },
};

/** An obligation with the fact of an earlier one that is asked for at least as often: nobody ever gets there. */
function checkObligations(obligations: readonly Obligation[], issues: Issue[]): void {
  obligations.forEach(({ fact, if: condition, origin, address }, index) => {
    const before = obligations
      .slice(0, index)
      .find((earlier) => fact !== null && earlier.fact === fact && (earlier.if === null || earlier.if === condition));
    if (before !== undefined)
      issues.push(issueAt(origin, 'obligation-twice', { fact, first: before.id }, { path: address }));
  });
}

function checkReached(process: Process, transition: Transition, issues: Issue[]): void {
  const open = transition.branches.findIndex((branch) => branch.if === null);
  const unreached = open < 0 ? undefined : transition.branches[open + 1];
  if (unreached !== undefined)
    issues.push(issueAt(unreached.origin, 'branch-unreachable', {}, { path: unreached.address }));
  transition.branches.forEach((branch, index) => {
    const before = transition.branches.slice(0, index).find((earlier) => implies(branch, earlier));
    if (before === undefined) return;
    const origin = valueAt(process, `${branch.address}:if`);
    issues.push(issueAt(origin, 'branch-shadowed', { condition: before.if }, { path: branch.address }));
  });
}

/** Whenever the later branch's condition holds, the earlier one's does: by its words, not by what they mean. */
function implies(later: Branch, earlier: Branch): boolean {
  const one = termsOf(later);
  const two = termsOf(earlier);
  if (one === null || two === null) return false;
  const known = new Set(one.map(print));
  return two.every((term) => disjuncts(term).some((choice) => known.has(print(choice))));
}

function termsOf(branch: Branch): readonly Ast[] | null {
  if (branch.if === null) return null;
  const parsed = parse(branch.if);
  return parsed.kind === 'failed' ? null : conjuncts(parsed.expression.ast);
}
