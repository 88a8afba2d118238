import { outwards } from '../compose/addresses.ts';
import type { Chart } from '../model/composed.ts';

/** The innermost region that a state is in; the root where there are none. */
export function regionOf(chart: Chart, address: string): string {
  for (const around of outwards(address)) {
    const parent = chart.states[around]?.parent;
    if (parent !== null && parent !== undefined && chart.states[parent]?.kind === 'parallel') return around;
  }
  return '';
}

/** Both can be active at once, and neither is around the other: the state where their ways part is parallel. */
export function together(chart: Chart, a: string, b: string): boolean {
  const around = outwards(a).find((address) => address === b || address === '' || b.startsWith(`${address}.`));
  return around !== undefined && around !== a && around !== b && chart.states[around]?.kind === 'parallel';
}
