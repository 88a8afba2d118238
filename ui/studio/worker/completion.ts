import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { asObject } from '../settings-model.ts';
import type { NameKind, Vocabulary } from './vocabulary.ts';
import { keys, meaningOf, type Word } from './words.ts';
import { placeAt, type YamlPlace } from './yaml-place.ts';

export interface Proposal {
  readonly label: string;
  /** Title or meaning, beside the label. */
  readonly detail: string;
  /** What is written; the label where it is left out. */
  readonly apply?: string;
  readonly kind: 'key' | 'value' | 'name' | 'address';
  /** The next is proposed at once. */
  readonly more?: true;
}

export interface Proposals {
  readonly from: number;
  readonly options: readonly Proposal[];
}

/** What may stand at a place of a project's file; null where nothing is known of. */
export function proposalsAt(text: string, offset: number, vocabulary: Vocabulary): Proposals | null {
  const place = placeAt(text, offset);
  const options = place.at === 'key' ? keysAt(place, vocabulary) : valuesAt(place, vocabulary);
  if (options === null) return null;
  return options.kind === 'whole'
    ? { from: place.from, options: options.all }
    : { from: place.from + options.skip, options: options.all };
}

type Found =
  | { readonly kind: 'whole'; readonly all: readonly Proposal[] }
  | { readonly kind: 'part'; readonly skip: number; readonly all: readonly Proposal[] };

const whole = (all: readonly Proposal[]): Found | null => (all.length === 0 ? null : { kind: 'whole', all });

function keysAt({ path }: YamlPlace, vocabulary: Vocabulary): Found | null {
  const [section, , inner] = path;
  if (section === undefined) return whole(words(keys.top));
  switch (section) {
    case 'settings':
      return whole(settingKeys(schemaAt(vocabulary.settingsSchema, path.slice(1))));
    case 'announcements':
      return path.length === 2 ? whole(words(keys.announcement)) : null;
    case 'calendar':
      return path.length === 1 ? whole(words(keys.calendar)) : null;
    case 'laws':
      return path.length === 2 ? whole(words(keys.law)) : null;
    case 'changes':
      if (path.length === 2) return whole(words(keys.change));
      return inner === 'is' ? whole(contentKeys(path.at(-1) ?? '', vocabulary)) : null;
    default:
      return null;
  }
}

/** Inside what a change puts somewhere: events below `on`, words of states and branches elsewhere. */
function contentKeys(key: string, vocabulary: Vocabulary): readonly Proposal[] {
  if (key === 'on' || key === 'follow') return names('event', vocabulary, true);
  return words(keys.content);
}

function words(all: readonly Word[]): readonly Proposal[] {
  return all.map((label) => ({ label, detail: meaningOf(label), apply: `${label}: `, kind: 'key' as const }));
}

function settingKeys(schema: JsonObject): readonly Proposal[] {
  return Object.entries(asObject(schema.properties)).map(([label, rules]) => ({
    label,
    detail: textOf(asObject(rules).title),
    apply: `${label}: `,
    kind: 'key' as const,
    more: true as const,
  }));
}

/** The schema of a setting, or of something inside one. */
export function schemaAt(schema: JsonObject, path: readonly string[]): JsonObject {
  let at = schema;
  for (const name of path) at = asObject(asObject(at.properties)[name]);
  return at;
}

const byKey: { readonly [key: string]: NameKind } = {
  ...{ offers: 'event', forms: 'form', form: 'form', fact: 'fact', prove: 'fact', void: 'fact', count: 'counter' },
  ...{ record: 'record', make: 'secret', notify: 'notice', by: 'role', stage: 'stage', call: 'operation' },
  documents: 'document',
};

const addressKeys = new Set(['set', 'tighten', 'add', 'on', 'remove', 'reconnect']);
const expressions = new Set(['if', 'must', 'and', 'key', 'places']);

function valuesAt({ path, word }: YamlPlace, vocabulary: Vocabulary): Found | null {
  const key = path.at(-1) ?? '';
  const [section] = path;
  if (section === 'settings') return whole(settingValues(schemaAt(vocabulary.settingsSchema, path.slice(1))));
  if (path.length === 1 && key === 'extends')
    return whole(vocabulary.workflows.map((label) => ({ label, detail: '', kind: 'name' as const })));
  if (section === 'calendar')
    return whole(['off', 'work'].map((label) => ({ label, detail: '', kind: 'value' as const })));
  if (section === 'changes' && path.length === 3 && addressKeys.has(key)) return addresses(word, vocabulary);
  if (key === 'at' || key === 'to' || key === 'go' || key === 'start') return states(word, key, vocabulary);
  if (expressions.has(key)) return inExpression(word, vocabulary);
  const kind = byKey[key];
  return kind === undefined ? null : whole(names(kind, vocabulary, false));
}

