import type { Page } from 'playwright-core';
import type { CaseView, OfferView, SectionView, TaskView } from '../../engine/contract/view.ts';
import { type CompiledForm, type FormContext, settle } from '../../engine/forms/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Aim } from './camera.ts';
import { fillForm } from './fill.ts';
import { pause } from './hall.ts';
import type { Outside } from './outside.ts';
import { sampleFor } from './samples.ts';
import { contextAt, theForm, wantedValues } from './values.ts';
import type { Visitor } from './visitor.ts';

type FormSection = Extract<SectionView, { readonly kind: 'form' }>;

/** Reading a picture takes its time on a small machine, ms. */
const READING = 90_000;

/** Fills in what the hall asks, with the smallest valid data and the sandbox's invented papers. */
export class Filling {
  private readonly definition: Definition;
  private readonly outside: Outside;
  /** What was filled in so far, by form. */
  private readonly known: { [form: string]: JsonObject } = {};
  /** Samples that slots have had. */
  private readonly used = new Set<string>();

  private readonly seed: number;

  /** @param seed another number gives other numbers and names: one company has one open case */
  constructor(definition: Definition, outside: Outside, seed = 0) {
    this.seed = seed;
    this.definition = definition;
    this.outside = outside;
  }

  /** The forms of a task's page, and the dialogue that stands in it. @returns what is to be marked besides the button */
  async onPage(page: Page, own: Visitor, view: CaseView, task: TaskView, offer: OfferView): Promise<readonly Aim[]> {
    const aims: Aim[] = [];
    const edits = editsOf(task);
    for (const section of offer.saves === 'nothing' ? [] : edits)
      aims.push(...(await this.form(page, own, task, section)));
    const inline = page.locator('main .inline-dialogue');
    if (offer.form !== undefined && (await inline.count()) > 0)
      aims.push(...(await this.dialogue(page, own, view, task, offer)));
    if (edits.length > 0) await isSaved(page);
    const papers = page.locator('main .documents a');
    for (let index = 0; index < (await papers.count()); index++) {
      const at = papers.nth(index);
      aims.push({ text: (await at.getAttribute('aria-label')) ?? '', at });
    }
    return aims;
  }

  /** The form of a button's own dialogue. */
  async dialogue(page: Page, own: Visitor, view: CaseView, task: TaskView, offer: OfferView): Promise<readonly Aim[]> {
    if (offer.form === undefined) return [];
    const form = theForm(this.definition, offer.form);
    const context = contextAt(this.definition, task, this.known);
    const given = { ...offer.formValues, ...(await this.secrets(form, view)) };
    const wanted = await wantedValues(own, form, context, given);
    await fillForm({ page, id: form.id }, form, offer.formValues ?? {}, wanted, context);
    return [];
  }

  private async form(page: Page, own: Visitor, task: TaskView, section: FormSection) {
    const form = theForm(this.definition, section.form);
    const context = contextAt(this.definition, task, this.known);
    const { values, aims } = await this.files(page, form, section.values, context);
    const wanted = await wantedValues(own, form, context, values);
    await fillForm({ page, id: form.id }, form, values, wanted, context);
    this.known[form.id] = wanted;
    const ticked = form.fields.filter(({ agreements, name }) => agreements.length > 0 && wanted[name] !== undefined);
    const boxes = ticked.map(({ name, title }) => ({ text: `勾选“${title}”`, at: control(page, form.id, name) }));
    return [...aims, ...boxes];
  }

  /** Chooses a picture for every slot that is read or asked for. @returns the values with what was read */
  private async files(page: Page, form: CompiledForm, before: JsonObject, context: FormContext) {
    const aims: Aim[] = [];
    let values: JsonObject = before;
    const { visible, required } = settle(form, before, context);
    for (const field of form.fields) {
      if (field.file === null || !visible.has(field.name)) continue;
      if (field.ocr === null && !required.has(field.name)) continue;
      const { path, fills } = sampleFor(form, field, values, context, this.used);
      this.used.add(path.split('/').at(-1) ?? '');
      const slot = page.locator('.fv-slot').filter({ has: control(page, form.id, field.name) });
      await control(page, form.id, field.name).setInputFiles(path);
      await slot.locator('.fv-tag.is-ok, .fv-tag.is-doubtful').waitFor({ timeout: READING });
      if (Object.keys(fills).length > 0) await isRead(page, form.id, Object.keys(fills));
      values = { ...values, ...fills, [field.name]: UPLOADED };
      aims.push({ text: `上传“${field.title}”`, at: slot.locator('.fv-choose').last() });
    }
    return { values, aims };
  }

  /** What was sent to somebody by a way of its own, typed as it came. */
  private async secrets(form: CompiledForm, view: CaseView): Promise<JsonObject> {
    const typed: { [field: string]: Json } = {};
    for (const { name, secret } of form.fields)
      if (secret !== null) typed[name] = await this.outside.secret(secret, view.number);
    return typed;
  }

  /** The same for somebody whose page nobody sees here: forms and dialogue as they are sent. */
  async beside(visitor: Visitor, view: CaseView, task: TaskView, offer: OfferView) {
    const forms: { [form: string]: JsonObject } = {};
    for (const section of offer.saves === 'nothing' ? [] : editsOf(task)) {
      const form = theForm(this.definition, section.form);
      const context = contextAt(this.definition, task, { ...this.known, ...forms });
      forms[form.id] = await this.uploaded(visitor, view, form, section.values, context);
    }
    Object.assign(this.known, forms);
    if (offer.form === undefined) return { forms, data: null };
    const form = theForm(this.definition, offer.form);
    const given = { ...offer.formValues, ...(await this.secrets(form, view)) };
    const context = contextAt(this.definition, task, { ...this.known, ...forms });
    return { forms, data: await this.uploaded(visitor, view, form, given, context) };
  }

  private async uploaded(
    visitor: Visitor,
    view: CaseView,
    form: CompiledForm,
    given: JsonObject,
    context: FormContext,
  ): Promise<JsonObject> {
    const values = await wantedValues(visitor, form, context, given, this.seed);
    for (const field of form.fields) {
      if (field.file === null || values[field.name] === undefined || given[field.name] !== undefined) continue;
      const { path } = sampleFor(form, field, values, context, this.used);
      values[field.name] = { ...(await visitor.upload(view.id, form.id, field.name, path)) };
    }
    return values;
  }
}

/** Stands for a file that the page has and the walk need not know. */
const UPLOADED: JsonObject = { id: 'uploaded', name: '', size: 1, type: 'image/jpeg', sha256: '0'.repeat(64) };

function editsOf(task: TaskView): readonly FormSection[] {
  return task.sections.filter((section): section is FormSection => section.kind === 'form' && section.mode === 'edit');
}

function control(page: Page, form: string, field: string) {
  return page.locator(`[id="f-${form}-${field}"]`);
}

/** Every field that a picture fills in holds something. What cannot be read is typed afterwards, as a person would. */
async function isRead(page: Page, form: string, fields: readonly string[]): Promise<void> {
  const limit = Date.now() + READING;
  while (Date.now() < limit) {
    const values = await Promise.all(fields.map((field) => control(page, form, field).inputValue()));
    if (values.every((value) => value !== '')) return;
    await pause(250);
  }
}

async function isSaved(page: Page): Promise<void> {
  await page
    .locator('main .autosave svg')
    .waitFor({ timeout: 15_000 })
    .catch(() => undefined);
}
