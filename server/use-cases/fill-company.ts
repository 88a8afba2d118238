import type { Definition } from '../../engine/model/definition.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Context } from '../context.ts';
import { objectIn } from '../json.ts';
import { APPLICANT } from '../policies/roles.ts';

/**
 * Puts what is known of a company into the working copy of a case that is begun for it. Which fields that are, the hall's
 * content says (`company: { name: <form>.<field>, number: <form>.<field> }`); forms without them get nothing.
 */
export async function fillCompany(
  context: Context,
  definition: Definition,
  caseId: string,
  company: string,
): Promise<void> {
  const known = await context.companies.read(company);
  const places = objectIn(definition.content.hall?.company);
  const forms: { [form: string]: { [field: string]: Json } } = {};
  for (const [what, value] of Object.entries({ name: known?.name, number: known?.number })) {
    const [form = '', field = ''] = String(places[what] ?? '').split('.');
    if (value === undefined || definition.forms[form]?.properties[field] === undefined) continue;
    forms[form] = { ...forms[form], [field]: value };
  }
  if (Object.keys(forms).length > 0) await context.drafts.merge(caseId, APPLICANT, forms);
}
