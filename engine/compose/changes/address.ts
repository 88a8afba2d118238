import { descend, get, type MapNode, type Node, text } from '../../read/index.ts';
import { joined } from '../addresses.ts';
import { branchesOf } from '../transitions.ts';

/** Addresses as changes write them: of states, of their words, of transitions and branches, of declared parts. */

/** Keys that lead from the workflow to the state. */
export function pathOfState(workflow: MapNode, address: string): string[] | null {
  const path: string[] = [];
  let here: Node = workflow;
  for (const id of address === '' ? [] : address.split('.')) {
    const key = get(here, 'regions') === undefined ? 'states' : 'regions';
    const child = get(get(here, key), id);
    if (child === undefined) return null;
    path.push(key, id);
    here = child;
  }
  return path;
}

/** Keys that lead to an address: the longest state it begins with, then the state's own words; delays may hold dots. */
export function pathOf(workflow: MapNode, address: string): string[] | null {
  const parts = address.split('.');
  for (let length = parts.length; length >= 0; length--) {
    const state = pathOfState(workflow, parts.slice(0, length).join('.'));
    if (state === null) continue;
    const rest = walk(descend(workflow, state)!, parts.slice(length));
    if (rest !== null) return [...state, ...rest];
  }
  return null;
}

function walk(node: Node, parts: readonly string[]): string[] | null {
  if (parts.length === 0) return [];
  for (let length = 1; length <= parts.length; length++) {
    const key = parts.slice(0, length).join('.');
    const child = node.kind === 'list' ? node.items[Number(key)] : get(node, key);
    if (child === undefined) continue;
    const rest = walk(child, parts.slice(length));
    if (rest !== null) return [key, ...rest];
  }
  return null;
}

/** The transition at an address, and the branch where the address names one. */
export function transitionAt(
  workflow: MapNode,
  address: string,
): { path: string[]; branch: number | null; state: string } | null {
  const whole = pathOf(workflow, address);
  if (whole !== null && isTransition(whole)) return { path: whole, branch: null, state: stateOf(whole) };
  const parts = address.split('.');
  // A branch is named by its id or its target, which may hold dots.
  for (let length = parts.length - 1; length > 0; length--) {
    const path = pathOf(workflow, parts.slice(0, length).join('.'));
    if (path === null || !isTransition(path)) continue;
    const name = parts.slice(length).join('.');
    const branches = branchesOf(descend(workflow, path)!);
    const index = branches.findIndex((branch) => (text(get(branch, 'id')) ?? text(get(branch, 'to'))) === name);
    if (index >= 0) return { path, branch: branches.length === 1 ? null : index, state: stateOf(path) };
  }
  return null;
}

function isTransition(path: readonly string[]): boolean {
  return ['on', 'after', 'follow'].includes(path.at(-2) ?? '') || ['when', 'done'].includes(path.at(-1) ?? '');
}

/** Address of the state whose words a path ends in. */
export function stateOf(path: readonly string[]): string {
  let address = '';
  for (let index = 0; index + 1 < path.length && (path[index] === 'states' || path[index] === 'regions'); index += 2)
    address = joined(address, path[index + 1]!);
  return address;
}
