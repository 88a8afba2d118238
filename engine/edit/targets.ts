import { transitionsOfState } from '../check/walk.ts';
import { isWithin } from '../compose/addresses.ts';
import type { EditPlace } from '../contract/edit.ts';
import type { Chart, ChartState } from '../model/composed.ts';

/** States of the same region to which those can be led who came to this one: where it leads itself, its neighbours, all. */
export function targetsOf(chart: Chart, state: ChartState, titleOf: (address: string) => string): EditPlace['targets'] {
  const region = state.address.split('.')[0]!;
  const isRegion = chart.states['']?.kind === 'parallel';
  const others = Object.values(chart.states).filter(
    ({ address }) =>
      address !== '' && !isWithin(address, state.address) && (!isRegion || address.startsWith(`${region}.`)),
  );
  const leads = transitionsOfState(state).flatMap(({ transition }) =>
    transition.branches.flatMap(({ to }) => (to.kind === 'state' ? [to.address] : [])),
  );
  const rank = ({ address, parent }: ChartState) =>
    leads.includes(address) ? 0 : isWithin(state.address, address) ? 3 : parent === state.parent ? 1 : 2;
  return others
    .map((other, index) => ({ other, index, rank: rank(other) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ other, rank: at }) => ({ address: other.address, title: titleOf(other.address), near: at < 2 }));
}
