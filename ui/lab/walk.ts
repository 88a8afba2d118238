import { advanceTo, play, type Session, settleCalls } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { type Recorded, recorded, worldAgain } from './record.ts';
import type { Moment } from './session.ts';
import type { Arrival } from './travel.ts';

/**
 * The way that a search has found, played again step by step: each is a moment that can be undone, and a step of the scenario.
 * Null where it does not come to the same: then only its end can be taken over.
 */
export function walked(from: Moment, { session: arrived, world }: Arrival): readonly Moment[] | null {
  const before = from.session;
  const commands = (arrived.commands ?? []).slice(before.commands?.length ?? 0);
  const moments: Moment[] = [];
  let session: Session = { ...before, world, script: {} };
  const hasWorld = Object.keys(world).length > 0;
  let steps: readonly Recorded[] = hasWorld ? [...from.steps, { world: { ...world } as JsonObject }] : from.steps;
  session = settleCalls(session);
  for (const { command, at } of commands) {
    // What systems answer and what falls due comes by itself.
    if (command.kind === 'outcome') continue;
    const was = session;
    if (at > session.now) {
      const ms = at - session.now;
      session = advanceTo(session, at);
      steps = recorded(steps, { type: 'advance', ms }, was);
    }
    if (command.kind !== 'timer') {
      const played = play(session, command);
      if (played.kind === 'refused') return null;
      steps = recorded(steps, { type: 'do', command, title: '' }, session);
      session = settleCalls(played.session);
    }
    moments.push({ session, steps });
  }
  const last = moments.at(-1);
  if (last === undefined || last.session.state.active.join() !== arrived.state.active.join()) return null;
  // The runner keeps a world until it is told otherwise.
  return hasWorld
    ? [...moments.slice(0, -1), { ...last, steps: [...last.steps, worldAgain(before, Object.keys(world))] }]
    : moments;
}
