import type { IssueCode } from '../errors/issues.ts';
import type { Chart, ChartState, Target } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import {
  descend,
  entries,
  get,
  issueAt,
  listed,
  type MapNode,
  mapOf,
  type Node,
  plain,
  type ScalarNode,
  shortHash,
  suggest,
  text,
  withKey,
} from '../read/index.ts';
import { addressesOf, isWithin, joined, parentOf } from './addresses.ts';
import { bothHold, branchesOf, fromBranches, mapTransitions, scoped, substitute } from './transitions.ts';

/** Named changes of a project (language, section 13.3), applied to the workflow with its fragments inlined. */

export interface Removal {
  readonly address: string;
  readonly reconnect: string;
  readonly node: Node;
}

export interface Changed {
  readonly workflow: MapNode;
  /** States to be taken out once names are resolved. */
  readonly removals: readonly Removal[];
  readonly issues: readonly Issue[];
}

const verbs = ['set', 'tighten', 'add', 'remove'] as const;
const declared = [
  'facts',
  'counters',
  'records',
  'people',
  'secrets',
  'events',
  'notices',
  'tables',
  'stages',
  'roles',
  'reservations',
];
/** What `set` may reach: words and times, not the shape of the process. */
const settable = new Set([
  'title',
  'label',
  'text',
  'look',
  'promise',
  'stage',
  'confirm',
  'taken',
  'refuse',
  'forms',
  'shows',
  'documents',
  'content',
  'valid',
]);

export function applyChanges(workflow: MapNode, changes: Node | undefined, laws: Node | undefined): Changed {
  const issues: Issue[] = [];
  const removals: Removal[] = [];
  let next = workflow;
  for (const [name, entry] of entries(changes)) {
    const change = entry.value;
    const said = verbs.filter((verb) => get(change, verb) !== undefined);
    const fail = (code: IssueCode, node: Node | undefined, params: { [name: string]: unknown }, proposal?: string) =>
      issues.push(issueAt(node?.origin ?? entry.key, code, params, { path: `changes.${name}`, proposal }));
    if (said.length !== 1) {
      fail('change-unclear', undefined, { rule: `写了 ${said.length} 个` });
      continue;
    }
    const verb = said[0]!;
    const apply = { set, tighten, add, remove }[verb];
    next = apply(next, change, fail, removals);
  }
  return { workflow: addLaws(next, laws, issues), removals, issues };
}

type Fail = (code: IssueCode, node: Node | undefined, params: { [name: string]: unknown }, proposal?: string) => void;

/** `set: <address>`, `is`. */
function set(workflow: MapNode, change: Node, fail: Fail): MapNode {
  const at = get(change, 'set')!;
  const address = text(at) ?? '';
  const is = get(change, 'is');
  const path = pathOf(workflow, address);
  if (path === null) return missing(workflow, at, address, fail);
  if (is === undefined) {
    fail('change-unclear', at, { rule: 'set 要有 is' });
    return workflow;
  }
  const inTable = path[0] === 'tables' && path[2] === 'is';
  const named =
    (path.length === 2 && ['stages', 'people'].includes(path[0]!)) ||
    (path.length === 3 && path[0] === 'notices' && ['to', 'by'].includes(path[2]!));
  const delay = ['after', 'remind'].includes(path.at(-2) ?? '') && is.kind === 'scalar' && !/[.]$/.test(address);
  if (delay) {
    // The delay is the name of the entry: its words are what was there before.
    if (!agrees(change, path.at(-1)!, at, address, fail)) return workflow;
    return replaceKey(workflow, path, String(is.value), is) as MapNode;
  }
  if (!inTable && !named && !settable.has(path.at(-1)!)) {
    fail('change-not-settable', at, { address });
    return workflow;
  }
  if (!agrees(change, plain(descend(workflow, path)!), at, address, fail)) return workflow;
  return replaceAt(workflow, path, is) as MapNode;
}

/** `tighten: <transition>`, `and`: a further condition on each branch; refusals stay as they are. */
function tighten(workflow: MapNode, change: Node, fail: Fail): MapNode {
  const at = get(change, 'tighten')!;
  const address = text(at) ?? '';
  const and = get(change, 'and');
  const found = transitionAt(workflow, address);
  if (found === null) return missing(workflow, at, address, fail);
  if (and === undefined) {
    fail('change-unclear', at, { rule: 'tighten 要有 and' });
    return workflow;
  }
  const whole = descend(workflow, found.path)!;
  const branches = branchesOf(whole);
  const basis = found.branch === null ? whole : listed(whole)[found.branch]!;
  if (!agrees(change, plain(basis), at, address, fail)) return workflow;
  const tightened = branches.map((branch, index) => {
    if (found.branch !== null && found.branch !== index) return branch;
    if (get(branch, 'refuse') !== undefined) return branch;
    return withKey(branch, 'if', bothHold(get(branch, 'if'), and), and.origin);
  });
  return replaceAt(workflow, found.path, fromBranches(tightened, whole.origin)) as MapNode;
}

