import type { Origin } from '../../model/definition.ts';
import type { Issue } from '../../model/issue.ts';
import type { Source } from '../../read/bundle.ts';
import {
  descend,
  entries,
  get,
  issueAt,
  listed,
  type MapNode,
  mapOf,
  type Node,
  plain,
  suggest,
  text,
  withKey,
} from '../../read/index.ts';
import { validateFile } from '../../read/validate.ts';
import { agrees, type Fail } from '../changes/change.ts';
import { replaceAt } from '../changes/replace.ts';
import { type PartTarget, partTarget } from './target.ts';
import { type FieldPlace, isRequired, isSettable, placeIn, said, withRequired, withWord } from './words.ts';

/** A change that takes a field away, or lets it be missing, or takes a choice from it. */
export interface Loosened {
  /** Name of the change. */
  readonly change: string;
  /** Where its address stands. */
  readonly at: Origin;
  readonly form: string;
  /** The field, from the form on. */
  readonly field: readonly string[];
  readonly kind: 'gone' | 'optional' | 'choice';
  /** Choices that are taken away. */
  readonly choices: readonly string[];
}

export interface ChangedForms {
  /** The same objects where nothing is changed. */
  readonly forms: readonly Source[];
  readonly loosened: readonly Loosened[];
  readonly issues: readonly Issue[];
}

interface Step {
  readonly name: string;
  readonly change: Node;
  readonly target: PartTarget;
  readonly place: FieldPlace;
  readonly fail: Fail;
}

/** In whatever order they are written: words first, then fields that go, that come, and the order of all. */
const turns: readonly ((step: Step) => boolean)[] = [
  ({ target, place }) => target.verb === 'set' && place.word[0] !== 'order',
  ({ target }) => target.verb === 'remove',
  ({ target }) => target.verb === 'add',
  ({ target, place }) => target.verb === 'set' && place.word[0] === 'order',
];

/**
 * The project's changes of its forms (`forms.<form>.fields.<field>.…`). Each is held against the form's own file, not
 * against what another change made of it. @param kept names of changes that are not applied
 */
export function changeForms(
  forms: readonly Source[],
  changes: Node | undefined,
  kept: ReadonlySet<string> = new Set(),
): ChangedForms {
  const issues: Issue[] = [];
  const loosened: Loosened[] = [];
  const now = new Map(forms.flatMap((source) => (source.node?.kind === 'map' ? [[source.id, source.node]] : [])));
  const files: ReadonlyMap<string, MapNode> = new Map(now);
  const steps = entries(changes).flatMap(([name, { key, value: change }]): Step[] => {
    const target = partTarget(change);
    if (target?.of !== 'form') return [];
    const fail: Fail = (code, node, params, proposal) =>
      issues.push(
        typeof code === 'string'
          ? issueAt(node?.origin ?? key, code, params, { path: `changes.${name}`, proposal })
          : { ...code, path: `changes.${name}` },
      );
    return [{ name, change, target, place: placeIn(target.steps), fail }];
  });
  if (steps.length === 0) return { forms, loosened, issues };
  for (const turn of turns)
    for (const step of steps.filter(turn)) {
      const { id } = step.target;
      const file = files.get(id);
      if (file === undefined) {
        unknownPlace(
          step,
          step.target.address,
          [...files.keys()].map((form) => step.target.address.replace(id, form)),
        );
        continue;
      }
      const next = changed(step, file, now.get(id)!);
      if (next === null) continue;
      const loose = loosenedBy(step, file);
      if (loose !== null) loosened.push(loose);
      if (!kept.has(step.name)) now.set(id, next);
    }
  const changedForms = forms.map((source) => {
    const node = now.get(source.id);
    return node === undefined || node === source.node ? source : { ...source, node };
  });
  return { forms: changedForms, loosened, issues };
}

/** The form after the change; null when it cannot be made, which has been told. */
function changed(step: Step, file: MapNode, form: MapNode): MapNode | null {
  const next = { set: setWord, remove: removeField, add: addField }[step.target.verb](step, file, form);
  if (next === null) return null;
  // What the form's own file says wrongly is told there.
  const wrong = validateFile('form', next).filter((issue) => issue.file === step.target.at.origin.file);
  for (const issue of wrong) step.fail(issue, undefined, {});
  return wrong.length > 0 ? null : next;
}

function setWord({ change, target, place, fail }: Step, file: MapNode, form: MapNode): MapNode | null {
  const is = get(change, 'is');
  if (descend(file, place.path) === undefined) return lost(target, place, file, fail);
  if (!isSettable(place)) fail('change-not-settable', target.at, { address: target.address });
  else if (is === undefined) fail('change-unclear', target.at, { rule: 'set 要有 is' });
  else if (agrees(change, said(file, place), target.at, target.address, fail)) {
    if (place.word[0] === 'required' && !(is.kind === 'scalar' && typeof is.value === 'boolean')) {
      fail(
        'change-unclear',
        is,
        { rule: { zh: 'required 是 true 或 false', en: 'required is true or false' } },
        'true',
      );
      return null;
    }
    return place.word[0] === 'order' && !ordersFields(target.id, [form, file], place, is, fail)
      ? null
      : withWord(form, place, is);
  }
  return null;
}

function ordersFields(id: string, forms: readonly MapNode[], place: FieldPlace, is: Node, fail: Fail): boolean {
  const known = [...new Set(forms.flatMap((form) => namesIn(descend(form, place.path))))];
  // A field that this project leaves out may still be named.
  const wrong = listed(is).filter((item) => !known.includes(text(item) ?? ''));
  const [first] = wrong;
  if (is.kind !== 'list')
    fail(
      'change-unclear',
      is,
      { rule: { zh: 'order 是字段的列表', en: 'order is a list of fields' } },
      `[${known.join(', ')}]`,
    );
  else if (first !== undefined) {
    fail('unknown-field', first, { form: id, name: String(plain(first)) }, suggest(String(plain(first)), known));
  } else return true;
  return false;
}

