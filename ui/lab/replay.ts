import { type Calendar, type Definition, runScenario, type Scenario } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { LabEvent, Moment } from './session.ts';

/**
 * A scenario file as the tester's own play: each step that changed the case or the time is a moment
 * that can be undone. Where a
 * step goes otherwise than written, the last moment is the one at which that was seen.
 */
export function replayed(
  definition: Definition,
  calendar: Calendar,
  scenario: Scenario,
): Pick<Extract<LabEvent, { type: 'replay' }>, 'moments' | 'failure' | 'start' | 'story'> {
  const { moments: sessions, session, failure } = runScenario(definition, scenario, { calendar });
  const steps = scenario.steps as readonly unknown[] as readonly JsonObject[];
  const all = session === null || sessions.at(-1) === session ? sessions : [...sessions, session];
  const moments: Moment[] = [];
  for (const [index, each] of all.entries()) {
    const before = moments.at(-1)?.session;
    if (each.state !== before?.state || each.now !== before.now)
      moments.push({ session: each, steps: steps.slice(0, index) });
  }
  // What went wrong by itself stands on the page, with the law's name.
  const other = (session?.incidents ?? []).length > 0 ? null : failure;
  return { moments, failure: other, story: scenario.scenario, ...(scenario.now ? { start: scenario.now } : {}) };
}
