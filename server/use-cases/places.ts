import { wouldHold } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
import { findFillable, tasksOf, unknownPart } from './fillable.ts';
import { openCase } from './open-case.ts';

/**
 * How many places are left with each choice of a field, as far as the form makes up what they are places of. What the case
 * itself holds is free for it. @throws Fault not-found, not-fillable
 */
export async function placesLeft(
  context: Context,
  caller: Caller,
  id: string,
  asked: { readonly form: string; readonly field: string; readonly values: JsonObject },
): Promise<{ readonly left: { readonly [choice: string]: number } }> {
  const { document, definition, actor } = await openCase(context, caller, id);
  const { form, field } = asked;
  const schema = definition.forms[form];
  if (!schema || !findFillable(tasksOf(context, document, definition, actor), form))
    throw new Fault(409, 'not-fillable', { form: schema?.title ?? unknownPart });
  const reservation = schema.properties[field]?.['x-places'];
  const left: { [choice: string]: number } = {};
  if (typeof reservation !== 'string') return { left };
  for (const { choice, key, places } of wouldHold(definition, document.state, asked, context.cases.env())) {
    const holders = await context.reservations.holders(definition, reservation, key);
    left[choice] = Math.max(0, places - holders.filter((holder) => holder !== id).length);
  }
  return { left };
}