const namesIn = (holder: Node | undefined): readonly string[] =>
  entries(get(holder, 'properties')).map(([name]) => name);

function removeField({ change, target, place, fail }: Step, file: MapNode, form: MapNode): MapNode | null {
  const field = descend(file, place.path);
  if (field === undefined) return lost(target, place, file, fail);
  if (place.field === null || place.word.length > 0 || place.path.at(-1) === 'items') {
    fail('change-not-settable', target.at, { address: target.address });
    return null;
  }
  if (!agrees(change, plain(field), target.at, target.address, fail)) return null;
  const without = replaceAt(
    withRequired(form, place.holder, place.field, false, target.at),
    place.path,
    undefined,
  ) as MapNode;
  return place.holder.length === 0 ? unfilled(without, place.field) : without;
}

/** What only filled the field in goes with it: a copy from another form, recognition of a picture. */
function unfilled(form: MapNode, field: string): MapNode {
  const copies = get(form, 'x-copy');
  const left = listed(copies).flatMap((copy): Node[] => {
    const fields = get(copy, 'fields');
    if (copy.kind !== 'map' || fields?.kind !== 'map') return [copy];
    const others = withKey(fields, field, undefined);
    return others.entries.size === 0 ? [] : [withKey(copy, 'fields', others)];
  });
  const next =
    copies === undefined ? form : withKey(form, 'x-copy', left.length === 0 ? undefined : oneOr(copies, left));
  const properties = get(next, 'properties');
  if (properties?.kind !== 'map') return next;
  const fields = [...properties.entries].map(([name, entry]) => {
    const read = get(entry.value, 'x-ocr');
    const fills = get(read, 'fills');
    if (entry.value.kind !== 'map' || read?.kind !== 'map' || fills?.kind !== 'map' || !fills.entries.has(field))
      return [name, entry] as const;
    const others = withKey(fills, field, undefined);
    const rest = withKey(
      read,
      'fills',
      others.entries.size === 0 && get(read, 'compares') !== undefined ? undefined : others,
    );
    return [name, { ...entry, value: withKey(entry.value, 'x-ocr', rest) }] as const;
  });
  return withKey(next, 'properties', mapOf(properties.origin, fields));
}

function oneOr(before: Node, items: readonly Node[]): Node {
  return before.kind === 'list' ? { ...before, items } : items[0]!;
}

function addField({ change, target, place, fail }: Step, file: MapNode, form: MapNode): MapNode | null {
  const is = get(change, 'is');
  const holder = descend(form, place.holder);
  if (place.field === null || place.word.length > 0 || holder?.kind !== 'map' || get(file, 'properties') === undefined)
    return lost(target, { ...place, path: place.holder }, file, fail);
  const fields = get(holder, 'properties');
  if (fields?.kind !== 'map') return lost(target, place, file, fail);
  if (is?.kind !== 'map') fail('change-unclear', target.at, { rule: 'add 要有 is' });
  else if ([file, form].some((one) => descend(one, place.path) !== undefined))
    fail('change-exists', target.at, { address: target.address });
  else {
    // Whether it has to be filled in stands with the field, where one looks for it.
    const required = get(is, 'required');
    const flagged = required?.kind === 'scalar' && typeof required.value === 'boolean';
    const field = flagged ? withKey(is, 'required', undefined) : is;
    const more = withKey(holder, 'properties', withKey(fields, place.field, field, target.at.origin));
    const next = replaceAt(form, place.holder, more) as MapNode;
    return flagged && required.value === true ? withRequired(next, place.holder, place.field, true, required) : next;
  }
  return null;
}

/** Nothing stands there: the nearest field that does is proposed. */
function lost(target: PartTarget, { holder, field }: FieldPlace, file: MapNode, fail: Fail): null {
  const known = entries(get(descend(file, holder), 'properties')).map(([name]) => name);
  const near = field === null ? undefined : suggest(field, known);
  const proposal = near === undefined ? undefined : target.address.replace(`fields.${field}`, `fields.${near}`);
  fail('change-address', target.at, { address: target.address }, proposal);
  return null;
}

function unknownPlace({ target, fail }: Step, address: string, known: readonly string[]): void {
  fail('change-address', target.at, { address }, suggest(address, known));
}

function loosenedBy({ name, change, target, place }: Step, file: MapNode): Loosened | null {
  const is = get(change, 'is');
  const found = { change: name, at: target.at.origin, form: target.id, field: place.names, choices: [] as string[] };
  if (target.verb === 'remove') return { ...found, kind: 'gone' };
  if (target.verb !== 'set' || is === undefined) return null;
  const [word] = place.word;
  if (word === 'enum') {
    const left = listed(is).map((one) => String(plain(one)));
    const gone = listed(descend(file, [...place.path, 'enum'])).map((one) => String(plain(one)));
    const choices = gone.filter((one) => !left.includes(one));
    return choices.length === 0 ? null : { ...found, kind: 'choice', choices };
  }
  const asked = isRequired(descend(file, place.holder), place.field ?? '');
  const maybe = get(descend(file, place.path), 'x-visible') !== undefined;
  const loose = (word === 'required' && plain(is) === false) || (word === 'x-visible' && plain(is) !== null);
  return loose && asked && !maybe ? { ...found, kind: 'optional' } : null;
}
