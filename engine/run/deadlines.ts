import type { CaseState } from '../model/case.ts';
import { chainOf } from './configuration.ts';

/** The deadline that counts for a state: its own nearest, else that of the state around it. Epoch ms, or null. */
export function deadlineOf(timers: CaseState['timers'], state: string): number | null {
  const running = Object.values(timers).filter((timer) => timer.kind === 'after');
  if (running.length === 0) return null;
  for (const address of chainOf(state)) {
    const due = running.filter((timer) => timer.state === address).map((timer) => timer.due);
    if (due.length > 0) return Math.min(...due);
  }
  return null;
}
