import type { Chart, ChartState, Obligation, Target } from '../../model/composed.ts';
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
import { withoutNotice } from './notice.ts';
import { replaceAt } from './replace.ts';

/** A state to be taken out once names are resolved. */
export interface Removal {
  readonly address: string;
  /** A state, or what a state's obligations ask for next. */
  readonly reconnect: Extract<Target, { kind: 'state' | 'next' }>;
  readonly node: Node;
}

/** `remove: <address>`; states need `reconnect`: a state or `<state>.next`. They are taken out when names are resolved. */
export function remove(workflow: MapNode, change: Node, fail: Fail, removals: Removal[]): MapNode {
  const at = get(change, 'remove')!;
  const address = text(at) ?? '';
  const state = addressesOf(workflow).nodes.get(address);
  if (state !== undefined && address !== '') {
    const reconnect = get(change, 'reconnect');
    if (reconnect === undefined) fail('change-unclear', at, { rule: 'remove 一个状态要有 reconnect' });
    else if (agrees(change, plain(state), at, address, fail)) {
      const target = reconnectOf(workflow, text(reconnect) ?? '');
      if (target !== null) removals.push({ address, reconnect: target, node: at });
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
  if (path.length === 2 && path[0] === 'notices')
    return withoutNotice(replaceAt(workflow, path, undefined) as MapNode, path[1]!);
  const parent = path.at(-2);
  if (['on', 'remind', 'after'].includes(parent ?? '')) return replaceAt(workflow, path, undefined) as MapNode;
  fail('change-not-settable', at, { address });
  return workflow;
}

function reconnectOf(workflow: MapNode, written: string): Removal['reconnect'] | null {
  const { nodes } = addressesOf(workflow);
  if (written !== '' && nodes.has(written)) return { kind: 'state', address: written, again: false };
  const address = written.endsWith('.next') ? written.slice(0, -'.next'.length) : null;
  return address !== null && get(nodes.get(address), 'obligations') !== undefined ? { kind: 'next', address } : null;
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
    const { reconnect } = removal;
    if (gone(reconnect.address)) {
      issues.push(issueAt(removal.node.origin, 'change-address', { address: reconnect.address }));
      continue;
    }
    const retarget = (target: Target): Target => (target.kind !== 'here' && gone(target.address) ? reconnect : target);
    const states: { [address: string]: ChartState } = {};
    for (const state of Object.values(next.states)) {
      if (gone(state.address)) continue;
      const moved = JSON.parse(JSON.stringify(state), (key, value) =>
        key === 'to' && typeof value === 'object' ? retarget(value as Target) : value,
      ) as ChartState;
      const start = state.start !== null && gone(state.start) ? reconnect.address : state.start;
      states[state.address] = {
        ...moved,
        children: state.children.filter((child) => !gone(child)),
        start:
          start === null || parentOf(start) === state.address
            ? start
            : (state.children.find((child) => !gone(child)) ?? null),
        obligations: obligationsWithout(state.obligations, gone, removal, issues),
      };
    }
    next = { states };
  }
  return next;
}

/** What led to the removed state leads to the other one; where the next obligation is that one, it falls away. */
function obligationsWithout(
  obligations: readonly Obligation[],
  gone: (address: string) => boolean,
  { reconnect, node }: Removal,
  issues: Issue[],
): readonly Obligation[] {
  if (reconnect.kind === 'state')
    return obligations.map((one) => (gone(one.go) ? { ...one, go: reconnect.address } : one));
  const last = obligations.at(-1);
  // Behind the last one there is no next.
  if (last !== undefined && gone(last.go))
    issues.push(issueAt(node.origin, 'change-address', { address: `${reconnect.address}.next` }));
  return obligations.filter((one) => one === last || !gone(one.go));
}
