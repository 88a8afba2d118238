import type { Definition, FormSchema } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type Change, type Difference, differences } from './differences.ts';

/** A form that is asked otherwise; null = there is none on that side. */
export interface FormDifference {
  readonly form: string;
  readonly title: string;
  readonly before: FormSchema | null;
  readonly after: FormSchema | null;
  /** Fields by what became of them. */
  readonly fields: { readonly [field: string]: 'added' | 'removed' | 'changed' };
}

export const saidKinds = ['button', 'label', 'text', 'notice', 'announcement', 'document', 'price'] as const;

/** What somebody reads. */
export type SaidKind = (typeof saidKinds)[number];

/** Words that an applicant reads otherwise; null = there were or are none. */
export interface SaidDifference {
  readonly kind: SaidKind;
  /** Event, state, article, notice, document; `setting` for a price. */
  readonly address: string;
  readonly title: string;
  /** Empty: the whole; else a part of the article or document: `text`, `sections.0.title`. */
  readonly part: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface ApplicantDifference {
  readonly forms: readonly FormDifference[];
  readonly said: readonly SaidDifference[];
}

/** What an applicant is asked and told otherwise. [DIF-5] */
export function applicantDifference(before: Definition, after: Definition): ApplicantDifference {
  const found = differences(before, after);
  return { forms: formsIn(found, before, after), said: found.flatMap((each) => saidIn(each, before, after)) };
}

function formsIn(found: readonly Difference[], before: Definition, after: Definition): readonly FormDifference[] {
  const fields = new Map<string, { [field: string]: 'added' | 'removed' | 'changed' }>();
  for (const { kind, address, before: was, after: is } of found) {
    if (kind === 'form' && !fields.has(address)) fields.set(address, {});
    if (kind !== 'field') continue;
    const [form = '', ...rest] = address.split('.');
    const known = fields.get(form) ?? {};
    known[rest.join('.')] = was === null ? 'added' : is === null ? 'removed' : 'changed';
    fields.set(form, known);
  }
  return [...fields].map(([form, changed]) => {
    const [old, now] = [before.forms[form] ?? null, after.forms[form] ?? null];
    return { form, title: (now ?? old)?.title ?? form, before: old, after: now, fields: changed };
  });
}

function saidIn(difference: Difference, before: Definition, after: Definition): readonly SaidDifference[] {
  const { kind, address } = difference;
  switch (kind) {
    case 'state': {
      const words = difference.changes.filter(({ part }) => part === 'label');
      const title = (after.chart.states[address] ?? before.chart.states[address])?.title ?? address;
      return words.map((change) => said('label', address, title, change, ''));
    }
    case 'transition':
      return difference.changes
        .filter(({ part }) => part === 'title' || part === 'refuse')
        .map((change) => said('button', address, titleOf(address, before, after), change, ''));
    case 'document':
      return parted(difference, 'document', titleIn(address, before.documents, after.documents));
    case 'setting':
      return isMoney(address, before, after) ? parted(difference, 'price', titleOfSetting(address, before, after)) : [];
    case 'text':
      return texts(difference, before, after);
    default:
      return [];
  }
}

function texts(difference: Difference, before: Definition, after: Definition): readonly SaidDifference[] {
  const { address } = difference;
  if (address.startsWith('announcement '))
    return parted(difference, 'announcement', address.slice('announcement '.length));
  const event = (after.declared.events[address] ?? before.declared.events[address])?.title;
  if (event !== undefined) return parted(difference, 'button', event);
  if ((after.declared.notices[address] ?? before.declared.notices[address]) !== undefined)
    return parted(difference, 'notice', address);
  return parted(difference, 'text', titleIn(address, before.content, after.content));
}

/** The parts that are others; the whole where one side has none. */
function parted(difference: Difference, kind: SaidKind, title: string): readonly SaidDifference[] {
  const { address, changes, before, after } = difference;
  if (changes.length === 0) {
    const [old, now] = [leavesOf(before), leavesOf(after)];
    return [...new Set([...old.keys(), ...now.keys()])].map((part) => {
      return { kind, address, title, part, before: old.get(part) ?? null, after: now.get(part) ?? null };
    });
  }
  return changes.map((change) => said(kind, address, title, change, change.part));
}

/** The texts in a whole piece by their part; what is no JSON is one text. */
function leavesOf(text: string | null): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const add = (value: Json, part: string) => {
    if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) add(inner, part === '' ? name : `${part}.${name}`);
    else if (value !== null) leaves.set(part, String(value));
  };
  if (text !== null) add(text.startsWith('{') ? (JSON.parse(text) as Json) : text, '');
  return leaves;
}

function said(kind: SaidKind, address: string, title: string, { before, after }: Change, part: string): SaidDifference {
  return { kind, address, title, part, before, after };
}

function titleIn(
  id: string,
  before: { readonly [id: string]: JsonObject },
  after: { readonly [id: string]: JsonObject },
): string {
  const title = (after[id] ?? before[id])?.title;
  return typeof title === 'string' ? title : id;
}

/** Of a branch, the title of its event. */
function titleOf(address: string, before: Definition, after: Definition): string {
  const parts = address.split('.');
  const event = parts[parts.indexOf('on') + 1] ?? '';
  return (after.declared.events[event] ?? before.declared.events[event])?.title ?? address;
}

function schemaOf(address: string, before: Definition, after: Definition): JsonObject | null {
  for (const { settingsSchema } of [after, before]) {
    const schema = objectAt(objectAt(settingsSchema.properties)[address]);
    if (Object.keys(schema).length > 0) return schema;
  }
  return null;
}

function titleOfSetting(address: string, before: Definition, after: Definition): string {
  const title = schemaOf(address, before, after)?.title;
  return typeof title === 'string' ? title : address;
}

/** A setting in whose schema money stands is a price, a fee, an amount. */
function isMoney(address: string, before: Definition, after: Definition): boolean {
  return JSON.stringify(schemaOf(address, before, after) ?? {}).includes('"x-widget":"money"');
}

function objectAt(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
