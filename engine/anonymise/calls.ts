import type { CallState, CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import { askedOf } from '../run/asked.ts';
import { configurationOf, historyOf } from '../run/configuration.ts';
import { worldOf } from '../run/world.ts';
import { type CallEffect, callEffect } from '../simulate/resume.ts';

/** The calls with what they would be asked with now: what an answer has to repeat is fictional as well. */
export function askedNow(definition: Definition, state: CaseState, env: Environment): CaseState['calls'] {
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const configuration = configurationOf(state.active);
  return Object.fromEntries(
    Object.entries(state.calls).map(([call, known]): [string, CallState] => {
      const { asked, ...rest } = known;
      const effect: CallEffect | null = callEffect({ definition, state, world, configuration }, call, known);
      const again = asked === undefined || effect === null ? null : askedOf(definition, effect);
      return [call, again === null ? rest : { ...rest, asked: again }];
    }),
  );
}
