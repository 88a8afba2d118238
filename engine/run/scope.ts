import { before, objectOf, type Scope, type Type, type Types, typeOfSchema } from '../expressions/index.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { lastOnce } from '../model/once.ts';
import { type Parts, Roots, type Values } from './roots.ts';
import type { World } from './world.ts';

/** The roots that are no forms. No form may have one of these names. */
export const rootNames = [
  ...[
    'settings',
    'facts',
    'counters',
    'records',
    'last',
    'people',
    'tables',
    'event',
    'case',
    'now',
    'today',
    'workdays',
  ],
] as const;

/** The roots that a form's conditions see besides forms, settings and tables. */
const formRoots: readonly string[] = [
  'facts',
  'counters',
  'records',
  'last',
  'people',
  'case',
  'now',
  'today',
  'workdays',
];

/**
 * What expressions see of a world ([EXP-2]). Roots are worked out when they are read.
 * Every declared form, fact, counter and record is there: empty, false, 0, [] when nothing has happened yet.
 */
export function scopeOf(parts: Parts, world: World, at?: (address: string) => boolean): Scope {
  const { roots, values } = kitOf(parts);
  const { types } = roots;
  return at === undefined ? { values: values(world), types } : { values: values(world), types, at };
}

/** The scope with other values at some of its roots. */
export function scopeWith(scope: Scope, values: JsonObject): Scope {
  return { ...scope, values: before(scope.values, values) };
}

/** What a form's conditions see of a world besides forms, settings and tables; worked out when it is read. */
export function formRootsOf(parts: Parts, world: World): JsonObject {
  return kitOf(parts).formRoots(world);
}

/** Every form of the definition as it is committed, `{}` where nothing is. */
export function committedForms(parts: Parts, world: World): { readonly [form: string]: JsonObject } {
  return kitOf(parts).roots.forms(world.forms);
}

/** What is made once for a definition: everything here depends on the world alone. */
interface Kit {
  readonly roots: Roots;
  readonly values: (world: World) => Values;
  readonly formRoots: (world: World) => JsonObject;
}

const kits = new WeakMap<object, Kit>();

function kitOf(parts: Parts): Kit {
  const known = kits.get(parts.declared);
  if (known !== undefined && known.roots.parts.forms === parts.forms && known.roots.parts.settings === parts.settings) {
    return known;
  }
  const kit = kitFor(new Roots(parts, typesOf(parts)));
  kits.set(parts.declared, kit);
  return kit;
}

const worldKey = Symbol('world');

/** Values as they are handed about: the world behind a name that no expression can say, the roots on the prototype. */
interface Worldly {
  readonly [worldKey]: World;
}

function kitFor(roots: Roots): Kit {
  const prototype = Object.create(null) as object;
  const root = (name: string, read: (world: World, values: Values) => Json | undefined) =>
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: Worldly & Values) {
        return read(this[worldKey], this);
      },
    });
  for (const form of Object.keys(roots.parts.forms)) root(form, (world) => roots.forms(world.forms)[form]);
  root('settings', () => roots.parts.settings);
  root('event', (world) => world.event);
  root('now', (world) => world.now);
  root('today', (world) => world.today);
  root('workdays', (world) => roots.workdays(world.calendar)(world.today));
  root('people', (world) => world.people);
  root('facts', (world) => roots.facts(world.facts));
  root('counters', (world) => roots.counters(world.counters)(world.today));
  root('records', (world) => roots.records(world.records));
  root('last', (world) => roots.last(world.records));
  root('case', (world, values) => kept(values, 'case', roots.case(world, before(values, { case: undefined }))));
  root('tables', (_, values) => kept(values, 'tables', roots.tables(before(values, { tables: undefined }))));

  const withWorld = <Made>(above: object, world: World): Made => {
    const made = Object.create(above) as { [worldKey]: World };
    made[worldKey] = world;
    return made as Made;
  };
  const values = lastOnce((world: World) => withWorld<Values>(prototype, world));
  const formPrototype = Object.create(null) as object;
  for (const name of formRoots) {
    Object.defineProperty(formPrototype, name, {
      enumerable: true,
      get(this: Worldly) {
        return values(this[worldKey])[name];
      },
    });
  }
  return {
    roots,
    values,
    formRoots: lastOnce((world) => withWorld<JsonObject>(formPrototype, world)),
  };
}

/** Remembers what a root holds of this world. */
function kept(values: Values, name: string, value: Json): Json {
  Object.defineProperty(values, name, { value, enumerable: true });
  return value;
}

/** Types of forms, records and settings: they tell whole decimals from integers. Once per definition. */
function typesOf(parts: Parts): Types {
  const schemas = parts.forms;
  const form = (id: string | undefined): Type => typeOfSchema(id === undefined ? undefined : schemas[id]);
  const records = Object.entries(parts.declared.records).map(([id, record]) => [id, form(record.form)] as const);
  const found: { [root: string]: Type } = {
    settings: typeOfSchema(parts.settingsSchema),
    last: objectOf(Object.fromEntries(records)),
    records: objectOf(Object.fromEntries(records.map(([id, of]) => [id, { kind: 'list', of, max: null }]))),
  };
  for (const id of Object.keys(schemas)) found[id] = form(id);
  return Object.fromEntries(Object.entries(found).map(([root, type]) => [root, { type, optional: false }]));
}

export { settingOf } from './roots.ts';
