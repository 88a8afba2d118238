import type { Json, JsonObject } from '../model/json.ts';
import { formula } from './expression.ts';
import { innerOf, isGroup, resolved } from './part.ts';
import type { Copy, Field, FieldCheck, FieldKind, FileSlot, Ocr, OptionSource, Rule } from './types.ts';

/** Reads the keywords of a form's properties, in their order. An expression that is no CEL holds nothing. */
export function fieldsOf(schema: JsonObject): Field[] {
  const properties = object(schema.properties);
  const required = new Set(list(schema.required).filter((name) => typeof name === 'string'));
  return Object.entries(properties).map(([name, property], place) =>
    fieldOf(name, place, resolved(object(property), schema.$defs), required.has(name), schema.$defs),
  );
}

function fieldOf(name: string, place: number, schema: JsonObject, required: boolean, defs: Json | undefined): Field {
  const kind = kindOf(schema);
  return {
    name,
    place,
    schema,
    kind,
    type: typeOf(schema),
    title: text(schema.title) || name,
    hint: text(schema['x-hint']) || text(schema.description),
    placeholder: text(schema['x-placeholder']),
    unit: text(schema['x-unit']),
    width: schema['x-width'] === 'half' ? 'half' : 'full',
    format: text(schema.format) || null,
    visible: ruleOf(schema['x-visible'], true),
    required: required || ruleOf(schema['x-required'], false),
    readonly: 'x-compute' in schema || kind === 'readonly' || kind === 'summary' || ruleOf(schema['x-readonly'], false),
    compute: typeof schema['x-compute'] === 'string' ? formula(schema['x-compute']) : null,
    prefill: typeof schema['x-prefill'] === 'string' ? formula(schema['x-prefill']) : null,
    // The rules of a group are about the fields in it: its form has them.
    checks: isGroup(kind) ? [] : checksOf(schema['x-check'], [name]),
    options: optionsOf(schema['x-options']),
    places: text(schema['x-places']) || null,
    labels: texts(schema['x-labels']),
    file: fileOf(schema['x-file']),
    ocr: ocrOf(schema['x-ocr']),
    agreements: namesOf(schema['x-agreement']),
    summary: namesOf(schema['x-summary']),
    secret: text(schema['x-secret']) || null,
    sensitive: schema['x-sensitive'] === true,
    mask: text(schema['x-mask']) || null,
    inner: innerOf(name, schema, kind, defs),
  };
}

const widgets: { readonly [widget: string]: FieldKind } = {
  text: 'text',
  multiline: 'multiline',
  radio: 'radio',
  select: 'select',
  checkbox: 'checkbox',
  search: 'search',
  cascade: 'cascade',
  money: 'money',
  date: 'date',
  dateRange: 'dateRange',
  number: 'number',
  file: 'file',
  agreement: 'agreement',
  code: 'code',
  qr: 'qr',
  flags: 'flags',
  address: 'address',
  readonly: 'readonly',
  summary: 'summary',
};

/** How a property is drawn: `x-widget`, or what its type and keywords suggest. */
export function kindOf(schema: JsonObject): FieldKind {
  const type = typeOf(schema);
  const widget = widgets[text(schema['x-widget'])];
  if (type === 'array' && widget === undefined) return isListOf(schema) ? 'list' : 'choices';
  if (widget) return widget;
  if ('x-file' in schema) return 'file';
  if ('x-summary' in schema) return 'summary';
  if ('x-agreement' in schema) return 'agreement';
  if ('x-secret' in schema) return 'code';
  if ('x-compute' in schema) return 'readonly';
  if (type === 'object' && 'properties' in schema) return 'group';
  if (type === 'boolean') return 'checkbox';
  const source = optionsOf(schema['x-options']);
  if (source?.kind === 'source') return source.under === null ? 'search' : 'cascade';
  if (Array.isArray(schema.enum)) return schema.enum.length <= 5 ? 'radio' : 'select';
  if (source) return 'select';
  if (schema.format === 'date') return 'date';
  if (type === 'integer' || type === 'number') return 'number';
  return 'text';
}

/** Entries of their own are asked one by one; what is chosen from a list is ticked. */
function isListOf(schema: JsonObject): boolean {
  const items = object(schema.items);
  return !Array.isArray(items.enum) && optionsOf(schema['x-options']) === null && Object.keys(items).length > 0;
}

