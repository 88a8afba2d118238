import type { CallState, CaseState, JournalEntry } from '../model/case.ts';
import type { Calendar } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import { environmentFor } from '../run/calendar.ts';
import { type Configuration, configurationOf, historyOf } from '../run/configuration.ts';
import { callInput } from '../run/effects.ts';
import { type World, worldOf } from '../run/world.ts';
import type { CallEffect, OpenCall, Session } from './session.ts';

export type { CallEffect } from './session.ts';

interface Asking {
  readonly definition: Definition;
  readonly state: CaseState;
  readonly world: World;
  readonly configuration: Configuration;
}

/** The call as it would be made now; null where the chart calls nobody there. */
export function callEffect(asking: Asking, call: string, known: CallState): CallEffect | null {
  const { definition, state, world, configuration } = asking;
  const node = definition.chart.states[call]?.call;
  if (node == null) return null;
  const { connector, operation, generation } = known;
  const { input } = callInput({ definition, world, configuration, secrets: { ...state.secrets } }, node.with);
  return { kind: 'call', key: `${state.id}:${state.revision}:${call}`, call, generation, connector, operation, input };
}

/** A stored case as a play, at the time of its last step: whoever it waits for may answer, and late answers may come. */
export function resume(
  definition: Definition,
  { state, journal }: { readonly state: CaseState; readonly journal: readonly JournalEntry[] },
  calendar: Calendar,
): Session {
  const env = environmentFor(definition, { now: state.updatedAt, calendar });
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const asking = { definition, state, world, configuration: configurationOf(state.active) };
  const made = Object.entries(state.calls).flatMap(([call, known]): (OpenCall & { waits: boolean })[] => {
    const effect = callEffect(asking, call, known);
    return effect === null ? [] : [{ ...effect, since: known.since, waits: known.status === 'waiting' }];
  });
  const calls = made.flatMap(({ waits, ...call }) => (waits ? [call] : []));
  const empty = { world: {}, notices: [], incidents: [], taken: [], restore: false };
  return {
    ...empty,
    ...env,
    definition,
    state,
    journal,
    calls,
    made: made.map(({ waits: _, since: __, ...call }) => call),
  };
}
