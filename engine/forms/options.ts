import type { Json } from '../model/json.ts';
import { list } from './fields.ts';
import { dayLabel } from './formats/date.ts';
import type { Field, FieldOption, FormContext } from './types.ts';

/**
 * The values that a field offers: its enum, or the part of it that the settings name, in the order of the settings.
 * Empty for a field without a closed list (its options come from a data source, or it is free).
 */
export function offered(
  field: Field,
  context: Pick<FormContext, 'settings' | 'forms' | 'roots' | 'locale'>,
): FieldOption[] {
  const declared = list(field.type === 'array' ? itemEnum(field) : field.schema.enum);
  const options = field.options;
  if (options === null || options.kind === 'source')
    return declared.map((value) => ({ value, label: labelOf(field, value) }));
  const chosen = list(atPath(options.path, context)).slice(0, mostOf(options.most, context));
  const allowed = declared.length === 0 ? chosen : chosen.filter((value) => declared.some((one) => one === value));
  const isDate = field.format === 'date';
  return allowed.map((value) => ({
    value,
    label: isDate && typeof value === 'string' ? dayLabel(value, context.locale ?? 'zh-CN') : labelOf(field, value),
  }));
}

function mostOf(most: number | string | null, context: Parameters<typeof offered>[1]): number | undefined {
  const value = typeof most === 'string' ? atPath(most, context) : most;
  return typeof value === 'number' ? value : undefined;
}

/** The list is closed: only what is offered may be chosen. */
export function isClosed(field: Field): boolean {
  return field.options?.kind === 'from' || Array.isArray(field.type === 'array' ? itemEnum(field) : field.schema.enum);
}

export function labelOf(field: Field, value: Json): string {
  const text = String(value);
  return field.labels[text] ?? (field.unit && typeof value === 'number' ? `${text} ${field.unit}` : text);
}

function itemEnum(field: Field): Json | undefined {
  const items = field.schema.items;
  return items !== null && typeof items === 'object' && !Array.isArray(items) ? items.enum : undefined;
}

/** The value at a path of names: of the settings, a form, or another root. */
function atPath(path: string, context: Pick<FormContext, 'settings' | 'forms' | 'roots'>): Json | undefined {
  const [root = '', ...names] = path.split('.');
  let value = root === 'settings' ? context.settings : (context.forms[root] ?? context.roots?.[root]);
  for (const name of names) {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = value[name];
  }
  return value;
}