/** `add: <new address>` with `on: <transition>`: a state standing on it; without: a new declared part. */
function add(workflow: MapNode, change: Node, fail: Fail): MapNode {
  const at = get(change, 'add')!;
  const address = text(at) ?? '';
  const is = get(change, 'is');
  const on = get(change, 'on');
  const [head, id, ...rest] = address.split('.');
  if (on === undefined) {
    if (head === 'forms' && id !== undefined && rest.length === 0) {
      const forms = get(workflow, 'forms');
      const item: ScalarNode = { kind: 'scalar', value: id, origin: at.origin };
      return withKey(
        workflow,
        'forms',
        { kind: 'list', items: [...listed(forms), item], origin: at.origin },
        at.origin,
      );
    }
    if (head === undefined || id === undefined || rest.length > 0 || !declared.includes(head)) {
      fail('change-address', at, { address }, suggest(head ?? '', declared));
      return workflow;
    }
    if (is === undefined) {
      fail('change-unclear', at, { rule: 'add 要有 is' });
      return workflow;
    }
    const part = get(workflow, head);
    const map = part?.kind === 'map' ? part : mapOf(at.origin, []);
    if (map.entries.has(id)) {
      fail('change-exists', at, { address });
      return workflow;
    }
    return withKey(workflow, head, withKey(map, id, is, at.origin), at.origin);
  }
  if (is?.kind !== 'map') {
    fail('change-unclear', at, { rule: 'add 要有 is' });
    return workflow;
  }
  const found = transitionAt(workflow, text(on) ?? '');
  if (found === null) return missing(workflow, on, text(on) ?? '', fail);
  const parent = parentOf(address) ?? '';
  const addresses = addressesOf(workflow);
  const around = addresses.nodes.get(parent);
  if (addresses.nodes.has(address)) {
    fail('change-exists', at, { address });
    return workflow;
  }
  if (around === undefined || get(around, 'states')?.kind !== 'map') return missing(workflow, at, parent, fail);
  const whole = descend(workflow, found.path)!;
  const branches = branchesOf(whole);
  const moving = branches.flatMap((branch, index) => (get(branch, 'to') === undefined ? [] : [index]));
  const index = found.branch ?? (moving.length === 1 ? moving[0]! : -1);
  const branch = branches[index];
  const to = branch === undefined ? undefined : get(branch, 'to');
  if (branch === undefined || to?.kind !== 'scalar') {
    fail('change-branch', on, { address: text(on), known: moving.map((i) => text(get(branches[i], 'to'))).join('、') });
    return workflow;
  }
  if (!agrees(change, plain(found.branch === null ? whole : listed(whole)[index]!), on, text(on) ?? '', fail))
    return workflow;
  // Words stay on the first half; `onward` is where it went, in the words of the state that it left.
  const onward = scoped(to, found.state);
  const state = mapTransitions(is, (transition) => substitute(transition, 'onward', onward));
  const target: ScalarNode = {
    kind: 'scalar',
    value: address.slice(parent === '' ? 0 : parent.length + 1),
    origin: at.origin,
    scope: parent,
  };
  const rerouted = branches.map((one, i) => (i === index ? withKey(one, 'to', target) : one));
  const moved = replaceAt(workflow, found.path, fromBranches(rerouted, whole.origin)) as MapNode;
  const path = [...pathOfState(moved, parent)!, 'states'];
  const children = descend(moved, path) as MapNode;
  return replaceAt(
    moved,
    path,
    withKey(children, address.slice(parent === '' ? 0 : parent.length + 1), state, at.origin),
  ) as MapNode;
}

/** `remove: <address>`; states need `reconnect`, and are taken out when names are resolved. */
function remove(workflow: MapNode, change: Node, fail: Fail, removals: Removal[]): MapNode {
  const at = get(change, 'remove')!;
  const address = text(at) ?? '';
  const state = addressesOf(workflow).nodes.get(address);
  if (state !== undefined && address !== '') {
    const reconnect = get(change, 'reconnect');
    if (reconnect === undefined) fail('change-unclear', at, { rule: 'remove 一个状态要有 reconnect' });
    else if (agrees(change, plain(state), at, address, fail)) {
      if (addressesOf(workflow).nodes.has(text(reconnect) ?? ''))
        removals.push({ address, reconnect: text(reconnect)!, node: at });
      else fail('change-address', reconnect, { address: text(reconnect) });
    }
    return workflow;
  }
  const path = pathOf(workflow, address);
  if (path === null) return missing(workflow, at, address, fail);
  if (!agrees(change, plain(descend(workflow, path)!), at, address, fail)) return workflow;
  if (path.length === 2 && path[0] === 'events') {
    const without = replaceAt(workflow, path, undefined) as MapNode;
    return dropEvent(without, path[1]!);
  }
  const parent = path.at(-2);
  if (['on', 'remind', 'after', 'notices'].includes(parent ?? ''))
    return replaceAt(workflow, path, undefined) as MapNode;
  fail('change-not-settable', at, { address });
  return workflow;
}

