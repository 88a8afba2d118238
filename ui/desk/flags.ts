import type { OfferView } from '../../engine/contract/view.ts';
import { fieldsOf } from '../../engine/forms/live.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';

/** A flagged field: chosen reasons of the library and a sentence of one's own. */
export interface Flag {
  /** `<form>.<field>`. */
  readonly field: string;
  readonly reasons: readonly string[];
  readonly note: string;
}

/** The offer whose dialogue is filled by flagging fields, with the name of that list in its form. */
export interface FlagOffer {
  readonly offer: OfferView;
  readonly form: string;
  readonly list: string;
  readonly max: number;
}

export function flagOfferOf(
  offers: readonly OfferView[],
  forms: { readonly [form: string]: FormSchema },
): FlagOffer | null {
  for (const offer of offers) {
    const schema = offer.form === undefined ? undefined : forms[offer.form];
    const field = schema && fieldsOf(schema).find((one) => one.kind === 'flags');
    if (offer.form === undefined || !field) continue;
    const { maxItems } = field.schema;
    return { offer, form: offer.form, list: field.name, max: typeof maxItems === 'number' ? maxItems : 100 };
  }
  return null;
}

/** The flags that its dialogue starts with: what was said before stands in the reviewer's own words. */
export function flagsAtFirst(offered: FlagOffer | null): readonly Flag[] {
  const given = offered?.offer.formValues?.[offered.list];
  return (Array.isArray(given) ? given : []).flatMap((one) => {
    const flag = asObject(one);
    return typeof flag?.field === 'string' ? [{ field: flag.field, reasons: [], note: String(flag.reason ?? '') }] : [];
  });
}

export function toggled(flags: readonly Flag[], field: string): readonly Flag[] {
  if (flags.some((flag) => flag.field === field)) return flags.filter((flag) => flag.field !== field);
  return [...flags, { field, reasons: [], note: '' }];
}

export function reasonOf(flag: Flag): string {
  return [...flag.reasons, flag.note.trim()].filter((text) => text !== '').join('，');
}

/** What is sent: `[{ field, reason }]`. */
export function flagValues(flags: readonly Flag[]): JsonObject[] {
  return flags.map((flag) => ({ field: flag.field, reason: reasonOf(flag) }));
}

/** Proposals for a field from the content `reasons` (`fields: { <form>.<field>: […] }`, `general: […]`), the nearest first. */
export function reasonsFor(content: JsonObject | undefined, field: string): readonly string[] {
  const fields = asObject(content?.fields);
  const [form = ''] = field.split('.', 1);
  return [...new Set([fields?.[field], fields?.[form], content?.general].flatMap(textsOf))];
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
