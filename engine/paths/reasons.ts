import { took } from '../coverage/elements.ts';
import { unreachableIn } from '../coverage/unreachable.ts';
import { whyNot } from '../explain/why.ts';
import { parse, references } from '../expressions/index.ts';
import type { Definition } from '../model/definition.ts';
import { atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';
import { envOf } from '../simulate/session.ts';
import type { Search } from './search.ts';
import { type Target, targetsOf } from './targets.ts';

/** A target that no way was found to, and why. */
export interface Unreached {
  readonly target: Target;
  readonly reason: string;
}

/**
 * Why nothing led to a target, as far as the search can tell: the state around it was never active; the branches before
 * it took everything; or what its condition asks for was never so, with the values of the nearest case.
 */
export function unreached(
  search: Search,
  targets: readonly Target[],
  impossible: ReadonlyMap<string, string>,
  complete: boolean,
): readonly Unreached[] {
  return targets.flatMap((target): readonly Unreached[] => {
    const never = impossible.get(target.address);
    if (never !== undefined && !search.ways.has(target.address))
      return [{ target, reason: `${reasonOf(search, target)}（不可能：${never}）` }];
    if (!search.missing.has(target.address)) return [];
    return [{ target, reason: `${reasonOf(search, target)}${complete ? '' : '（搜索到上限为止，可能还有路）'}` }];
  });
}

/** Branches that no case of the project can take, and why: nothing is looked for there. */
export function impossibleIn(definition: Definition): ReadonlyMap<string, string> {
  const reasons = unreachableIn(definition, new Set());
  return new Map(
    targetsOf(definition).flatMap(({ address }) => {
      const reason = reasons.get(took(address));
      return reason === undefined ? [] : [[address, reason]];
    }),
  );
}

function reasonOf(search: Search, target: Target): string {
  if (search.missing.has(target.state))
    return target.kind === 'state' ? '没有一步进入这个状态' : `没有走到 ${target.state}`;
  const found = search.ways.get(target.state)?.found;
  if (found === undefined) return '没有走到';
  if (target.if === null) {
    return target.kind === 'state' ? '没有一步进入这个状态' : '前面的分支总有一个先成立，或者这件事总被别的先一步接走';
  }
  const { definition } = search;
  const { session } = found;
  const world = worldOf(session.state, historyOf(session.state), { event: {}, actor: null }, envOf(session));
  const scope = scopeOf(definition, world, atOf(configurationOf(session.state.active)));
  const parsed = parse(target.if);
  const sent = parsed.kind === 'parsed' && references(parsed.expression.ast).some(({ path }) => path[0] === 'event');
  const why = sent ? [] : whyNot(definition, target.if, scope);
  return why.length === 0
    ? `条件从未成立：${target.if}`
    : `条件从未成立：${target.if}（最近的一次：${why.join('；')}）`;
}
