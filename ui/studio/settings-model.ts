import type { Json, JsonObject } from '../../engine/model/json.ts';

/** A setting as the form draws it, read from the settings' JSON Schema. */
export interface Setting {
  readonly path: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly kind: 'boolean' | 'choice' | 'choices' | 'integer' | 'number' | 'money' | 'duration' | 'text' | 'group';
  readonly choices: readonly { readonly value: Json; readonly label: string }[];
  readonly schema: JsonObject;
  readonly inner: readonly Setting[];
}

export function settingsOf(schema: JsonObject, path: readonly string[] = []): readonly Setting[] {
  return Object.entries(asObject(schema.properties)).map(([name, property]) =>
    settingOf(asObject(property), [...path, name]),
  );
}

function settingOf(schema: JsonObject, path: readonly string[]): Setting {
  const items = asObject(schema.items);
  const kind = kindOf(schema);
  const values = kind === 'choices' ? items.enum : schema.enum;
  const labels = { ...asObject(items['x-labels']), ...asObject(schema['x-labels']) };
  return {
    path,
    title: textOf(schema.title) || (path.at(-1) ?? ''),
    description: textOf(schema.description),
    kind,
    choices: (Array.isArray(values) ? values : []).map((value) => ({
      value,
      label: textOf(labels[String(value)]) || String(value),
    })),
    schema,
    inner: kind === 'group' ? settingsOf(schema, path) : [],
  };
}

function kindOf(schema: JsonObject): Setting['kind'] {
  if (Array.isArray(schema.enum)) return 'choice';
  if (schema['x-widget'] === 'money') return 'money';
  if (schema.format === 'duration') return 'duration';
  switch (schema.type) {
    case 'boolean':
      return 'boolean';
    case 'array':
      return 'choices';
    case 'integer':
      return 'integer';
    case 'number':
      return 'number';
    case 'object':
      return 'group';
    default:
      return 'text';
  }
}

/** A duration in words, `3 working days`, as its number and unit; null for anything else (`75% of …`). */
export function durationOf(text: Json | undefined): { readonly count: string; readonly unit: DurationUnit } | null {
  const found = typeof text === 'string' ? /^(\d+) (minute|hour|day|working day)s?$/.exec(text) : null;
  return found ? { count: found[1] ?? '', unit: found[2] as DurationUnit } : null;
}

export const durationUnits = ['minute', 'hour', 'day', 'working day'] as const;
export type DurationUnit = (typeof durationUnits)[number];

export function durationText(count: string, unit: DurationUnit): string {
  return `${Number(count)} ${unit}${Number(count) === 1 ? '' : 's'}`;
}

export function valueAt(values: JsonObject, path: readonly string[]): Json | undefined {
  let at: Json | undefined = values;
  for (const name of path) at = asObject(at)[name];
  return at;
}

/** What the product says for values. */
export type Words = { readonly [word in 'on' | 'off' | 'empty' | DurationUnit]: string };

/** A value in words, for "the base says". */
export function wordsOf(setting: Setting, value: Json | undefined, words: Words): string {
  if (value === undefined || value === null || value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.on : words.off;
  if (setting.kind === 'money' && typeof value === 'number') return (value / 100).toFixed(2);
  const duration = durationOf(value);
  if (duration) return `${duration.count} ${words[duration.unit]}`;
  const label = (one: Json) => setting.choices.find((choice) => choice.value === one)?.label ?? String(one);
  if (Array.isArray(value)) return value.length === 0 ? words.empty : value.map(label).join('、');
  return typeof value === 'object' ? JSON.stringify(value) : label(value);
}

/** Settings that the project writes differently from the base, groups taken apart. */
export function changedSettings(
  settings: readonly Setting[],
  defaults: JsonObject,
  own: JsonObject,
): readonly { readonly setting: Setting; readonly value: Json; readonly base: Json | undefined }[] {
  return settings.flatMap((setting) => {
    if (setting.kind === 'group') return changedSettings(setting.inner, defaults, own);
    const value = valueAt(own, setting.path);
    const base = valueAt(defaults, setting.path);
    return value === undefined || same(value, base) ? [] : [{ setting, value, base }];
  });
}

export const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

export function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
