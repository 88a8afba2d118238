import { evaluateText, type Scope } from '../expressions/index.ts';
import type { ChartState } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import { once } from '../model/once.ts';
import type { Configuration } from './configuration.ts';
import { activeStates } from './configuration.ts';
import { truthOf } from './truth.ts';

/** Laws that do not hold in this configuration, as `law:<id>`. A law that cannot be evaluated is not kept. [RUN-18] */
export function brokenLaws(definition: Definition, configuration: Configuration, scope: Scope): string[] {
  const broken: string[] = [];
  let active: readonly ChartState[] | undefined;
  for (const [id, law] of lawsIn(definition.declared)) {
    if (law.offers === undefined) {
      if (law.at?.some((place) => place === 'case' || configuration.all.has(place)) === false) continue;
    } else {
      active ??= activeStates(definition, configuration);
      if (!isOffered(active, scope, law.offers)) continue;
    }
    const result = evaluateText(law.must, scope);
    if (result.kind !== 'value' || result.value !== true) broken.push(`law:${id}`);
  }
  return broken;
}

const lawsIn = once((declared: Definition['declared']) => Object.entries(declared.laws));

/** Some active state offers the event, or may do so when it is sent. */
function isOffered(active: readonly ChartState[], scope: Scope, event: string): boolean {
  return active.some((state) =>
    (state.on[event]?.branches ?? []).some(
      (branch) => branch.refuse === null && truthOf(branch.if, scope, ([root]) => root === 'event') !== 'no',
    ),
  );
}
