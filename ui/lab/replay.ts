import {
  type Calendar,
  type Definition,
  runScenario,
  type Scenario,
  type ScenarioFailure,
} from '../../engine/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Moment } from './session.ts';

/**
 * A scenario file as the tester's own play: each step that changed the case or the time is a moment
 * that can be undone. Where a
 * step goes otherwise than written, the last moment is the one at which that was seen.
 */
export function replay(
  definition: Definition,
  calendar: Calendar,
  scenario: Scenario,
): { readonly moments: readonly Moment[]; readonly failure: ScenarioFailure | null } {
  const { moments: sessions, session, failure } = runScenario(definition, scenario, { calendar });
  const steps = scenario.steps as readonly unknown[] as readonly JsonObject[];
  const all = session === null || sessions.at(-1) === session ? sessions : [...sessions, session];
  const moments: Moment[] = [];
  for (const [index, each] of all.entries()) {
    const before = moments.at(-1)?.session;
    if (each.state !== before?.state || each.now !== before.now)
      moments.push({ session: each, steps: steps.slice(0, index) });
  }
  return { moments, failure };
}
