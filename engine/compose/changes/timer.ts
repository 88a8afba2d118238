import { descend, get, type MapNode, mapOf, type Node, text, withKey } from '../../read/index.ts';
import { addressesOf } from '../addresses.ts';
import { pathOfState } from './address.ts';
import { type Fail, missing } from './change.ts';
import { fitsStill } from './fits.ts';
import { replaceAt } from './replace.ts';

interface Timer {
  readonly state: string;
  readonly kind: 'after' | 'remind';
  /** May hold dots: `settings.draftTtl`. */
  readonly delay: string;
}

/** `<state>.after.<delay>` or `<state>.remind.<delay>`, the state known or not; null for every other address. */
export function timerAt(workflow: MapNode, address: string): Timer | null {
  const { nodes } = addressesOf(workflow);
  const timers = [...address.matchAll(/\.(after|remind)\./g)].map(
    ({ 0: word, 1: kind, index }): Timer => ({
      state: address.slice(0, index),
      kind: kind as Timer['kind'],
      delay: address.slice(index + word.length),
    }),
  );
  return timers.find(({ state }) => nodes.has(state)) ?? timers[0] ?? null;
}

/** `add: <state>.after.<delay>`, `is: <transition>`; `add: <state>.remind.<delay>`, `is: <notice>`. */
export function addTimer(workflow: MapNode, change: Node, { state, kind, delay }: Timer, fail: Fail): MapNode {
  const at = get(change, 'add')!;
  const is = get(change, 'is');
  const path = pathOfState(workflow, state);
  if (path === null) return missing(workflow, at, state, fail);
  if (is === undefined) {
    fail('change-unclear', at, { rule: 'add 要有 is' });
    return workflow;
  }
  const before = descend(workflow, [...path, kind]);
  const timers = before?.kind === 'map' ? before : mapOf(at.origin, []);
  if (timers.entries.has(delay)) {
    // Another time for it, or it is taken out first.
    fail('change-exists', at, { address: text(at) }, `set: ${text(at)}`);
    return workflow;
  }
  const around = descend(workflow, path) as MapNode;
  const next = withKey(around, kind, withKey(timers, delay, is, at.origin), at.origin);
  const whole = path.length === 0 ? next : (replaceAt(workflow, path, next) as MapNode);
  return fitsStill(whole, [...path, kind, delay], fail) ? whole : workflow;
}
