import { smallest } from '../../../engine/forms/live.ts';
import type { Tables } from '../../../engine/forms/types.ts';
import { uncompiledForm } from '../../../engine/forms/uncompiled.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { locale } from '../../app/texts/index.ts';

interface Around {
  readonly settings: JsonObject;
  readonly tables: Tables;
  /** Epoch ms. */
  readonly now: number;
}

/** A case as it might be: each form filled in as shortly as it may be, one after the other. */
export function sampleForms(
  forms: { readonly [form: string]: FormSchema },
  { settings, tables, now }: Around,
): { readonly [form: string]: JsonObject } {
  const values: { [form: string]: JsonObject } = Object.fromEntries(Object.keys(forms).map((id) => [id, {}]));
  for (const [id, schema] of Object.entries(forms)) {
    try {
      values[id] = smallest(uncompiledForm(id, schema), { forms: values, settings, tables, locale: locale(), now });
    } catch {
      // What is no form yet says nothing; the check tells why.
    }
  }
  return values;
}
