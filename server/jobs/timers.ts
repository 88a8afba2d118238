import type { Cases } from '../cases/cases.ts';
import { nextTimer } from '../cases/dues.ts';
import type { Clock } from '../clock.ts';
import { JobFailure } from './failure.ts';

/** More steps than this at one time is a definition that runs in a circle; the rest waits for the next round. */
const AT_ONCE = 100;

/** Fires what is due, in order of time, each in a step of its own. Late, never early, never lost. @throws JobFailure when one is refused */
export async function fireTimers(cases: Cases, clock: Clock, id: string): Promise<void> {
  for (let n = 0; n < AT_ONCE; n += 1) {
    const result = await cases.apply(id, (document) => {
      const next = nextTimer(document);
      if (!next || next.timer.due > clock.now()) return null;
      return { command: { kind: 'timer', timer: next.id, generation: next.timer.generation } };
    });
    if (result.kind === 'nothing') return;
    // The caller tries again later: the same timer is still due, and trying at once would never end.
    if (result.kind === 'refused') {
      throw new JobFailure(`a timer was refused: ${result.blockers.map(({ code }) => code).join(', ')}`);
    }
  }
  throw new JobFailure('timers fire without end');
}
