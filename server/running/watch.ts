import type { Definition } from '../../engine/model/definition.ts';
import type { IndexEntry, OpenWait } from '../cases/index-of-cases.ts';
import { APPLICANT } from '../policies/roles.ts';

const MINUTE = 60_000;
/** However fast the others were: nobody is told of a case that waits no longer than this. */
export const LEAST = 10 * MINUTE;
/** Word from outside that nobody has to send by a time. */
export const OUTSIDE = 24 * 60 * MINUTE;

/** From when on it may be that a case waits too long, so that somebody should look; null = what it waits for is never too long. */
export function watchFrom(
  { over, waits, promised }: Pick<IndexEntry, 'over' | 'waits' | 'promised'>,
  definition: Definition,
): number | null {
  if (over) return null;
  const from = (wait: OpenWait): number | null => {
    switch (wait.kind) {
      case 'task':
        return wait.part === APPLICANT ? null : (promised?.until ?? wait.since + LEAST);
      case 'call':
        return wait.since + LEAST;
      case 'time':
        return isNobodys(wait, waits, definition) ? wait.since + OUTSIDE : null;
    }
  };
  const times = waits.flatMap((wait) => from(wait) ?? []);
  return times.length === 0 ? null : Math.min(...times);
}

/** It waits for word from outside alone, and no deadline ends that. */
export function isNobodys(wait: OpenWait, waits: readonly OpenWait[], definition: Definition): boolean {
  return waits.length === 1 && wait.part === 'timer' && !hasDeadline(definition, wait.state);
}

function hasDeadline({ chart }: Definition, address: string): boolean {
  return Object.values(chart.states).some(
    (state) => state.after.length > 0 && (address === state.address || address.startsWith(`${state.address}.`)),
  );
}
