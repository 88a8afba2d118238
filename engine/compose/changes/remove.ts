import type { Chart, ChartState, Target } from '../../model/composed.ts';
import type { Issue } from '../../model/issue.ts';
import {
  descend,
  entries,
  get,
  issueAt,
  type MapNode,
  mapOf,
  type Node,
  plain,
  text,
  withKey,
} from '../../read/index.ts';
import { addressesOf, isWithin, parentOf } from '../addresses.ts';
import { pathOf } from './address.ts';
import { agrees, type Fail, missing } from './change.ts';
import { replaceAt } from './replace.ts';

/** A state to be taken out once names are resolved. */
export interface Removal {
  readonly address: string;
  readonly reconnect: string;
  readonly node: Node;
}

/** `remove: <address>`; states need `reconnect`, and are taken out when names are resolved. */
export function remove(workflow: MapNode, change: Node, fail: Fail, removals: Removal[]): MapNode {
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
