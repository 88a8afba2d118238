import type { CaseView, SectionView, TaskView } from '../../engine/contract/view.ts';
import { display, fieldsOf } from '../../engine/forms/live.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { api } from '../api/index.ts';
import { locale } from '../app/texts/index.ts';
import { say } from './texts.ts';

/** Something to look at beside the data: an uploaded file or a document that the server prints. */
export interface Paper {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly kind: 'image' | 'pdf' | 'other';
  /** Path of the field that holds it, so that the field and the paper show each other. */
  readonly field: string | null;
  /** The paper that it is naturally compared with: the printed document of which it is a scan. */
  readonly pair?: string;
}

export function papersOf(
  view: CaseView,
  task: TaskView,
  forms: { readonly [form: string]: FormSchema },
): readonly Paper[] {
  const files = task.sections.flatMap((section) => filesOf(section, forms));
  const uploaded = files.map(
    ({ path, title, file, scanOf }): Paper => ({
      id: file.id,
      title,
      url: api.fileUrl(view.id, file.id),
      kind: kindOf(file.type, file.name),
      field: path,
      ...(scanOf !== null && { pair: scanOf }),
    }),
  );
  const printed = task.documents.map((document): Paper => {
    const scan = uploaded.find(({ pair }) => pair === document.id);
    const url = api.documentUrl(view.id, document.id);
    return { id: document.id, title: document.title, url, kind: 'pdf', field: null, ...(scan && { pair: scan.id }) };
  });
  // A file may be shown by two sections (the form and a record of it): once is enough.
  return [...uploaded, ...printed].filter((paper, index, all) => all.findIndex((one) => one.id === paper.id) === index);
}

interface Found {
  readonly path: string;
  readonly title: string;
  readonly file: { readonly id: string; readonly name: string; readonly type: string };
  /** Id of the printed document of which it is a scan. */
  readonly scanOf: string | null;
}

function filesOf(section: SectionView, forms: { readonly [form: string]: FormSchema }): readonly Found[] {
  switch (section.kind) {
    case 'form':
      return slots(section.form, forms[section.form], section.values);
    case 'record': {
      const schema = section.form === null ? section.schema : forms[section.form];
      return section.entries.flatMap((entry, index) =>
        slots(`${section.record}.${index}`, isObject(schema) ? schema : undefined, entry.data),
      );
    }
    case 'value':
    case 'link':
      return [];
  }
}

function slots(path: string, schema: JsonObject | undefined, values: JsonObject): readonly Found[] {
  if (!schema) return [];
  return fieldsOf(schema).flatMap((field) => {
    const value = values[field.name];
    if (field.file === null || !isObject(value) || typeof value.id !== 'string' || isErased(value)) return [];
    const file = { id: value.id, name: textOf(value.name), type: textOf(value.type) };
    return [{ path: `${path}.${field.name}`, title: field.title, file, scanOf: field.file.digest }];
  });
}

function kindOf(type: string, name: string): Paper['kind'] {
  if (/pdf/i.test(type) || /\.pdf$/i.test(name)) return 'pdf';
  if (/^image\//i.test(type) || /\.(jpe?g|png|gif|bmp|webp)$/i.test(name)) return 'image';
  return 'other';
}

/** A row of data beside the papers. */
export interface Line {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly masked: boolean;
  readonly isFile: boolean;
}

/** What a form's section says, field by field. Fields without a value are left out, unless they are file slots. */
export function linesOf(form: string, schema: JsonObject, values: JsonObject): readonly Line[] {
  return fieldsOf(schema).flatMap((field) => {
    const value = values[field.name];
    const isFile = field.file !== null;
    if (field.kind === 'flags' || field.secret !== null) return [];
    if ((value === undefined || value === '') && !isFile) return [];
    const masked = field.sensitive && !isFile && (value === null || (typeof value === 'string' && value.includes('*')));
    if (value === null && !masked) return [];
    const erased = isObject(value) && isErased(value);
    const text = erased ? say('fileErased') : value === null ? '****' : display(field, value, locale());
    return [{ path: `${form}.${field.name}`, title: field.title, text, masked, isFile: isFile && !erased }];
  });
}

export function isObject(value: Json | FormSchema | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The reference of a file whose bytes are gone. */
function isErased(value: JsonObject): boolean {
  return typeof value.erasedAt === 'number';
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
