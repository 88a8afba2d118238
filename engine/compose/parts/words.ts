import {
  descend,
  entries,
  get,
  listed,
  type MapNode,
  mapOf,
  type Node,
  plain,
  text,
  withKey,
} from '../../read/index.ts';
import { replaceAt } from '../changes/replace.ts';

/** What of a field of the process a project may say otherwise: its words, its limits, when it is asked. */
const ofField: ReadonlySet<string> = new Set([
  ...['title', 'description', 'x-hint', 'x-placeholder', 'x-unit', 'x-labels', 'x-width'],
  ...['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'multipleOf', 'minItems', 'maxItems', 'enum'],
  ...['x-visible', 'x-required', 'default'],
]);
/** Of a slot: which files it takes. What it is recognised as and printed from is the process's. */
const ofSlot: ReadonlySet<string> = new Set(['types', 'maxBytes', 'seal', 'capture', 'example']);
const ofForm: ReadonlySet<string> = new Set(['title', 'description', 'x-hint']);

/** A place in a form as `forms.<form>.` goes on: `fields.bank.fields.name.title`. */
export interface FieldPlace {
  /** Keys from the form to what holds the field: the form itself, a group, the entries of a list. */
  readonly holder: readonly string[];
  /** Keys to the field; those of the form where no field is named. */
  readonly path: readonly string[];
  readonly field: string | null;
  /** Names of the fields on the way. */
  readonly names: readonly string[];
  /** `required`, `order`, a word of the field with what is below it, or nothing. */
  readonly word: readonly string[];
}

export function placeIn(steps: readonly string[]): FieldPlace {
  let at = 0;
  let holder: readonly string[] = [];
  let path: readonly string[] = [];
  const names: string[] = [];
  while (steps[at] === 'fields' && steps[at + 1] !== undefined) {
    holder = path;
    path = [...path, 'properties', steps[at + 1]!];
    names.push(steps[at + 1]!);
    at += 2;
    if (steps[at] === 'items') {
      path = [...path, 'items'];
      at += 1;
    }
  }
  const [first, ...rest] = steps.slice(at);
  // The name of a choice may hold dots.
  const word = first === undefined ? [] : rest.length === 0 ? [first] : [first, rest.join('.')];
  return { holder, path, field: names.at(-1) ?? null, names, word };
}

export function isSettable({ field, word, path }: FieldPlace): boolean {
  const [first, inner] = word;
  if (first === undefined) return false;
  if (first === 'order') return inner === undefined;
  if (first === 'required') return inner === undefined && field !== null && path.at(-1) !== 'items';
  if (field === null) return ofForm.has(first) && inner === undefined;
  if (first === 'x-file') return inner !== undefined && ofSlot.has(inner);
  return ofField.has(first) && (inner === undefined || first === 'x-labels');
}

/** What stands there: data; null where nothing does. */
export function said(form: Node, { holder, path, field, word }: FieldPlace): ReturnType<typeof plain> {
  if (word[0] === 'order') return entries(get(descend(form, path), 'properties')).map(([name]) => name);
  if (word[0] === 'required') return isRequired(descend(form, holder), field ?? '');
  const node = descend(form, [...path, ...word]);
  return node === undefined ? null : plain(node);
}

export function isRequired(holder: Node | undefined, field: string): boolean {
  return listed(get(holder, 'required')).some((item) => text(item) === field);
}

/** The form with another word there; null takes it away. */
export function withWord(form: MapNode, place: FieldPlace, is: Node): MapNode {
  const [first, inner] = place.word;
  if (first === 'order')
    return ordered(
      form,
      place.path,
      listed(is).flatMap((item) => text(item) ?? []),
    );
  if (first === 'required')
    return withRequired(form, place.holder, place.field ?? '', is.kind === 'scalar' && is.value === true, is);
  const value = is.kind === 'scalar' && is.value === null ? undefined : is;
  const holder = descend(form, place.path);
  if (first === undefined || holder?.kind !== 'map') return form;
  const next =
    inner === undefined ? withKey(holder, first, value, is.origin) : withInner(holder, first, inner, value, is);
  return replaceAt(form, place.path, first === 'enum' ? withoutOldLabels(next) : next) as MapNode;
}

function withInner(holder: MapNode, first: string, inner: string, value: Node | undefined, is: Node): MapNode {
  const before = get(holder, first);
  const map = before?.kind === 'map' ? before : mapOf(is.origin, []);
  return withKey(holder, first, withKey(map, inner, value, is.origin), is.origin);
}

/** The word of a choice that is gone goes with it. */
function withoutOldLabels(field: MapNode): MapNode {
  const labels = get(field, 'x-labels');
  if (labels?.kind !== 'map') return field;
  const left = new Set(listed(get(field, 'enum')).map((one) => String(plain(one))));
  if (left.size === 0) return field;
  return withKey(
    field,
    'x-labels',
    mapOf(
      labels.origin,
      [...labels.entries].filter(([value]) => left.has(value)),
    ),
  );
}

export function withRequired(form: MapNode, holder: readonly string[], field: string, on: boolean, by: Node): MapNode {
  const map = descend(form, holder);
  if (map?.kind !== 'map') return form;
  const others = listed(get(map, 'required')).filter((item) => text(item) !== field);
  const items = on ? [...others, { kind: 'scalar', value: field, origin: by.origin } as const] : others;
  const list: Node | undefined =
    items.length === 0 ? undefined : { kind: 'list', items, origin: get(map, 'required')?.origin ?? by.origin };
  return replaceAt(form, holder, withKey(map, 'required', list, by.origin)) as MapNode;
}

/** Its fields in that order; one that is not named stays behind the one that it stood behind. */
function ordered(form: MapNode, path: readonly string[], names: readonly string[]): MapNode {
  const holder = descend(form, path);
  const fields = get(holder, 'properties');
  if (holder?.kind !== 'map' || fields?.kind !== 'map') return form;
  const order = names.filter((name) => fields.entries.has(name));
  const before = [...fields.entries.keys()];
  for (const [index, name] of before.entries())
    if (!order.includes(name)) order.splice(index === 0 ? 0 : order.indexOf(before[index - 1]!) + 1, 0, name);
  const next = mapOf(
    fields.origin,
    order.map((name) => [name, fields.entries.get(name)!] as const),
  );
  return replaceAt(form, path, withKey(holder, 'properties', next)) as MapNode;
}
