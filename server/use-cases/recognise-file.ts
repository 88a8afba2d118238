import type { Recognised } from '../../engine/contract/routes.ts';
import type { Context } from '../context.ts';
import { notFound } from '../fault.ts';
import type { Reading } from '../files/readings.ts';
import type { StoredFile } from '../files/vault.ts';
import type { Caller } from '../policies/case-access.ts';
import { toldOf } from '../told.ts';
import { openCase } from './open-case.ts';
import { findSlot, limitUploads } from './upload-file.ts';

/**
 * What stands on a picture that the caller uploaded into a slot that is still open, by field of the slot's form. Nothing when it
 * cannot be read, or not now: everything can be typed.
 * @throws Fault not-found, not-fillable, file-slot, file-many
 */
export async function recogniseFile(context: Context, caller: Caller, id: string, fileId: string): Promise<Recognised> {
  const { actor } = await openCase(context, caller, id);
  const file = await context.vault.find(id, fileId);
  if (!file || file.by !== actor.id) throw notFound();
  const { field } = await findSlot(context, caller, id, file);
  if (!field.ocr || !file.type.startsWith('image/')) return { fields: {} };
  limitUploads(context, `${id} recognition`);
  const found = await readPicture(context, file, field.ocr.kind);
  const fields: { [name: string]: Recognised['fields'][string] } = {};
  for (const [own, read] of Object.entries(field.ocr.fills)) {
    const value = found?.fields[read];
    if (value) fields[own] = { value: value.value, score: value.score, checked: value.checked };
  }
  return { fields };
}

/** Has a picture read and keeps what was read with its case. Null when it cannot be read now; the log tells no value. */
export async function readPicture(context: Context, file: StoredFile, kind: string): Promise<Reading | null> {
  try {
    const image = await context.vault.read(file);
    const { fields } = await context.recognizer.recognize({ kind, image });
    const reading = { at: context.clock.now(), fields };
    await context.readings.keep(file.caseId, file.id, reading);
    return reading;
  } catch (error) {
    context.log.warn({ kind, error: toldOf(error) }, 'recognition failed');
    return null;
  }
}
