import { remoteFields, smallest } from '../../engine/forms/index.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { formContext, formOf } from '../../engine/run/forms.ts';
import { worldOf } from '../../engine/run/world.ts';
import type { Running } from '../../server/server.ts';
import { Client, JPEG, mineOf } from './server.ts';

/** What is uploaded into a field in place of a picture. */
export interface Uploads {
  readonly [field: string]: { readonly type: string; readonly bytes: Uint8Array };
}

/**
 * Fills in all forms of the caller's task with the smallest valid values and uploads a picture into every slot that they
 * need. `over` replaces fields. @returns the working copies, ready to be sent.
 */
export async function fillTask(
  running: Running,
  client: Client,
  id: string,
  over: { readonly [form: string]: JsonObject } = {},
  uploads: Uploads = {},
): Promise<{ [form: string]: JsonObject }> {
  const { cases } = running.context;
  const view = await client.view(id);
  const forms: { [form: string]: JsonObject } = {};
  for (const section of mineOf(view)?.sections ?? []) {
    if (section.kind !== 'form' || section.mode !== 'edit') continue;
    const { document, definition } = await cases.read(id);
    const form = formOf(definition, section.form);
    if (!form) throw new Error(`no form ${section.form}`);
    const context = formContext(
      definition,
      worldOf(document.state, {}, { event: {}, actor: null }, cases.env()),
      section.form,
      forms,
    );
    const values = { ...smallest(form, { ...context, secrets: 'typed' }), ...section.values, ...over[section.form] };
    // Invented texts are no options of a data source: take one that it offers.
    for (const { field, source, under } of remoteFields(form.schema)) {
      if (values[field] === undefined || over[section.form]?.[field] !== undefined) continue;
      const within = under === null ? {} : { under: String(values[under]) };
      const [option] = running.context.options.search(source, { q: source === 'banks' ? '工商' : '', ...within }) ?? [];
      values[field] = option?.value ?? null;
    }
    for (const field of form.fields) {
      if (!field.file || values[field.name] === undefined || section.values[field.name] !== undefined) continue;
      const given = uploads[field.name];
      const type = given?.type ?? (field.file.types.includes('jpg') ? 'jpg' : field.file.types[0]);
      const name = `${field.name}.${type}`;
      const { status, body } = await client.upload(id, section.form, field.name, name, given?.bytes ?? JPEG);
      if (status !== 200) throw new Error(`upload ${section.form}.${field.name}: ${JSON.stringify(body)}`);
      values[field.name] = (body as { file: Json }).file;
    }
    forms[section.form] = values;
  }
  return forms;
}

/** Fills in the task and sends the event; throws when it is refused. */
export async function press(
  running: Running,
  client: Client,
  id: string,
  event: string,
  given: {
    readonly over?: { readonly [form: string]: JsonObject };
    readonly uploads?: Uploads;
    readonly data?: JsonObject;
  } = {},
): Promise<void> {
  const forms = await fillTask(running, client, id, given.over, given.uploads);
  const { status, body } = await client.send(id, event, { forms, ...(given.data ? { data: given.data } : {}) });
  if (status !== 200) throw new Error(`${event} was refused: ${status} ${JSON.stringify(body.error ?? body)}`);
}

/** A case of szmg whose handler has just sent the pictures from the phone: telecom is being asked. */
export async function atCheck(running: Running): Promise<{ readonly id: string; readonly client: Client }> {
  const client = await new Client(running.url).logIn('applicant');
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
  for (let n = 0; n < 5; n += 1) await press(running, client, body.id, 'NEXT');
  const link = mineOf(await client.view(body.id))?.sections.find((section) => section.kind === 'link');
  const handset = new Client(running.url);
  await handset.ask('POST', `/api/links/${link?.kind === 'link' ? link.url?.split('/link/')[1] : ''}`, {});
  await press(running, handset, body.id, 'ID_UPLOADED');
  return { id: body.id, client };
}
