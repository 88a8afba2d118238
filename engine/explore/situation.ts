import { addressOf, timerEvent, timerId } from '../compile/names.ts';
import type { CaseState } from '../model/case.ts';
import type { Json } from '../model/json.ts';
import { leavesOf } from '../run/configuration.ts';
import type { Configuration } from './configurations.ts';
import { gaps, type Slot } from './slots.ts';
import type { Situation, Space } from './space.ts';

/** The searched state in which a real case is: what the search forgets is left out. Variables that are not followed are 0. */
export function situationOf(space: Space, state: CaseState): Situation {
  const stored = state.snapshot as unknown as {
    value: Json;
    historyValue: { [id: string]: readonly { id: string }[] };
  };
  const configuration = configurationOfAddresses(space, leavesOf(stored.value));
  const values = space.slots.map((slot) => valueIn(space, state, slot, stored.historyValue));
  return space.settled(configuration, values);
}

/** Leaves of regions that take no part are left out. */
function configurationOfAddresses(space: Space, leaves: readonly string[]): Configuration {
  return space.configurations.of(leaves.flatMap((address) => space.nodes.of.get(address)?.index ?? []));
}

function valueIn(
  space: Space,
  state: CaseState,
  slot: Slot,
  history: { readonly [id: string]: readonly { readonly id: string }[] },
): number {
  switch (slot.kind) {
    case 'fact':
      return state.facts[slot.name] === undefined ? 0 : 1;
    case 'counter':
      return slot.open ? 0 : Math.min(state.counters[slot.name]?.count ?? 0, slot.classes.at(-1) as number);
    case 'record':
      return slot.open ? 0 : Math.min(state.records[slot.name]?.length ?? 0, slot.classes.at(-1) as number);
    case 'gap': {
      const [more = '', less = ''] = slot.name.split(' ');
      const gap = Math.sign((state.records[more]?.length ?? 0) - (state.records[less]?.length ?? 0));
      return gaps.indexOf(gap as 0 | 1 | -1);
    }
    case 'signed':
      return state.people[slot.name] === undefined ? 0 : 1;
    case 'same': {
      const [one, two] = slot.name.split(' ').map((part) => state.people[part]);
      return one !== undefined && one === two ? 1 : 0;
    }
    case 'spent':
      return isSpent(space, state, slot.name) ? 1 : 0;
    case 'history': {
      const nodes = Object.entries(history).find(([id]) => addressOf(id) === `${slot.name}.back`)?.[1];
      return nodes === undefined
        ? 0
        : configurationOfAddresses(
            space,
            nodes.map(({ id }) => addressOf(id)),
          ).id + 1;
    }
  }
}

function isSpent(space: Space, state: CaseState, name: string): boolean {
  if (name.startsWith('call.')) return state.calls[name.slice('call.'.length)]?.status === 'over';
  for (const { state: owner } of space.nodes.all)
    for (const deadline of owner?.after ?? []) {
      const id = timerId(owner?.address ?? '', 'after', deadline.key);
      if (timerEvent(id) !== name) continue;
      return state.timers[id] === undefined && !Object.values(state.parked).some((each) => id in each.timers);
    }
  return false;
}
