import { transitions } from '../check/walk.ts';
import { isWithin, outwards } from '../compose/addresses.ts';
import type { Gone } from '../contract/edit.ts';
import type { Chart } from '../model/composed.ts';
import type { Ground } from './ground.ts';

/** Why a state that is written is not there in this project; null when it is. */
export function goneOf(ground: Ground, address: string): Gone | null {
  const { ground: given, composed, written } = ground.composition;
  const removal = given.removals.find((one) => isWithin(address, one.address));
  if (removal !== undefined) return { by: 'change', change: ground.changeAt(removal.node.origin) ?? '' };
  if (composed.chart.states[address] !== undefined) return null;
  // The outermost one that is gone is what the settings took away; all inside went with it.
  const outermost = outwards(address).filter((one) => composed.chart.states[one] === undefined);
  return { by: 'settings', settings: settingsThatLead(written, outermost.at(-1) ?? address) };
}

/** Settings that the ways into a state look at. */
function settingsThatLead(written: Chart, address: string): readonly string[] {
  const conditions: (string | null)[] = [];
  for (const { state, transition } of transitions(written)) {
    if (isWithin(state.address, address)) continue;
    for (const { to, if: condition } of transition.branches)
      if (to.kind === 'state' && isWithin(to.address, address)) conditions.push(condition);
  }
  for (const { obligations } of Object.values(written.states))
    for (const { go, if: condition } of obligations) if (isWithin(go, address)) conditions.push(condition);
  const names = conditions.flatMap((one) =>
    [...(one ?? '').matchAll(/\bsettings\.([A-Za-z]\w*)/g)].map(([, name]) => name!),
  );
  return [...new Set(names)];
}
