import { outwards } from '../compose/addresses.ts';
import type { Can, EditDeadline, EditTarget } from '../contract/edit.ts';
import type { Chart, ChartState } from '../model/composed.ts';
import type { Ground } from './ground.ts';

/** Whether a state can have one more deadline, and where that may lead. */
export function deadlineOf(
  ground: Ground,
  chart: Chart,
  state: ChartState,
  targets: readonly EditTarget[],
): EditDeadline {
  // In a transition `next` is the nearest decision outwards: one further out cannot be said.
  const nearest = outwards(state.address).find((one) => (chart.states[one]?.obligations.length ?? 0) > 0);
  const led = targets.filter(({ kind, address }) => kind === 'state' || address === `${nearest ?? ''}.next`);
  return { can: canOf(ground, state), targets: led };
}

function canOf(ground: Ground, state: ChartState): Can {
  if (state.kind === 'final') return { kind: 'no', why: 'final' };
  if (state.kind === 'decision') return { kind: 'no', why: 'passing' };
  const path = ground.pathOfState(state.address);
  if (path === null) return { kind: 'no', why: 'gone' };
  // `was` is not asked of what is new.
  return ground.inside(state.address, [...path, 'after']) ?? { kind: 'set', set: state.address, was: '' };
}
