import type { Json } from '../../model/json.ts';
import { descend, get, type MapNode, type Node, plain, withKey } from '../../read/index.ts';
import { branchesOf, fromBranches } from '../transitions.ts';
import { transitionAt } from './address.ts';
import { replaceAt } from './replace.ts';

/** The word that a transition, or one of its branches, gives a button. */
export interface Button {
  /** Keys of the transition. */
  readonly path: readonly string[];
  /** Index of the branch; null: all of them. */
  readonly branch: number | null;
  /**
   * What is said now, null for nothing. Branches that are called differently are a list; those that refuse speak only where
   * there is no other.
   */
  readonly said: Json;
  /** Where it is written; undefined where nothing is said. */
  readonly node: Node | undefined;
}

const word = '.title';

/** The button at `<transition>.title`, or `<transition>.<branch>.title`; null for every other address. */
export function buttonAt(workflow: MapNode, address: string): Button | null {
  if (!address.endsWith(word)) return null;
  const found = transitionAt(workflow, address.slice(0, -word.length));
  if (found === null || found.path.at(-2) !== 'on') return null;
  const all = branchesOf(descend(workflow, found.path)!);
  const meant = all.filter((_, index) => found.branch === null || found.branch === index);
  const going = meant.filter((branch) => get(branch, 'refuse') === undefined);
  const nodes = (going.length > 0 ? going : meant).map((branch) => get(branch, 'title'));
  const titles = nodes.map((node) => (node === undefined ? null : plain(node)));
  const said = titles.every((title) => title === titles[0]) ? (titles[0] ?? null) : titles;
  return { path: found.path, branch: found.branch, said, node: nodes.find((node) => node !== undefined) };
}

/** The workflow in which the button is called `is`. */
export function withButton(workflow: MapNode, { path, branch }: Button, is: Node): MapNode {
  const whole = descend(workflow, path)!;
  const branches = branchesOf(whole).map((one, index) =>
    branch === null || branch === index ? withKey(one, 'title', is) : one,
  );
  return replaceAt(workflow, path, fromBranches(branches, whole.origin)) as MapNode;
}
