import type { ComparedValue, ReadingsView } from '../../engine/contract/routes.ts';
import type { SectionView } from '../../engine/contract/view.ts';
import { fieldsOf } from '../../engine/forms/fields.ts';
import { maskValue } from '../../engine/forms/mask.ts';
import { normaliseValue } from '../../engine/forms/normalise.ts';
import type { Field } from '../../engine/forms/types.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Context } from '../context.ts';
import { notFound } from '../fault.ts';
import type { Reading } from '../files/readings.ts';
import { isObject } from '../json.ts';
import type { Caller } from '../policies/case-access.ts';
import { type OpenedCase, openCase } from './open-case.ts';
import { readPicture } from './recognise-file.ts';

type Form = Extract<SectionView, { kind: 'form' }>;

/** A picture that the viewer sees, and what of the case is to be compared with it. */
interface Slot {
  readonly path: string;
  readonly file: string;
  readonly field: Field;
  /** `<form>.<field>` -> name of the recognised value. */
  readonly compares: readonly (readonly [string, string])[];
}

/**
 * What stands on the pictures of a case beside what was typed, for whoever works on it. Pictures that nobody has had read yet are read
 * now, for whoever has the task; what was read is kept. Only what the viewer's tasks show is compared, masked as they show it.
 * @throws Fault not-found, also for the owner: they see what was read when they fill in
 */
export async function compareReadings(context: Context, caller: Caller, id: string): Promise<ReadingsView> {
  const opened = await openCase(context, caller, id);
  const { document, actor } = opened;
  if (actor.id === document.state.owner || actor.via !== undefined) throw notFound();
  const { sections, mine } = shown(context, opened);
  const slots = slotsOf(opened, sections);
  const kept = await context.readings.of(id);
  const values: ComparedValue[] = [];
  const told: ReadingsView['slots'][number][] = [];
  for (const slot of slots) {
    const reading = kept[slot.file] ?? (mine ? await readNow(context, id, slot) : null);
    const found = reading === null ? [] : compared(opened, sections, slot, reading);
    values.push(...found);
    const status = reading === null ? 'later' : found.length === 0 ? 'none' : 'read';
    told.push({ path: slot.path, file: slot.file, title: slot.field.title, status });
  }
  return { slots: told, values };
}

/** What was read for one field and differs from it, whole: for whoever may see the field whole. */
export async function readFor(
  context: Context,
  opened: Pick<OpenedCase, 'document' | 'definition'>,
  path: string,
): Promise<readonly string[]> {
  const { state } = opened.document;
  const kept = await context.readings.of(state.id);
  const all = Object.entries(state.forms).map(([form, values]) => ({ form, values }));
  return slotsOf(opened, all).flatMap((slot) => {
    const name = slot.compares.find(([own]) => own === path)?.[1];
    const value = name === undefined ? undefined : kept[slot.file]?.fields[name]?.value;
    return value === undefined ? [] : [value];
  });
}

function shown({ engine, cases }: Context, { document, definition, actor }: OpenedCase) {
  const view = engine.view(definition, document.state, actor, document.journal, cases.env());
  const tasks = view.tasks.filter((task) => definition.states[task.state]?.task?.by === task.by.id);
  const sections = tasks.flatMap(({ sections: all }) => all.filter((one): one is Form => one.kind === 'form'));
  return { sections, mine: tasks.some((task) => task.mine) };
}

function slotsOf(
  { document, definition }: Pick<OpenedCase, 'document' | 'definition'>,
  sections: readonly Pick<Form, 'form' | 'values'>[],
): readonly Slot[] {
  const slots = new Map<string, Slot>();
  for (const { form, values } of sections) {
    const schema = definition.forms[form];
    for (const field of schema ? fieldsOf(schema) : []) {
      const value = document.state.forms[form]?.[field.name];
      if (!field.ocr || !Object.hasOwn(values, field.name) || !isObject(value)) continue;
      if (typeof value.id !== 'string' || typeof value.type !== 'string' || !value.type.startsWith('image/')) continue;
      if (document.state.erased?.files !== undefined) continue;
      const own = Object.entries(field.ocr.fills).map(([name, read]) => [`${form}.${name}`, read] as const);
      const compares = [...own, ...Object.entries(field.ocr.compares)];
      slots.set(value.id, { path: `${form}.${field.name}`, file: value.id, field, compares });
    }
  }
  return [...slots.values()];
}

/** Null when it cannot be read now. */
async function readNow(context: Context, id: string, { file, field }: Slot): Promise<Reading | null> {
  const found = await context.vault.find(id, file);
  if (!found || found.erasedAt !== undefined || !field.ocr) return null;
  return readPicture(context, found, field.ocr.kind);
}

function compared(
  { document, definition }: OpenedCase,
  sections: readonly Form[],
  slot: Slot,
  reading: Reading,
): readonly ComparedValue[] {
  return slot.compares.flatMap(([path, name]): ComparedValue[] => {
    const read = reading.fields[name];
    const [form = '', own = ''] = path.split('.');
    const isShown = sections.some((one) => one.form === form && Object.hasOwn(one.values, own));
    const schema = definition.forms[form];
    const field = schema && fieldsOf(schema).find((one) => one.name === own);
    const typed = document.state.forms[form]?.[own];
    if (!read || !field || !isShown || typeof typed !== 'string') return [];
    const value = field.sensitive ? maskValue(field.mask ?? 'all', read.value) : read.value;
    return [
      {
        path,
        slot: slot.field.title,
        file: slot.file,
        read: typeof value === 'string' ? value : '',
        masked: field.sensitive,
        same: plainly(field, typed) === plainly(field, read.value),
        score: read.score,
        checked: read.checked,
      },
    ];
  });
}

/** Spaces, width and case of letters make no difference. */
function plainly(field: Field, value: string): string {
  const text: Json | undefined = normaliseValue(field, value);
  return String(text ?? '')
    .normalize('NFKC')
    .replace(/[\s·]/g, '')
    .toUpperCase();
}