/** The declared type, or the one that `enum`, `const` or the keywords leave no doubt about. */
export function typeOf(schema: JsonObject): string {
  if (typeof schema.type === 'string') return schema.type;
  if ('x-file' in schema) return 'object';
  if ('x-agreement' in schema) return 'boolean';
  const sample = Array.isArray(schema.enum) ? schema.enum[0] : schema.const;
  switch (typeof sample) {
    case 'number':
      return Number.isInteger(sample) ? 'integer' : 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'string';
  }
}

/** Rules across fields. The message stands at `field`, or at the first of `names` that the condition reads. */
export function checksOf(value: Json | undefined, names: readonly string[]): FieldCheck[] {
  return list(value).flatMap((entry) => {
    const check = object(entry);
    if (typeof check.if !== 'string') return [];
    const condition = formula(check.if);
    const read = [text(check.field), ...condition.reads].find((root) => names.includes(root));
    const at = read ?? (names.length === 1 ? (names[0] ?? null) : null);
    return [{ if: condition, message: text(check.message), warn: check.warn === true, at }];
  });
}

/** The buttons that copy from another form. */
export function copiesOf(schema: JsonObject): Copy[] {
  const entries = Array.isArray(schema['x-copy']) ? schema['x-copy'] : [schema['x-copy']];
  return entries
    .map(object)
    .flatMap((copy) =>
      typeof copy.from === 'string' ? [{ title: text(copy.title), from: copy.from, fields: texts(copy.fields) }] : [],
    );
}

/** Field -> the name of the secret that it is compared with. */
export function secretFields(schema: JsonObject): { [field: string]: string } {
  const found: { [field: string]: string } = {};
  for (const [name, property] of Object.entries(object(schema.properties))) {
    const secret = text(object(property)['x-secret']);
    if (secret) found[name] = secret;
  }
  return found;
}

/** Fields that are sealed at rest. */
export function sensitiveFields(schema: JsonObject): string[] {
  return Object.entries(object(schema.properties))
    .filter(([, property]) => object(property)['x-sensitive'] === true)
    .map(([name]) => name);
}

/** Fields whose value has to be one that a data source of the server offers. */
export function remoteFields(schema: JsonObject): { field: string; source: string; under: string | null }[] {
  return Object.entries(object(schema.properties)).flatMap(([field, property]) => {
    const source = optionsOf(object(property)['x-options']);
    return source?.kind === 'source' ? [{ field, source: source.source, under: source.under }] : [];
  });
}

function optionsOf(value: Json | undefined): OptionSource | null {
  const options = object(value);
  if (typeof options.source === 'string') {
    return { kind: 'source', source: options.source, under: text(options.under) || null };
  }
  if (typeof options.from !== 'string') return null;
  const { most } = options;
  return { kind: 'from', path: options.from, most: typeof most === 'number' || typeof most === 'string' ? most : null };
}

function fileOf(value: Json | undefined): FileSlot | null {
  if (value === undefined) return null;
  const slot = object(value);
  return {
    types: list(slot.types).flatMap((type) => (typeof type === 'string' ? [type.toLowerCase()] : [])),
    maxBytes: typeof slot.maxBytes === 'number' ? slot.maxBytes : Number.POSITIVE_INFINITY,
    example: text(slot.example) || null,
    template: text(slot.template) || null,
    digest: text(slot.digest) || null,
    capture: slot.capture === true,
    seal: slot.seal === true,
  };
}

function ocrOf(value: Json | undefined): Ocr | null {
  const ocr = object(value);
  return typeof ocr.kind === 'string'
    ? { kind: ocr.kind, fills: texts(ocr.fills), compares: texts(ocr.compares) }
    : null;
}

/** One name, or several. */
function namesOf(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((id) => (typeof id === 'string' ? [id] : []));
}

/** A keyword that is true, false or an expression. */
export function ruleOf(value: Json | undefined, absent: boolean): Rule {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? formula(value) : absent;
}

export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function object(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: Json | undefined): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries(object(value)).flatMap(([key, one]) => (typeof one === 'string' ? [[key, one]] : [])),
  );
}
