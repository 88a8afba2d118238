import { pathOf } from '../compose/changes/address.ts';
import type { EditRemoval } from '../contract/edit.ts';
import type { ChartState } from '../model/composed.ts';
import { plain } from '../read/index.ts';
import { type Ground, hashOf } from './ground.ts';

/** How a state is taken out of the project: `reconnect` is still to be chosen. */
export function removalOfState(ground: Ground, state: ChartState, parent: ChartState | undefined): EditRemoval {
  const adder = ground.adder(state.address);
  if (adder?.state === state.address) return { kind: 'takeBack', change: adder.change };
  if (adder !== null) return { kind: 'no', why: 'own' };
  if (parent === undefined || parent.kind === 'parallel') return { kind: 'no', why: 'region' };
  if (parent.children.length < 2) return { kind: 'no', why: 'only' };
  const node = ground.node(ground.pathOfState(state.address) ?? []);
  if (node === undefined) return { kind: 'no', why: 'gone' };
  return { kind: 'remove', remove: state.address, was: hashOf(plain(node)) };
}

/** An event that is heard, a deadline or a reminder of a state: the whole entry. */
export function removalOfEntry(ground: Ground, state: string, keys: readonly string[]): EditRemoval {
  if (ground.adder(state) !== null) return { kind: 'no', why: 'own' };
  const address = `${state}.${keys.slice(-2).join('.')}`;
  const node = ground.node(keys);
  if (node === undefined) return { kind: 'no', why: 'absent' };
  const change = ground.changeAt(node.origin);
  if (change !== null && ground.says(change, 'add', address)) return { kind: 'takeBack', change };
  if (pathOf(ground.now, address)?.join('\0') !== keys.join('\0')) return { kind: 'no', why: 'twice' };
  return { kind: 'remove', remove: address, was: hashOf(plain(node)) };
}
