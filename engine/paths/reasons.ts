import { isProven } from '../coverage/equivalent.ts';
import { type Never, neverTaken } from '../coverage/unreachable.ts';
import { whyNot } from '../explain/why.ts';
import { conjuncts, parse, pathOf, references } from '../expressions/index.ts';
import { atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';
import { envOf } from '../simulate/session.ts';
import type { Search } from './search.ts';
import type { Target } from './targets.ts';

/** A target that no way was found to, and why. */
export interface Unreached {
  readonly target: Target;
  readonly reason: string;
  /** No case of the project can ever come there: that was shown, not only that no way was found. */
  readonly impossible: boolean;
}

/** Branches that no case can take: address -> why. */
export type Impossible = ReadonlyMap<string, Never>;

/** Of the branches that no way was found to those that no case can take. */
export function impossibleAmong(search: Search): Impossible {
  return search.missing.size === 0 ? new Map() : neverTaken(search.definition, search.missing);
}

/** Why nothing leads to a target: it cannot be, or as far as the search can tell. [PTH-4] */
export function unreached(
  search: Search,
  targets: readonly Target[],
  impossible: Impossible,
  complete: boolean,
): readonly Unreached[] {
  return targets.flatMap((target): readonly Unreached[] => {
    if (search.ways.has(target.address)) return [];
    const never = impossible.get(target.address);
    if (never !== undefined)
      return [{ target, reason: `不可能：${neverSaid(search, never, target)}`, impossible: true }];
    if (!search.missing.has(target.address)) return [];
    const reason = `${reasonOf(search, target)}${complete ? '' : '（搜索到上限为止，可能还有路）'}`;
    return [{ target, reason, impossible: false }];
  });
}

function neverSaid(search: Search, never: Never, target: Target): string {
  const { definition } = search;
  const condition = target.if;
  const facts = condition === null ? [] : factsOf(condition).filter((fact) => !isProven(fact, definition.chart));
  if (facts.length > 0) return `这个项目里没有一步得出 ${facts.join('、')}，条件不会成立（${condition}）`;
  const held = condition === null ? '前面的分支总有一个先成立' : `条件不会成立（${condition}）`;
  switch (never.kind) {
    case 'values': {
      const fields = never.fields.map(({ path, literals, by }) => {
        const why = by === null ? '' : `（${by}）`;
        return `${path} 只会是 ${literals.join(' 或 ')}${why}`;
      });
      return `${fields.join('，')}，${held}`;
    }
    case 'settings':
      return `${never.condition}，${held}`;
    case 'searched':
      return `${held}${nearest(search, target)}：${never.regions.join('、')} 一起可能有的 ${never.states} 种情形都看过了`;
  }
}

/** Facts without which the condition does not hold. */
function factsOf(condition: string): readonly string[] {
  const parsed = parse(condition);
  if (parsed.kind === 'failed') return [];
  return conjuncts(parsed.expression.ast).flatMap((term) => {
    const [root, fact, more] = pathOf(term) ?? [];
    return root === 'facts' && fact !== undefined && more === undefined ? [fact] : [];
  });
}

/**
 * As far as the search can tell: the state around it was never active; the branches before it took everything; or what
 * its condition asks for was never so, with the values of the nearest case.
 */
function reasonOf(search: Search, target: Target): string {
  if (search.missing.has(target.state))
    return target.kind === 'state' ? '没有一步进入这个状态' : `没有走到 ${target.state}`;
  if (!search.ways.has(target.state)) return '没有走到';
  if (target.if === null) {
    return target.kind === 'state' ? '没有一步进入这个状态' : '前面的分支总有一个先成立，或者这件事总被别的先一步接走';
  }
  return `条件从未成立：${target.if}${nearest(search, target)}`;
}

/** What stands in the way of the target's condition in the first case that came to its state. */
function nearest(search: Search, { state, if: condition }: Target): string {
  const session = search.ways.get(state)?.found.session;
  const parsed = condition === null ? null : parse(condition);
  if (session === undefined || condition === null || parsed?.kind !== 'parsed') return '';
  const isSent = references(parsed.expression.ast).some(({ path }) => path[0] === 'event');
  if (isSent) return '';
  const world = worldOf(session.state, historyOf(session.state), { event: {}, actor: null }, envOf(session));
  const scope = scopeOf(search.definition, world, atOf(configurationOf(session.state.active)));
  const why = whyNot(search.definition, condition, scope);
  return why.length === 0 ? '' : `（最近的一次：${why.join('；')}）`;
}
