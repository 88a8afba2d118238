import type { Composition } from '../compose/index.ts';
import { type Node as Ast, parse, pathOf, references as readBy, walk } from '../expressions/index.ts';
import type { Issue } from '../model/issue.ts';
import { once } from '../model/once.ts';
import { issueAt } from '../read/index.ts';
import { type Flow, flowOf } from './flow.ts';
import { type Known, keyOf } from './implied.ts';
import { type Rule, valueAt } from './rule.ts';
import { transitionsOfState } from './walk.ts';

/**
 * Definite assignment: an expression may read a form only where it has been filled in along every path that leads
 * there, and the newest entry of a record only where there is one; elsewhere it asks with `has()`. A form counts as
 * filled in by an event that completes a task with it, by `at()` of a state where it is, and by a fact that is proven
 * only where it is.
 */
export const assignment: Rule = {
  id: 'assignment',
  last: true,
  check(composition) {
    const flow = flowOf(composition);
    const issues: Issue[] = [];
    for (const state of Object.values(composition.composed.chart.states)) {
      for (const hung of transitionsOfState(state))
        for (const branch of hung.transition.branches)
          if (branch.if !== null)
            read(composition, flow, branch.if, flow.before(hung), `${branch.address}:if`, 'error', issues);
      for (const [input, source] of Object.entries(state.call?.with ?? {})) {
        const known = flow.within(state.address);
        read(composition, flow, source, known, `${state.address}.with.${input}`, 'warning', issues);
      }
    }
    // A law that cannot be worked out holds nothing.
    for (const [id, law] of Object.entries(composition.composed.declared.laws)) {
      const places = law.at?.filter((address) => address !== 'case') ?? [];
      const known = places
        .map((address) => flow.within(address))
        .reduce((one, two) => one & two, places.length > 0 ? ~0n : 0n);
      read(composition, flow, law.must, known, `laws.${id}.must`, 'error', issues);
    }
    return issues;
  },
};

/**
 * Tells what an expression reads although it may not be there. A condition would silently never hold; an input may be
 * known to be there by what was decided on the way (the mode of an order), which is not followed here.
 */
function read(
  composition: Composition,
  flow: Flow,
  source: string,
  before: Known,
  at: string,
  severity: Issue['severity'],
  issues: Issue[],
): void {
  const parsed = parse(source);
  if (parsed.kind === 'failed') return;
  for (const path of unsure(flow, parsed.expression.ast, before)) {
    const name = path.join('.');
    const place = at.replace(':', '.');
    const record = path[0] === 'last';
    issues.push(
      issueAt(
        valueAt(composition, at),
        record ? 'record-not-there' : 'form-not-filled',
        { form: path[record ? 1 : 0], name },
        { path: place, proposal: `has(${name}) && …`, severity },
      ),
    );
  }
}

/** Paths that are read without being sure, when `known` is there before. */
function unsure(flow: Flow, node: Ast, known: Known): (readonly string[])[] {
  switch (node.op) {
    case '&&': {
      const [left, right] = node.args;
      return [...unsure(flow, left, known), ...unsure(flow, right, known | flow.impliedBy(left))];
    }
    case '?:': {
      const [test, yes, no] = node.args;
      const inside = known | flow.impliedBy(test);
      return [...unsure(flow, test, known), ...unsure(flow, yes, inside), ...unsure(flow, no, known)];
    }
    case '||': {
      const [left, right] = node.args;
      return [...unsure(flow, left, known), ...unsure(flow, right, known | flow.impliedByNot(left))];
    }
    case '!_':
      return unsure(flow, node.args, known);
  }
  return readsOf(node)
    .filter(({ key }) => {
      const bit = flow.bitOf(key);
      return bit !== 0n && (known & bit) === 0n;
    })
    .map(({ path }) => path);
}

/** What a term reads of forms and records without asking whether it is there, and the key of what has to be. */
const readsOf = once((term: Ast) => {
  const asked = new Set(readBy(term).flatMap((reference) => (reference.asked ? [keyOf(reference.path)] : [])));
  const found: { readonly path: readonly string[]; readonly key: string }[] = [];
  walk(term, (inner) => {
    const path = pathOf(inner);
    if (path === null)
      return inner.op === 'call' && (inner.args[0] === 'has' || inner.args[0] === 'distinct') ? false : undefined;
    const key = keyOf(path);
    if (path.length > (path[0] === 'last' ? 2 : 1) && !asked.has(key)) found.push({ path, key });
    return false;
  });
  return found;
});