function settingValues(schema: JsonObject): readonly Proposal[] {
  const items = asObject(schema.items);
  const labels = { ...asObject(items['x-labels']), ...asObject(schema['x-labels']) };
  const title = textOf(schema.title);
  const values = valuesOf(schema, items);
  return values.map((value) => ({
    label: String(value),
    detail: textOf(labels[String(value)]) || title,
    ...(typeof value === 'string' && /^\d+$/.test(value) ? { apply: JSON.stringify(value) } : {}),
    kind: 'value' as const,
  }));
}

function valuesOf(schema: JsonObject, items: JsonObject): readonly Json[] {
  if (schema.type === 'boolean') return [true, false];
  if (Array.isArray(schema.enum)) return schema.enum;
  if (Array.isArray(items.enum)) return items.enum;
  return schema.default === undefined || typeof schema.default === 'object' ? [] : [schema.default];
}

function names(kind: NameKind, vocabulary: Vocabulary, isKey: boolean): readonly Proposal[] {
  return Object.entries(vocabulary.names[kind]).map(([label, detail]) => ({
    label,
    detail,
    ...(isKey ? { apply: `${label}: ` } : {}),
    kind: 'name' as const,
  }));
}

function states(word: string, key: string, vocabulary: Vocabulary): Found | null {
  const all = Object.entries(vocabulary.states).map(([label, detail]) => ({ label, detail, kind: 'address' as const }));
  const more = key === 'to' ? [{ label: 'next', detail: meaningOf('obligations'), kind: 'address' as const }] : [];
  return word.includes('{') ? null : whole([...more, ...all]);
}

/** Thousands of addresses are gone through part by part: what may follow the last dot. */
function addresses(word: string, vocabulary: Vocabulary): Found | null {
  const skip = word.lastIndexOf('.') + 1;
  const prefix = word.slice(0, skip);
  const found = new Map<string, Proposal>();
  for (let index = firstFrom(vocabulary.addresses, prefix); index < vocabulary.addresses.length; index += 1) {
    const address = vocabulary.addresses[index] ?? '';
    if (!address.startsWith(prefix)) break;
    const rest = address.slice(skip);
    const dot = rest.indexOf('.');
    const label = dot === -1 ? rest : rest.slice(0, dot);
    if (label === '' || /^\d+$/.test(label) || (skip === 0 && (label === 'settings' || label === 'project'))) continue;
    const known = found.get(label);
    const detail = titleAt(prefix + label, label, vocabulary);
    if (known === undefined || dot !== -1)
      found.set(label, { label, detail, kind: 'address', ...(dot === -1 ? {} : { more: true as const }) });
  }
  return found.size === 0 ? null : { kind: 'part', skip, all: [...found.values()] };
}

function titleAt(address: string, label: string, vocabulary: Vocabulary): string {
  return vocabulary.states[address] ?? vocabulary.names.event[label] ?? wordOrNothing(label);
}

export function wordOrNothing(label: string): string {
  return isWord(label) ? meaningOf(label) : '';
}

const all = new Set<string>([...Object.values(keys).flat()]);

export function isWord(label: string): label is Word {
  return all.has(label);
}

/** The first place in a sorted list that is not before `prefix`. */
export function firstFrom(sorted: readonly string[], prefix: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Names in a condition: of settings, facts, counters. */
function inExpression(word: string, vocabulary: Vocabulary): Found | null {
  const last = /[A-Za-z][\w.]*$/.exec(word)?.[0] ?? '';
  const skip = word.length - last.length;
  const roots: { readonly [root: string]: readonly (readonly [string, string])[] } = {
    settings: Object.entries(asObject(vocabulary.settingsSchema.properties)).map(([name, rules]) => [
      name,
      textOf(asObject(rules).title),
    ]),
    facts: Object.entries(vocabulary.names.fact),
    counters: Object.entries(vocabulary.names.counter),
  };
  const options = Object.entries(roots).flatMap(([root, names]) =>
    names.map(([name, detail]) => ({ label: `${root}.${name}`, detail, kind: 'name' as const })),
  );
  return { kind: 'part', skip, all: options };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
