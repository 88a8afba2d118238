import type { Recognised } from '../../engine/contract/routes.ts';
import type { Context } from '../context.ts';
import { notFound } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
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
  try {
    const image = await context.vault.read(file);
    const found = await context.recognizer.recognize({ kind: field.ocr.kind, image });
    const fields: { [name: string]: Recognised['fields'][string] } = {};
    for (const [own, read] of Object.entries(field.ocr.fills)) {
      const value = found.fields[read];
      if (value) fields[own] = { value: value.value, score: value.score, checked: value.checked };
    }
    return { fields };
  } catch (error) {
    context.log.warn({ kind: field.ocr.kind, error: (error as Error).message }, 'recognition failed');
    return { fields: {} };
  }
}
