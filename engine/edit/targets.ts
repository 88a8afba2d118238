import { transitionsOfState } from '../check/walk.ts';
import { isWithin } from '../compose/addresses.ts';
import type { EditTarget } from '../contract/edit.ts';
import type { Chart, ChartState } from '../model/composed.ts';

/**
 * Where those can be led who came to a state: in the same region, where it leads itself, its neighbours, all others. The
 * obligations of what is around it come first where it leads on by them.
 */
export function targetsOf(
  chart: Chart,
  state: ChartState,
  titleOf: (address: string) => string,
): readonly EditTarget[] {
  const region = state.address.split('.')[0]!;
  const isRegion = chart.states['']?.kind === 'parallel';
  const others = Object.values(chart.states).filter(
    ({ address }) => address !== '' && !isWithin(address, state.address) && (!isRegion || isWithin(address, region)),
  );
  const leads = leadsOf(chart, state);
  const ranked = others.flatMap((other, index) => {
    const rank = leads.has(other.address)
      ? 1
      : isWithin(state.address, other.address)
        ? 4
        : other.parent === state.parent
          ? 2
          : 3;
    const target: EditTarget = { address: other.address, title: titleOf(other.address), kind: 'state', near: rank < 3 };
    const obliging = other.obligations.length > 0 && isWithin(state.address, other.address);
    if (!obliging) return [{ target, rank, index }];
    const next: EditTarget = {
      address: `${other.address}.next`,
      title: target.title,
      kind: 'next',
      near: true,
    };
    return [
      { target, rank, index },
      { target: next, rank: leads.has(next.address) ? 0 : 2, index },
    ];
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).map(({ target }) => target);
}

/** Where the state, or one inside it, leads. */
function leadsOf(chart: Chart, { address }: ChartState): ReadonlySet<string> {
  const leads = new Set<string>();
  for (const inner of Object.values(chart.states)) {
    if (!isWithin(inner.address, address)) continue;
    for (const { transition } of transitionsOfState(inner))
      for (const { to } of transition.branches)
        if (to.kind === 'state') leads.add(to.address);
        else if (to.kind === 'next') leads.add(`${to.address}.next`);
  }
  return leads;
}
