import {
  descend,
  get,
  listed,
  type MapNode,
  mapOf,
  type Node,
  plain,
  type ScalarNode,
  suggest,
  text,
  withKey,
} from '../../read/index.ts';
import { addressesOf, idOf, parentOf } from '../addresses.ts';
import { branchesOf, fromBranches, mapTransitions, scoped, substitute } from '../transitions.ts';
import { pathOfState, transitionAt } from './address.ts';
import { agrees, type Fail, missing } from './change.ts';
import { fits } from './fits.ts';
import { replaceAt } from './replace.ts';
import { addTimer, timerAt } from './timer.ts';

const declared = [
  ...['facts', 'counters', 'records', 'people', 'secrets', 'events', 'notices', 'tables', 'stages', 'roles'],
  ...['reservations', 'lists'],
];

/** `add: <new address>` with `on: <transition>`: a state standing on it; without: a new declared part, deadline or reminder. */
export function add(workflow: MapNode, change: Node, fail: Fail): MapNode {
  const on = get(change, 'on');
  return on === undefined ? addPart(workflow, change, fail) : addState(workflow, change, on, fail);
}

function addPart(workflow: MapNode, change: Node, fail: Fail): MapNode {
  const at = get(change, 'add')!;
  const address = text(at) ?? '';
  const is = get(change, 'is');
  const timer = timerAt(workflow, address);
  if (timer !== null) return addTimer(workflow, change, timer, fail);
  const [head, id, ...rest] = address.split('.');
  if (head === 'forms' && id !== undefined && rest.length === 0) {
    const forms = get(workflow, 'forms');
    const item: ScalarNode = { kind: 'scalar', value: id, origin: at.origin };
    return withKey(workflow, 'forms', { kind: 'list', items: [...listed(forms), item], origin: at.origin }, at.origin);
  }
  if (addressesOf(workflow).nodes.has(head ?? '')) {
    fail('change-unclear', at, { rule: 'add 一个状态要写 on：它站在哪个转移上' });
    return workflow;
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
  if (!fits(workflow, [head, id], is, fail)) return workflow;
  return withKey(workflow, head, withKey(map, id, is, at.origin), at.origin);
}

function addState(workflow: MapNode, change: Node, on: Node, fail: Fail): MapNode {
  const at = get(change, 'add')!;
  const address = text(at) ?? '';
  const is = get(change, 'is');
  if (is?.kind !== 'map') {
    fail('change-unclear', at, { rule: 'add 要有 is' });
    return workflow;
  }
  const found = transitionAt(workflow, text(on) ?? '');
  if (found === null) return missing(workflow, on, text(on) ?? '', fail);
  const parent = parentOf(address) ?? '';
  const id = idOf(address);
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
    const known = moving.map((i) => text(get(branches[i], 'id')) ?? text(get(branches[i], 'to')) ?? '');
    const proposal = known[0] === undefined ? undefined : `${text(on)}.${known[0]}`;
    fail('change-branch', on, { address: text(on), known: known.join('、') }, proposal);
    return workflow;
  }
  if (!agrees(change, plain(found.branch === null ? whole : listed(whole)[index]!), on, text(on) ?? '', fail))
    return workflow;
  if (!fits(workflow, ['states', id], is, fail)) return workflow;
  // Words stay on the first half; `onward` is where it went, in the words of the state that it left.
  const onward = scoped(to, found.state);
  const state = mapTransitions(is, (transition) => substitute(transition, 'onward', onward));
  const target: ScalarNode = { kind: 'scalar', value: id, origin: at.origin, scope: parent };
  const rerouted = branches.map((one, i) => (i === index ? withKey(one, 'to', target) : one));
  const moved = replaceAt(workflow, found.path, fromBranches(rerouted, whole.origin)) as MapNode;
  const path = [...pathOfState(moved, parent)!, 'states'];
  const children = descend(moved, path) as MapNode;
  return replaceAt(moved, path, withKey(children, id, state, at.origin)) as MapNode;
}