function dropEvent(state: MapNode, event: string): MapNode {
  let next = state;
  for (const key of ['on', 'follow']) {
    const heard = get(next, key);
    if (heard?.kind === 'map' && heard.entries.has(event)) next = withKey(next, key, withKey(heard, event, undefined));
  }
  for (const key of ['states', 'regions']) {
    const children = get(next, key);
    if (children?.kind !== 'map') continue;
    const mapped = entries(children).map(
      ([id, entry]) =>
        [id, entry.value.kind === 'map' ? { ...entry, value: dropEvent(entry.value, event) } : entry] as const,
    );
    next = withKey(next, key, mapOf(children.origin, mapped));
  }
  return next;
}

/** Laws are only added. */
function addLaws(workflow: MapNode, laws: Node | undefined, issues: Issue[]): MapNode {
  if (laws?.kind !== 'map') return workflow;
  const before = get(workflow, 'laws');
  let merged = before?.kind === 'map' ? before : mapOf(laws.origin, []);
  for (const [name, entry] of laws.entries) {
    if (merged.entries.has(name)) issues.push(issueAt(entry.key, 'law-exists', { name }));
    else merged = withKey(merged, name, entry.value, entry.key);
  }
  return withKey(workflow, 'laws', merged, laws.origin);
}

/** The chart without the removed states: whoever went there goes to the other one. */
export function removeStates(chart: Chart, removals: readonly Removal[], issues: Issue[]): Chart {
  let next = chart;
  for (const removal of removals) {
    const gone = (address: string) => isWithin(address, removal.address);
    if (gone(removal.reconnect)) {
      issues.push(issueAt(removal.node.origin, 'change-address', { address: removal.reconnect }));
      continue;
    }
    const retarget = (target: Target): Target =>
      target.kind !== 'here' && gone(target.address)
        ? { kind: 'state', address: removal.reconnect, again: false }
        : target;
    const states: { [address: string]: ChartState } = {};
    for (const state of Object.values(next.states)) {
      if (gone(state.address)) continue;
      const moved = JSON.parse(JSON.stringify(state), (key, value) =>
        key === 'to' && typeof value === 'object' ? retarget(value as Target) : value,
      ) as ChartState;
      const start = state.start !== null && gone(state.start) ? removal.reconnect : state.start;
      states[state.address] = {
        ...moved,
        children: state.children.filter((child) => !gone(child)),
        start:
          start === null || parentOf(start) === state.address
            ? start
            : (state.children.find((child) => !gone(child)) ?? null),
        obligations: state.obligations.map((obligation) =>
          gone(obligation.go) ? { ...obligation, go: removal.reconnect } : obligation,
        ),
      };
    }
    next = { states };
  }
  return next;
}

/** True when the change was written against what is there now. */
function agrees(change: Node, base: ReturnType<typeof plain>, at: Node, address: string, fail: Fail): boolean {
  const was = get(change, 'was');
  const hash = shortHash(base);
  if (was === undefined) fail('change-without-was', at, { address }, `was: ${/^\d+$/.test(hash) ? `"${hash}"` : hash}`);
  else if (text(was) !== hash) fail('change-conflict', was, { address }, hash);
  else return true;
  return false;
}

function missing(workflow: MapNode, at: Node, address: string, fail: Fail): MapNode {
  fail(
    'change-address',
    at,
    { address },
    suggest(
      address,
      [...addressesOf(workflow).nodes.keys()].filter((one) => one !== ''),
    ),
  );
  return workflow;
}

/** Keys that lead from the workflow to the state. */
function pathOfState(workflow: MapNode, address: string): string[] | null {
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
function pathOf(workflow: MapNode, address: string): string[] | null {
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
function transitionAt(
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
function stateOf(path: readonly string[]): string {
  let address = '';
  for (let index = 0; index + 1 < path.length && (path[index] === 'states' || path[index] === 'regions'); index += 2)
    address = joined(address, path[index + 1]!);
  return address;
}

function replaceAt(node: Node, path: readonly string[], value: Node | undefined): Node {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? node;
  if (node.kind === 'list') {
    const items = node.items.map((item, index) => (String(index) === key ? replaceAt(item, rest, value) : item));
    return { ...node, items };
  }
  if (node.kind !== 'map') return node;
  if (rest.length === 0) return withKey(node, key, value);
  const child = node.entries.get(key);
  return child === undefined ? node : withKey(node, key, replaceAt(child.value, rest, value));
}

/** Another name for an entry, at its place among its neighbours. */
function replaceKey(node: Node, path: readonly string[], name: string, by: Node): Node {
  const parent = descend(node, path.slice(0, -1));
  if (parent?.kind !== 'map') return node;
  const renamed = entries(parent).map(([key, entry]) =>
    key === path.at(-1) ? ([name, { ...entry, key: by.origin }] as const) : ([key, entry] as const),
  );
  return replaceAt(node, path.slice(0, -1), mapOf(parent.origin, renamed));
}
