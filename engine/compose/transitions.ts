import type { Origin } from '../model/definition.ts';
import { wordKeys } from '../model/words.ts';
import {
  type Entry,
  get,
  listed,
  type MapNode,
  mapOf,
  type Node,
  type ScalarNode,
  text,
  withKey,
} from '../read/index.ts';

/** Transitions as located data, before names are resolved: what fragments and changes work on. */

/** The branches of a transition in whatever short form it is written, each as a map. */
export function branchesOf(transition: Node): readonly MapNode[] {
  return listed(transition).map((node) => {
    if (node.kind === 'map') return node;
    return mapOf(node.origin, [['to', { key: node.origin, value: node }]]);
  });
}

/** The state with every transition of it and of everything below it changed; itself when all stay as they are. */
export function mapTransitions(state: MapNode, change: (transition: Node) => Node): MapNode {
  let next = state;
  for (const [key, entry] of state.entries) {
    const changed = mapPart(key, entry.value, change);
    if (changed !== entry.value) next = withKey(next, key, changed);
  }
  return next;
}

function mapPart(key: string, value: Node, change: (transition: Node) => Node): Node {
  switch (key) {
    case 'on':
    case 'after':
    case 'follow':
    case 'exits':
      return eachValue(value, change);
    case 'when':
    case 'done':
      return change(value);
    case 'states':
    case 'regions':
      return eachValue(value, (child) => (child.kind === 'map' ? mapTransitions(child, change) : child));
    default:
      return value;
  }
}

/** The map with its values changed; itself when all stay as they are. */
export function eachValue(node: Node, change: (value: Node) => Node): Node {
  if (node.kind !== 'map') return node;
  let same = true;
  const next = new Map<string, Entry>();
  for (const [key, entry] of node.entries) {
    const value = change(entry.value);
    if (value !== entry.value) same = false;
    next.set(key, value === entry.value ? entry : { ...entry, value });
  }
  return same ? node : mapOf(node.origin, next);
}

/** A transition again from its branches; one branch stands alone. */
export function fromBranches(branches: readonly Node[], origin: Origin): Node {
  return branches.length === 1 ? branches[0]! : { kind: 'list', items: branches, origin };
}

/** The target, to be looked up from `scope` on: its children first, then outwards. */
export function scoped(target: ScalarNode, scope: string): ScalarNode {
  return target.scope === undefined ? { ...target, scope } : target;
}

/** Every target of the transition looked up from `scope`. */
export function scopeTransition(transition: Node, scope: string): Node {
  const branches = branchesOf(transition).map((branch) => {
    const to = get(branch, 'to');
    return to?.kind === 'scalar' ? withKey(branch, 'to', scoped(to, scope)) : branch;
  });
  return fromBranches(branches, transition.origin);
}

/**
 * Replaces the branches that go to `name` by those of `transition`: both conditions must hold, the words of the inner
 * side come first, then those of the outer. How `exit.x` becomes the host's transition and `onward` what it stood on.
 */
export function substitute(transition: Node, name: string, replacement: Node | undefined): Node {
  const branches = branchesOf(transition);
  if (!branches.some((branch) => text(get(branch, 'to')) === name)) return transition;
  const out: Node[] = [];
  for (const branch of branches) {
    if (text(get(branch, 'to')) !== name) out.push(branch);
    else if (replacement !== undefined)
      for (const outer of branchesOf(replacement)) out.push(joinBranches(branch, outer));
  }
  return fromBranches(out, transition.origin);
}

function joinBranches(inner: MapNode, outer: MapNode): MapNode {
  const refuse = get(outer, 'refuse');
  let joined = withKey(inner, 'to', get(outer, 'to'));
  const condition = bothHold(get(inner, 'if'), get(outer, 'if'));
  if (condition !== undefined) joined = withKey(joined, 'if', condition);
  for (const key of wordKeys) {
    const words = [...listed(get(inner, key)), ...listed(get(outer, key))];
    if (refuse !== undefined) joined = withKey(joined, key, undefined);
    else if (words.length > 0) joined = withKey(joined, key, { kind: 'list', items: words, origin: words[0]!.origin });
  }
  const id = get(outer, 'id');
  if (id !== undefined) joined = withKey(joined, 'id', id);
  const title = get(inner, 'title') ?? get(outer, 'title');
  if (title !== undefined) joined = withKey(joined, 'title', title);
  // What is refused does nothing, whatever the inner side would have said.
  return refuse === undefined ? joined : withKey(joined, 'refuse', refuse);
}

/** Two conditions as one; the place is that of the first. */
export function bothHold(one: Node | undefined, two: Node | undefined): Node | undefined {
  if (one === undefined) return two;
  if (two === undefined) return one;
  if (one.kind !== 'scalar' || two.kind !== 'scalar') return one;
  return { ...one, value: `(${String(one.value)}) && (${String(two.value)})` };
}
