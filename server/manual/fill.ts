import type { Page } from 'playwright-core';
import { type CompiledForm, type Field, type FormContext, innerContext, offered } from '../../engine/forms/index.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { queriesFor } from './values.ts';

/** A form on a page: its own, or the part of a group or a list, whose controls carry the name of the part. */
interface Place {
  readonly page: Page;
  /** Of the form's or the part's store. */
  readonly id: string;
}

/**
 * Types and chooses what is wanted, as a person does, in the order of the form. Files are not chosen here.
 * @param values what the page holds already @param wanted what it should hold
 */
export async function fillForm(
  place: Place,
  form: CompiledForm,
  values: JsonObject,
  wanted: JsonObject,
  context: FormContext,
): Promise<void> {
  const offers = { ...context, forms: { ...context.forms, [form.id]: wanted } };
  for (const field of form.fields) {
    const value = wanted[field.name];
    if (value === undefined || value === null || field.compute !== null || field.file !== null) continue;
    if (JSON.stringify(value) === JSON.stringify(values[field.name])) continue;
    await fillField(place, form, field, value, offers, wanted);
  }
}

async function fillField(
  place: Place,
  form: CompiledForm,
  field: Field,
  value: Json,
  context: FormContext,
  around: JsonObject,
): Promise<void> {
  const { page, id } = place;
  const at = (index: number | null = null) =>
    page.locator(`[id="f-${id}-${field.name}${index === null || index === 0 ? '' : `-${index}`}"]`);
  const control = at();
  const indexOf = (one: Json) => offered(field, context).findIndex((option) => option.value === one);
  switch (field.kind) {
    case 'radio':
      await at(indexOf(value)).check();
      return;
    case 'choices':
      for (const one of Array.isArray(value) ? value : []) await at(indexOf(one)).check();
      return;
    case 'select':
      await control.selectOption(String(indexOf(value)));
      return;
    case 'cascade':
      await control.locator(`option[value="${String(value)}"]`).waitFor({ state: 'attached' });
      await control.selectOption(String(value));
      return;
    case 'search':
      await search(place, field, String(value));
      return;
    case 'checkbox':
    case 'agreement':
      await control.setChecked(value !== false);
      return;
    case 'money':
      await control.fill((Number(value) / 100).toFixed(2));
      return;
    case 'group':
    case 'dateRange':
    case 'list':
      await fillParts(place, field, value, innerContext(form, field, around, context));
      return;
    case 'flags':
    case 'readonly':
    case 'summary':
    case 'qr':
    case 'file':
      return;
    default:
      await control.fill(String(value));
  }
}

async function fillParts(place: Place, field: Field, value: Json, context: FormContext): Promise<void> {
  const { inner } = field;
  if (inner === null) return;
  const { page, id } = place;
  const entries = inner.kind === 'group' ? [value] : Array.isArray(value) ? value : [];
  for (const [index, entry] of entries.entries()) {
    const part = inner.kind === 'group' ? `${id}.${field.name}` : `${id}.${field.name}.${index}`;
    const there = page.locator(`[id="f-${id}-${field.name}-entry-${index}"]`);
    if (inner.kind === 'list' && (await there.count()) === 0)
      await page.locator(`[id="f-${id}-${field.name}"] > button`).click();
    const values = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry : { value: entry };
    await fillForm({ page, id: part }, inner.form, {}, values, context);
  }
}

/** A list that is too long to show: a part is typed, and what is wanted, or else the first, is chosen. */
async function search({ page, id }: Place, field: Field, value: string): Promise<void> {
  const control = page.locator(`[id="f-${id}-${field.name}"]`);
  const [query = value.slice(0, 2)] = queriesFor(field);
  await control.fill(query);
  const options = page.locator('.fv-options:not([hidden]) [role=option]');
  await options.first().waitFor();
  const wanted = options.filter({ hasText: value });
  await ((await wanted.count()) > 0 ? wanted : options).first().click();
}
