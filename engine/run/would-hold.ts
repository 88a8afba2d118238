import { offered } from '../forms/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { environmentFor } from './calendar.ts';
import { atOf, configurationOf, historyOf } from './configuration.ts';
import { formContext, formOf } from './forms.ts';
import { heldBy } from './held.ts';
import { scopeOf } from './scope.ts';
import { worldOf } from './world.ts';

/** A choice of a field, and the key of a reservation that the case would hold with it. */
export interface WouldHold {
  readonly choice: string;
  readonly key: string;
  readonly places: number;
}

/**
 * For each choice of a field with `x-places`: what the case would hold if the form said that. Choices that do not make up a
 * key yet (another field is still empty) are left out.
 */
export function wouldHold(
  definition: Definition,
  state: CaseState,
  { form: id, field: name, values }: { readonly form: string; readonly field: string; readonly values: JsonObject },
  given: Environment,
): readonly WouldHold[] {
  const form = formOf(definition, id);
  const field = form?.field(name);
  if (form === null || field == null || field.places === null) return [];
  const reservation = field.places;
  const world = worldOf(state, historyOf(state), { event: {}, actor: state.owner }, environmentFor(definition, given));
  const at = atOf(configurationOf(state.active));
  return offered(field, formContext(definition, world, id)).flatMap(({ value: choice }) => {
    const forms = { ...state.forms, [id]: { ...values, [name]: choice } };
    const { reservations, places } = heldBy(definition, scopeOf(definition, { ...world, forms }, at));
    const key = reservations[reservation];
    return key === undefined ? [] : [{ choice: String(choice), key, places: places?.[reservation] ?? 1 }];
  });
}
