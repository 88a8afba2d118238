import { evaluateText } from '../expressions/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import { environmentFor } from '../run/calendar.ts';
import { atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';

/** How a task of an active state stands among others in a list. [XPL-6] */
export interface Standing {
  readonly state: string;
  /** Person who knows the case: it is first for them. */
  readonly prefer: string | null;
  /** It stands before others for everybody. */
  readonly first: boolean;
}

/** The open tasks of a case with what a list sorts them by. None when the case is over. */
export function standings(definition: Definition, state: CaseState, env: Environment): readonly Standing[] {
  if (state.over) return [];
  const configuration = configurationOf(state.active);
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, environmentFor(definition, env));
  const scope = scopeOf(definition, world, atOf(configuration));
  return [...configuration.all].flatMap((address) => {
    const task = definition.chart.states[address]?.task ?? null;
    if (task === null) return [];
    const prefer = task.prefer === null ? null : (state.people[task.prefer] ?? null);
    const first = task.first === null ? null : evaluateText(task.first, scope);
    return [{ state: address, prefer, first: first?.kind === 'value' && first.value === true }];
  });
}
