import type { Target } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt, type ScalarNode, suggest } from '../read/index.ts';
import { type Addresses, commonAround, isWithin, lookUp, namesFrom, outwards } from './addresses.ts';

const special = ['next', 'here'] as const;

/**
 * What a target means in the state `from`: the nearest state of that name outwards, the decision of the nearest
 * obligations, the return to where a state was. Null when it means nothing; the issue says so.
 */
export function resolveTarget(
  node: ScalarNode,
  from: string,
  addresses: Addresses,
  path: string,
  issues: Issue[],
): Target | null {
  const name = String(node.value);
  const scope = node.scope ?? from;
  if (name === 'here') return { kind: 'here' };
  if (name === 'next') {
    const address = outwards(scope).find((around) => addresses.nodes.get(around)?.entries.has('obligations'));
    if (address !== undefined) return { kind: 'next', address };
    issues.push(issueAt(node.origin, 'next-without-obligations', {}, { path }));
    return null;
  }
  if (name === 'onward' || name.startsWith('exit.')) {
    issues.push(issueAt(node.origin, name === 'onward' ? 'onward-outside' : 'exit-outside', { name }, { path }));
    return null;
  }
  if (name.endsWith('.back')) {
    const address = lookUp(addresses, name.slice(0, -'.back'.length), scope);
    if (address !== null) return { kind: 'back', address };
  }
  const address = lookUp(addresses, name, scope);
  if (address === null) {
    const proposal = suggest(name, [...namesFrom(addresses, scope), ...special]);
    issues.push(issueAt(node.origin, 'unknown-state', { name, from: from === '' ? '根' : from }, { path, proposal }));
    return null;
  }
  const around = commonAround(from, address);
  if (around !== from && around !== address && addresses.nodes.get(around)?.entries.has('regions') === true) {
    issues.push(issueAt(node.origin, 'other-region', { name: address }, { path }));
    return null;
  }
  return { kind: 'state', address, again: isWithin(from, address) };
}
