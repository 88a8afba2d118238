import { type Place, parseText } from '../../../engine/compose/text.ts';
import type { EditableParts } from '../../../engine/contract/editable.ts';
import type { Diagram } from '../../../engine/contract/routes.ts';
import { evaluateText } from '../../../engine/expressions/index.ts';
import { fieldsOf, object } from '../../../engine/forms/fields.ts';
import { display, type Field, tableValues } from '../../../engine/forms/live.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { deadline } from '../../app/format.ts';
import { locale } from '../../app/texts/index.ts';
import { sampleForms } from '../forms-tab/sample-forms.ts';
import { say } from './texts.ts';

/** Something that a text of a notice may say of the case. */
export interface Sayable {
  readonly source: string;
  readonly title: string;
}

export const ofTheCase = ['case.number', 'deadline', 'state.label', 'next.label'] as const;

/** Fields that may stand in a message: nothing sensitive, nothing that is no text. */
export function sayableFields(forms: {
  readonly [form: string]: FormSchema;
}): readonly { readonly form: string; readonly title: string; readonly fields: readonly Sayable[] }[] {
  return Object.entries(forms).flatMap(([form, schema]) => {
    const fields = fieldsOf(schema)
      .filter(
        (field) =>
          !field.sensitive &&
          field.secret === null &&
          field.file === null &&
          field.inner === null &&
          !unsayable.has(field.kind) &&
          field.schema['x-seen-by'] === undefined,
      )
      .map((field) => ({ source: `${form}.${field.name}`, title: field.title }));
    return fields.length === 0 ? [] : [{ form, title: schema.title, fields }];
  });
}

const unsayable: ReadonlySet<string> = new Set(['agreement', 'flags', 'summary', 'qr', 'code']);

export interface Sample {
  readonly values: JsonObject;
  readonly titles: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, Field>;
  readonly words: (place: Place) => string | null;
}

/** A case as it might be: each form filled in as shortly as it may be. */
export function sampleOf(
  forms: { readonly [form: string]: FormSchema },
  parts: EditableParts,
  settings: JsonObject,
  given: {
    readonly settingsSchema: JsonObject;
    readonly now: number;
    readonly number: string;
    readonly diagram: Diagram;
    readonly content: { readonly [kind: string]: JsonObject };
  },
): Sample {
  const values = sampleForms(forms, { settings, tables: parts.tables, now: given.now });
  const roots: JsonObject = {
    ...values,
    settings,
    case: { number: given.number, project: '', created: given.now },
    now: given.now,
  };
  const all = { ...roots, tables: tableValues(parts.tables, roots) };
  const settingTitles = Object.entries(object(given.settingsSchema.properties)).map(
    ([name, property]) => [`settings.${name}`, String(object(property).title ?? name)] as const,
  );
  const menus = object(given.content.hall).menus;
  const menuTitles = (Array.isArray(menus) ? menus.map(object) : []).map(
    (menu) => [`menu.${String(menu.id)}`, String(menu.title ?? menu.id)] as const,
  );
  const ofForms = sayableFields(forms).flatMap(({ fields }) =>
    fields.map(({ source, title }) => [source, title] as const),
  );
  const titles = new Map([...settingTitles, ...menuTitles, ...ofForms]);
  const fields = new Map(
    Object.entries(forms).flatMap(([id, schema]) =>
      fieldsOf(schema).map((field) => [`${id}.${field.name}`, field] as const),
    ),
  );
  const node = given.diagram.nodes.find((one) => one.main) ?? given.diagram.nodes[0];
  const words = (place: Place): string | null => {
    switch (place.kind) {
      case 'deadline':
        return deadline(given.now + DAYS, given.now);
      case 'stateLabel':
      case 'nextLabel':
        return node?.title ?? null;
      case 'label':
        return given.diagram.nodes.find((one) => one.id === place.address)?.title ?? null;
      case 'menu':
        return titles.get(`menu.${place.id}`) ?? null;
      default:
        return null;
    }
  };
  return { values: all, titles, fields, words };
}

const DAYS = 3 * 24 * 60 * 60 * 1000;

/** A piece of a text as it would arrive: words of the text itself, or what stands for a place. */
export interface Piece {
  readonly text: string;
  readonly filled: boolean;
}

/** The text as it would arrive; what even a sample cannot say stands as its name in 〔 〕. */
export function filledPieces(text: string, sample: Sample): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const part of parseText(text)) {
    const next: Piece =
      part.kind === 'words'
        ? { text: part.text, filled: false }
        : { text: saidAt(part.source, part.place, sample), filled: true };
    // A mark alone is no word: it stays with what it closes.
    if (next.filled || /[\p{L}\p{N}]/u.test(next.text)) pieces.push(next);
    else {
      const before = pieces.splice(-2);
      pieces.push({ text: [...before, next].map((piece) => piece.text).join(''), filled: false });
    }
  }
  return pieces;
}

export const filledText = (text: string, sample: Sample): string =>
  filledPieces(text, sample)
    .map((piece) => piece.text)
    .join('');

function saidAt(source: string, place: Place, sample: Sample): string {
  const name = `〔${sample.titles.get(source) ?? '…'}〕`;
  if (place.kind !== 'expression') return sample.words(place) ?? name;
  const found = evaluateText(place.text, { values: sample.values });
  if (found.kind !== 'value' || found.value === null || found.value === '') return name;
  const field = sample.fields.get(place.text);
  return field === undefined ? plain(found.value, name) : display(field, found.value, locale());
}

/** The words of a place for people: `organization.name` -> 单位名称. */
export function nameOf(source: string, sample: Sample): string {
  if ((ofTheCase as readonly string[]).includes(source)) return say(`place-${source as (typeof ofTheCase)[number]}`);
  return sample.titles.get(source) ?? source;
}

function plain(value: Json, name: string): string {
  return typeof value === 'object' ? name : String(value);
}

/** Places of a text in their order, each once. */
export function placesIn(text: string): readonly string[] {
  return [...new Set(parseText(text).flatMap((part) => (part.kind === 'place' ? [part.source] : [])))];
}
