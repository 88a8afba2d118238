import { transitionsOfState } from '../check/walk.ts';
import { type Button, buttonAt } from '../compose/changes/button.ts';
import type { Can, EditButton, EditText } from '../contract/edit.ts';
import type { Branch, ChartState, Transition } from '../model/composed.ts';
import { own } from '../model/own.ts';
import { type Ground, hashOf } from './ground.ts';

/** The buttons of a state, with the word that it has for each, or the event's. */
export function buttonsOf(
  ground: Ground,
  state: ChartState,
  titleOf: (address: string) => string,
): readonly EditButton[] {
  const { declared } = ground.composition;
  return Object.entries(state.on).flatMap(([event, transition]) => {
    const known = own(declared.events, event);
    if (known?.by === undefined) return [];
    const { by } = known;
    const said = { value: known.title, ...ground.declared(['events', event, 'title']) };
    const also = othersWith(ground, state.address, event).map(titleOf);
    return branchesOf(transition).map(({ address, branch }): EditButton => {
      const button = buttonAt(ground.now, `${address}.title`);
      const here = hereOf(ground, state.address, address, button, said.value);
      const leads = branch === null ? null : leadsOf(branch, titleOf);
      return { event, address, by, leads, own: here.from !== null, here, everywhere: said, also: [...new Set(also)] };
    });
  });
}

/** All branches as one where they are called the same. */
function branchesOf({ address, branches }: Transition): readonly { address: string; branch: Branch | null }[] {
  const going = branches.filter(({ refuse }) => refuse === null);
  if (new Set(going.map(({ title }) => title)).size < 2) return [{ address, branch: null }];
  return going.map((branch) => ({ address: branch.address, branch }));
}

function leadsOf({ to }: Branch, titleOf: (address: string) => string): string {
  return to.kind === 'here' ? '' : titleOf(to.address);
}

function hereOf(ground: Ground, state: string, address: string, button: Button | null, title: string): EditText {
  const node = button?.node;
  const change = ground.changeAt(node?.origin);
  const value = typeof button?.said === 'string' ? button.said : title;
  return { value, from: node?.origin ?? null, change, can: canOf(ground, state, address, button, change) };
}

function canOf(ground: Ground, state: string, address: string, button: Button | null, change: string | null): Can {
  if (ground.adder(state) !== null) return { kind: 'no', why: 'own' };
  if (button === null) return { kind: 'no', why: 'twice' };
  if (change !== null && ground.says(change, 'set', `${address}.title`))
    return { kind: 'within', change, path: ['is'] };
  return { kind: 'set', set: `${address}.title`, was: hashOf(button.said) };
}

/** The other states that have the button under the event's own title. */
function othersWith({ composition }: Ground, state: string, event: string): readonly string[] {
  return Object.values(composition.composed.chart.states).flatMap((other) => {
    if (other.address === state) return [];
    const heard = transitionsOfState(other).find(({ kind, name }) => kind === 'on' && name === event);
    return heard?.transition.branches.some(({ title, refuse }) => title === null && refuse === null) === true
      ? [other.address]
      : [];
  });
}
