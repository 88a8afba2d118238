import { isWithin, outwards } from '../compose/addresses.ts';
import { atAddress, parse, references, walk } from '../expressions/index.ts';
import type { Branch, Chart, ChartState } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { together } from './regions.ts';
import { keyAt, type Rule } from './rule.ts';
import { type Truth, truthOf } from './truth.ts';

/**
 * Regions decide at the same time on the same world: two `when` that each change what the other asks for would both be
 * taken in one step and cross. One of them should follow an event of the other instead.
 */
export const crossing: Rule = {
  id: 'crossing',
  last: true,
  check(composition) {
    const { chart } = composition.composed;
    const moves = movesOf(chart);
    const changing = changersOf(moves);
    const told = new Set<string>();
    const issues: Issue[] = [];
    for (const one of moves)
      for (const key of one.asks)
        for (const two of changing.get(key) ?? []) {
          const pair = [one.branch.address, two.branch.address].sort().join(' ');
          if (told.has(pair) || !crosses(chart, one, two)) continue;
          told.add(pair);
          const at = `${two.state.address}.when`;
          const params = { one: one.state.address, two: two.state.address };
          issues.push(issueAt(keyAt(composition, at), 'when-crossing', params, { path: at }));
        }
    return issues;
  },
};

interface Move {
  readonly state: ChartState;
  readonly branch: Branch;
  /** What the condition asks for: `at <address>`, `fact <name>`. */
  readonly asks: ReadonlySet<string>;
}

/** Every branch of a `when` that asks for states or facts. */
function movesOf(chart: Chart): Move[] {
  return Object.values(chart.states).flatMap((state) =>
    (state.when?.branches ?? []).flatMap((branch) => {
      const parsed = branch.if === null || branch.refuse !== null ? null : parse(branch.if);
      if (parsed?.kind !== 'parsed') return [];
      const asks = new Set<string>();
      walk(parsed.expression.ast, (node) => {
        const address = atAddress(node);
        if (address !== null) asks.add(`at ${address}`);
        return undefined;
      });
      for (const { path } of references(parsed.expression.ast)) if (path[0] === 'facts') asks.add(`fact ${path[1]}`);
      return asks.size === 0 ? [] : [{ state, branch, asks }];
    }),
  );
}

/** What could be asked for -> the moves that change it. */
function changersOf(moves: readonly Move[]): ReadonlyMap<string, readonly Move[]> {
  const found = new Map<string, Move[]>();
  for (const move of moves) for (const key of changesOf(move)) found.set(key, [...(found.get(key) ?? []), move]);
  return found;
}

/** States that the move leaves or enters, facts that it proves or voids. */
function changesOf({ state, branch }: Move): string[] {
  const facts = [...branch.words.prove, ...branch.words.void].map((fact) => `fact ${fact}`);
  if (branch.to.kind === 'here') return facts;
  const to = branch.to.address;
  const left = outwards(state.address).filter((address) => !isWithin(to, address));
  const entered = outwards(to).filter((address) => !isWithin(state.address, address));
  return [...facts, ...[...left, ...entered].map((address) => `at ${address}`)];
}

function crosses(chart: Chart, one: Move, two: Move): boolean {
  if (one === two || !together(chart, one.state.address, two.state.address)) return false;
  if (!changesOf(one).some((key) => two.asks.has(key))) return false;
  // Both can be taken while both states are active.
  const at = (address: string): Truth => {
    const sources = [one.state.address, two.state.address];
    if (sources.some((source) => isWithin(source, address))) return true;
    return sources.some((source) => !isWithin(address, source) && !together(chart, source, address)) ? false : null;
  };
  return truthOf(one.branch.if, at) !== false && truthOf(two.branch.if, at) !== false;
}
