import type { Definition } from '../model/definition.ts';

/** What these states mean for a case: `reached` with a goal among them, `ended` with another end of a region that has a goal. */
export function endAmong(
  { declared, chart }: Pick<Definition, 'declared' | 'chart'>,
  addresses: readonly string[],
): 'reached' | 'ended' | null {
  if (addresses.some((address) => declared.goals.includes(address))) return 'reached';
  const regions = new Set(declared.goals.map((goal) => goal.split('.', 1)[0]));
  const isEnd = (address: string): boolean =>
    chart.states[address]?.kind === 'final' && regions.has(address.split('.', 1)[0]);
  return addresses.some(isEnd) ? 'ended' : null;
}
