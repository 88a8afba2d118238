import type { FileReference } from '../../engine/contract/routes.ts';
import { fieldsOf } from '../../engine/forms/fields.ts';
import { fileProblem } from '../../engine/forms/files.ts';
import type { Field, FileSlot } from '../../engine/forms/types.ts';
import { isOpen } from '../cases/drafts.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import { clean } from '../files/clean.ts';
import { sniff } from '../files/sniff.ts';
import { referenceOf } from '../files/vault.ts';
import type { Caller } from '../policies/case-access.ts';
import { findFillable, tasksOf, unknownPart } from './fillable.ts';
import { refuseOldPrint } from './old-print.ts';
import { type OpenedCase, openCase } from './open-case.ts';

/** Uploads of one case while the server runs; a form has a dozen slots. */
const MOST_FILES = 300;

export interface UploadTarget {
  readonly form: string;
  readonly field: string;
  readonly name: string;
}

/** A slot that may be filled now, with its limits; asked before the bytes are read. */
export interface OpenSlot {
  readonly maxBytes: number;
  /** @throws Fault file-… with the limit in its message */
  store(bytes: Buffer): Promise<{ readonly file: FileReference }>;
}

export interface Slot extends OpenedCase {
  readonly field: Field;
  readonly limits: FileSlot;
}

/** A field for files that the caller may fill in now. @throws Fault not-found, not-fillable, file-slot */
export async function findSlot(
  context: Context,
  caller: Caller,
  id: string,
  target: { readonly form: string; readonly field: string },
): Promise<Slot> {
  const opened = await openCase(context, caller, id);
  const { document, definition, actor } = opened;
  const schema = definition.forms[target.form];
  const fillable = findFillable(tasksOf(context, document, definition, actor), target.form);
  if (!schema || !fillable) throw new Fault(409, 'not-fillable', { form: schema?.title ?? unknownPart });
  const field = fieldsOf(schema).find(({ name }) => name === target.field);
  const limits = field?.file;
  const closed =
    fillable.kind === 'task' &&
    fillable.section.editable !== null &&
    !isOpen(fillable.section.editable, target.form, target.field);
  if (!field || !limits || closed) throw new Fault(409, 'file-slot');
  return { ...opened, field, limits };
}

/** @throws Fault not-found, not-fillable, file-slot, file-type */
export async function openSlot(context: Context, caller: Caller, id: string, target: UploadTarget): Promise<OpenSlot> {
  const { document, definition, actor, limits: slot } = await findSlot(context, caller, id, target);
  const name = cleanName(target.name);
  // Empty and too large are known only from the bytes.
  refuse(fileProblem(slot, { name, size: 1 }, caller.locale), 'file-type', { types: slot.types.join('、') });

  return {
    maxBytes: slot.maxBytes,
    async store(bytes) {
      refuse(fileProblem(slot, { name, size: bytes.length }, caller.locale), 'file-size', {});
      const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
      const type = await sniff(bytes, extension, slot.types);
      limitUploads(context, id);
      const digest =
        slot.digest === null ? undefined : context.documents.digest(definition, document.state, slot.digest);
      const anew = await clean(bytes, type, slot.maxBytes);
      if (digest !== undefined) await refuseOldPrint(context, { number: document.state.number, digest }, bytes, type);
      const file = await context.vault.save(
        {
          caseId: id,
          form: target.form,
          field: target.field,
          name,
          type,
          at: context.clock.now(),
          by: actor.id,
          ...(digest === undefined ? {} : { digest }),
        },
        anew,
      );
      return { file: referenceOf(file) };
    },
  };
}

function refuse(
  problem: string | null,
  code: 'file-type' | 'file-size',
  params: { readonly [name: string]: unknown },
): void {
  if (problem !== null) throw new Fault(422, code, params, { message: problem });
}

/** A name is shown and offered for download: no path, no control characters, not longer than a file system takes. */
function cleanName(name: string): string {
  const base = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = base.replace(/[\p{C}"<>|:*?]/gu, '').trim();
  const dot = clean.lastIndexOf('.');
  const extension = dot < 0 ? '' : clean.slice(dot).slice(0, 10);
  return (dot < 0 ? clean : clean.slice(0, dot)).slice(0, 80) + extension || '文件';
}

const counted = new WeakMap<Context, Map<string, number>>();

/** Counted in memory: it bounds a flood, not a life. @throws Fault file-many */
export function limitUploads(context: Context, id: string): void {
  const counts = counted.get(context) ?? new Map<string, number>();
  counted.set(context, counts);
  const count = (counts.get(id) ?? 0) + 1;
  if (count > MOST_FILES) throw new Fault(429, 'file-many', { limit: MOST_FILES });
  counts.set(id, count);
}
