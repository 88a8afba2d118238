import { once } from '../model/once.ts';
import { entries, get, type MapNode, type Node } from '../read/index.ts';

/** The tree of states by address: who is around whom, and what a name means from where. */
export interface Addresses {
  /** Address -> the state as it is written. `''` is the root. In document order, parents first. */
  readonly nodes: ReadonlyMap<string, MapNode>;
}

export const addressesOf = once((root: MapNode): Addresses => {
  const nodes = new Map<string, MapNode>();
  const visit = (node: MapNode, address: string) => {
    nodes.set(address, node);
    for (const [id, child] of childrenOf(node)) if (child.kind === 'map') visit(child, joined(address, id));
  };
  visit(root, '');
  return { nodes };
});

/** Children of a state, regions or states. */
export function childrenOf(state: Node): readonly (readonly [string, Node])[] {
  const children = get(state, 'regions') ?? get(state, 'states');
  return entries(children).map(([id, entry]) => [id, entry.value] as const);
}

export function joined(parent: string, id: string): string {
  return parent === '' ? id : `${parent}.${id}`;
}

/** Address of the state around it; null for the root. */
export function parentOf(address: string): string | null {
  if (address === '') return null;
  const dot = address.lastIndexOf('.');
  return dot < 0 ? '' : address.slice(0, dot);
}

export function idOf(address: string): string {
  return address.slice(address.lastIndexOf('.') + 1);
}

/** The state and all around it, the root last. */
export function outwards(address: string): string[] {
  const path = [address];
  for (let here = parentOf(address); here !== null; here = parentOf(here)) path.push(here);
  return path;
}

/** True when `inner` is `outer` or below it. */
export function isWithin(inner: string, outer: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}.`);
}

/** The nearest state that contains both. */
export function commonAround(a: string, b: string): string {
  return outwards(a).find((address) => isWithin(b, address)) ?? '';
}

/** What `name` means in the state `from`: among its children, then its parent's, and so on outwards. */
export function lookUp(addresses: Addresses, name: string, from: string): string | null {
  for (const scope of outwards(from)) {
    const address = joined(scope, name);
    if (addresses.nodes.has(address)) return address;
  }
  return null;
}

/** Every name by which a state can be reached from `from`, for proposals. */
export function namesFrom(addresses: Addresses, from: string): string[] {
  const names: string[] = [];
  for (const scope of outwards(from))
    for (const address of addresses.nodes.keys())
      if (address !== '' && isWithin(address, scope))
        names.push(scope === '' ? address : address.slice(scope.length + 1));
  return [...new Set(names.filter((name) => name !== ''))];
}
